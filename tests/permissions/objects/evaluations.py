"""Evaluations."""

from evaluations.library import load_standard_library
from evaluations.models import LibraryElement
from evaluations.services import hr, journal, signing
from tests.evaluations.conftest import Desk
from tests.permissions.objects.about import About
from tests.world import AT, ON


def evaluation_of_marisol(stage):
    return lambda world: {"pk": getattr(Desk(world), stage)().pk}


def of_record(world):
    evaluation = Desk(world).released()
    signing.sign_evaluation(evaluation.pk, by=world.person("marisol"), at=AT)
    return evaluation


def correction(world):
    return hr.correct(of_record(world).pk, reason="Wrong figures.", by=world.person("miguel"), at=AT)


def entry_of_denise(world):
    about, denise = world.employees["marisol"], world.person("denise")
    return journal.add_entry(about.pk, on=ON, text="Seen.", shared=False, by=denise, at=AT)


def library_element(world):
    load_standard_library(world.person("miguel"), AT)
    return LibraryElement.objects.first()


SEES_HER = ("marisol", "denise", "stephen", "ruth", "miguel", "grace")


def hers(stage, *, for_whom):
    """A page of one act on Marisol's evaluation: others who see it are refused."""
    refused = tuple(key for key in SEES_HER if key not in for_whom)
    return About(evaluation_of_marisol(stage), seen_by=SEES_HER, refused_to=refused)


def hers_to_hr(evaluation):
    refused = tuple(key for key in SEES_HER if key != "miguel")
    return About(lambda world: {"pk": evaluation(world).pk}, seen_by=SEES_HER, refused_to=refused)


EVALUATIONS = {
    "evaluations:export": About(lambda world: {"kind": "csv"}),
    "evaluations:show": About(evaluation_of_marisol("rated"), seen_by=SEES_HER),
    "evaluations:rating_pdf": About(lambda world: {"pk": of_record(world).pk}, seen_by=SEES_HER),
    "evaluations:plan": hers("planning", for_whom=("denise", "miguel")),
    "evaluations:plan_totals": About(evaluation_of_marisol("planning")),
    "evaluations:progress": hers("under_way", for_whom=("denise",)),
    "evaluations:self": hers("under_way", for_whom=("marisol",)),
    "evaluations:save_self": About(evaluation_of_marisol("under_way")),
    "evaluations:rate": hers("under_way", for_whom=("denise",)),
    "evaluations:save_rating": About(evaluation_of_marisol("under_way")),
    "evaluations:submit": hers("under_way", for_whom=("denise",)),
    "evaluations:review": hers("rated", for_whom=("stephen",)),
    "evaluations:sign": hers("released", for_whom=("marisol",)),
    "evaluations:refusal": hers("released", for_whom=("denise", "miguel")),
    "evaluations:begin_unacknowledged": hers("planned", for_whom=("denise", "miguel")),
    "evaluations:waive": hers("under_way", for_whom=("miguel",)),
    "evaluations:step_back": hers("rated", for_whom=("miguel",)),
    "evaluations:correct": hers_to_hr(of_record),
    "evaluations:withdraw_correction": hers_to_hr(correction),
    "evaluations:issue_plan": About(evaluation_of_marisol("planning")),
    "evaluations:take_back_plan": About(evaluation_of_marisol("planned")),
    "evaluations:acknowledge_plan": About(evaluation_of_marisol("planned")),
    "evaluations:release": About(evaluation_of_marisol("approved")),
    "evaluations:journal": About(lambda world: {"number": "10482"}, seen_by=("marisol", "denise", "stephen")),
    "evaluations:share_entry": About(lambda world: {"pk": entry_of_denise(world).pk}),
    **{
        f"evaluations:{page}": About(lambda world: {"pk": world.cycle.pk})
        for page in ("cycle", "filling", "change_cycle", "open_cycle", "close_cycle")
    },
    "evaluations:template": About(lambda world: {"pk": world.template.pk}),
    "evaluations:library_element": About(lambda world: {"pk": library_element(world).pk}),
}
