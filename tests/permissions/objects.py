"""What each page with parameters in its address is about, for the walk over all pages and roles.

One line a page: `"court:action": About(lambda world: {"number": world.order("budget").number})`. Where not
everybody whom the audience admits may see this very thing, `seen_by` names who does; others must get a 404.
"""

from collections.abc import Callable
from typing import NamedTuple

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone

from accounts.models import User
from accounts.services import invite_user
from audit.models import Entry
from certification import services as certification
from compensation import services as pay
from compensation.models import PayPlan, Run
from evaluations.library import load_standard_library
from evaluations.models import LibraryElement
from evaluations.services import hr, journal, signing
from jobs import services as jobs
from organization.models import ColumnMapping, Job, RoleGrant
from organization.roster import columns
from organization.roster import services as rosters
from payroll import services as payroll
from payroll.differences import sum_up as sum_up_differences
from payroll.layouts import services as layouts
from payroll.layouts.examples import EXAMPLE_CSV
from payroll.releasing import release_here
from tests import pay_year
from tests.evaluations.conftest import Desk
from tests.impact import groups
from tests.overtime import lumps
from tests.proposals.conftest import Office
from tests.world import AT, ON


class About(NamedTuple):
    parameters: Callable  # (world) -> the parameters of the address, making what they name
    seen_by: tuple | None = None  # keys of tests.world among those admitted; None: all of them
    refused_to: tuple = ()  # who sees it, and is refused by the page itself


def newcomer(world):
    return User.objects.create_user("bo.lindgren@caprock.example", "Bo Lindgren")


def invitation(world):
    return invite_user(newcomer(world), by=world.person("miguel"), at=timezone.now(), via="letter")


def passkey_of_denise(world):
    return Authenticator.objects.create(
        user=world.users["denise"], type=Authenticator.Type.WEBAUTHN, data={"name": "Laptop"}
    )


def app_of_denise(world):
    TOTP.activate(world.users["denise"], "JBSWY3DPEHPK3PXP")
    return {}


def computed(world):
    pay_year.rate_all(world)
    return pay_year.compute(world)


def plan_computed(world):
    plan = computed(world).plan
    return {"year": plan.fiscal_year, "version": plan.version}


def plan_beside_itself(world):
    parameters = plan_computed(world)
    return parameters | {"other_year": parameters["year"], "other": parameters["version"]}


def example_of_plan(world):
    parameters = plan_computed(world)
    example = {"says": "Full time", "case": {"basis": "annual", "rate": "45000"}, "gives": {"lump": "0.00"}}
    found = PayPlan.objects.get(fiscal_year=parameters["year"], version=parameters["version"])
    PayPlan.objects.filter(pk=found.pk).update(examples=[example])
    return parameters | {"number": 1}


def scenario_of_year_one(world):
    parameters = plan_computed(world)
    plan = PayPlan.objects.get(fiscal_year=parameters["year"], version=parameters["version"])
    pay.begin_scenarios(plan.pk, by=world.person("miguel"), at=AT)
    return parameters | {"letter": "A"}


READ_HER_SET = ("ruth", "miguel", "grace", "carl", "fatima")


def certificate_of_her(world):
    return {"number": pay_year.released(world) and "CC-2027-01"}


def line_to_except(world, but=()):
    pay_year.rate_all(world, but=but)
    world.rate("marisol", 4, "3.98", progress=False)
    run = pay_year.compute(world)
    pay_year.ask(world, run)
    return {"number": run.number, "code": "CC", "line_id": run.lines.get(number="10482").pk}


def set_with_exception(world):
    """Of Marisol by exception, of Denise held back."""
    world.rate("denise", 4, "3.88", signed=False)
    of_line = line_to_except(world, but=["denise"])
    certification.write_exception(
        Run.objects.get().pk,
        world.departments["CC"].pk,
        of_line["line_id"],
        reason="Her supervisor was on leave in spring.",
        by=world.person("ruth"),
        at=AT,
    )
    return {"number": of_line["number"], "code": "CC"}


def set_signed_anew(world):
    """A certificate of an exception fell with it, and what is left was signed again."""
    of_set = set_with_exception(world)
    run = Run.objects.get()
    pay_year.certify(world, run, "CC", "ruth")
    line, department = run.lines.get(number="10482"), world.departments["CC"]
    certification.withdraw_exception(run.pk, department.pk, line.pk, by=world.person("ruth"), at=AT)
    certification.note_voids(run.pk, by=world.person("miguel"), at=AT)
    pay_year.certify(world, run, "CC", "ruth")
    return of_set


def certificate_that_fell(world):
    return {"number": set_signed_anew(world) and "CC-2027-01"}


def delegated(world):
    return certification.delegate(
        [world.departments["CC"].pk],
        world.employees["stephen"].pk,
        starts_on=ON,
        last_day=ON,
        words="I am at the clerks' conference today.",
        may_except=False,
        by=world.person("ruth"),
        at=AT,
    )[0]


def plan_with_pools(world):
    return {"year": 2027, "version": Office(world).plan.version}


def sheet_of_the_clerk(world):
    return plan_with_pools(world) | {"code": "CC"}


def asked_for_second_word(world):
    run = computed(world)
    pay_year.order_release(world)
    return pay_year.release(world, run)


def release_going_on(world):
    asked = asked_for_second_word(world)
    return pay_year.give_second_word(world, asked.run, asked)


def corrected_later(world):
    """The run of what was released, one rating of which was raised after a grievance."""
    run = pay_year.released(world).run
    world.rate("marisol", 5, "4.60")
    return run


def difference_of_marisol(world):
    """Recovered from her, as her rating was lowered."""
    run = pay_year.released(world).run
    world.rate("marisol", 2, "2.10")
    word = {"by": world.person("carl"), "at": AT, "seen": sum_up_differences(run).seen}
    order = run.batches.get().action_id
    made = payroll.release(run.pk, order, is_difference=True, in_background=False, **word)
    batch = release_here(made)
    return {"number": batch.number, "line_id": batch.lines.get().line_id}


def corrected_to_except(world):
    """Of the County Clerk's, one that lacks the progress review."""
    run = pay_year.released(world).run
    world.rate("marisol", 5, "4.60", progress=False)
    return {"number": run.number, "line_id": run.lines.get(number="10482").pk}


def layout_of_carl(world):
    return layouts.save_layout("Tyler", EXAMPLE_CSV, by=world.person("carl"), at=AT)


def batch_and_layout(world):
    return {"number": pay_year.released(world).number, "pk": layout_of_carl(world).pk}


def letter_of_marisol(world):
    batch = pay_year.released(world)
    return {"number": batch.number, "line_id": batch.lines.get(line__number="10482").line_id}


def kept_worksheet(world):
    batch = lumps.released_lumps(world)
    return {"pk": lumps.kept(world, batch, lumps.rows_of("10482")).pk}


def weeks_of_marisol(world):
    worksheet = lumps.drafted(world)
    return {"pk": worksheet.pk, "person_id": worksheet.people.get(number="10482").pk}


def roster(world):
    content = b"Employee number,Last name,First name,Department,Annual pay\n1,Diaz,Ana,CC,40000\n"
    table = rosters.read_file(content, "roster.csv")
    return rosters.upload_roster(
        content,
        "roster.csv",
        as_of=ON,
        complete=False,
        names=columns.guessed(table).names(table),
        options=None,
        by=world.person("miguel"),
        at=AT,
    )


def mapping():
    return ColumnMapping.objects.create(name="Payroll export", columns={})


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


def draft_of_her_job(world):
    job = Job.objects.get(title="Deputy Clerk II")
    return jobs.begin_description(job.pk, by=world.person("miguel"), at=AT)


SEES_HER = ("marisol", "denise", "stephen", "ruth", "miguel", "grace")
SEES_DRAFT = ("ruth", "miguel", "grace")


def hers(stage, *, for_whom):
    """A page of one act on Marisol's evaluation: others who see it are refused."""
    refused = tuple(key for key in SEES_HER if key not in for_whom)
    return About(evaluation_of_marisol(stage), seen_by=SEES_HER, refused_to=refused)


def hers_to_hr(evaluation):
    refused = tuple(key for key in SEES_HER if key != "miguel")
    return About(lambda world: {"pk": evaluation(world).pk}, seen_by=SEES_HER, refused_to=refused)


SEES_PROPOSALS = ("ruth", "miguel", "grace", "carl", "fatima", "susan")
READ_HER_PAY = ("marisol", "ruth", "miguel", "grace", "carl", "fatima", "susan")

OBJECTS = {
    # accounts
    "account_reset_password_from_key": About(lambda world: {"uidb36": "1", "key": "none"}),
    "accounts:accept": About(lambda world: {"code": invitation(world)}),
    "accounts:invite": About(lambda world: {"user_id": newcomer(world).pk}),
    "mfa_deactivate_totp": About(app_of_denise, seen_by=("denise",)),
    "mfa_edit_webauthn": About(lambda world: {"pk": passkey_of_denise(world).pk}),  # the password comes first
    "mfa_remove_webauthn": About(lambda world: {"pk": passkey_of_denise(world).pk}),
    "mfa_view_recovery_codes": About(lambda world: {}, seen_by=()),
    "mfa_download_recovery_codes": About(lambda world: {}, seen_by=()),
    # court
    "court:action": About(lambda world: {"number": world.order("initiative").number}),
    "court:document": About(
        lambda world: {"number": world.order("initiative").number}, seen_by=()
    ),  # none is kept
    "court:notice_proof": About(lambda world: {"pk": 1}, seen_by=()),  # none is kept
    # organization
    **{
        f"organization:{page}": About(lambda world: {"number": "10482"})
        for page in ("person", "change", "correct", "separate", "open_account")
    },
    **{
        f"organization:{page}": About(lambda world: {"code": "CC"})
        for page in ("department", "set_head", "change_department")
    },
    **{
        f"organization:{page}": About(lambda world: {"import_id": roster(world).pk})
        for page in ("import", "match_columns", "import_changes", "refused_rows", "apply", "discard")
    },
    "organization:delete_mapping": About(lambda world: {"mapping_id": mapping().pk}),
    "organization:revoke_role": About(lambda world: {"grant_id": RoleGrant.objects.first().pk}),
    # jobs
    "jobs:begin": About(lambda world: {"job_id": Job.objects.first().pk}),
    "jobs:show": About(lambda world: {"pk": draft_of_her_job(world).pk}, seen_by=SEES_DRAFT),
    "jobs:edit": About(lambda world: {"pk": draft_of_her_job(world).pk}, seen_by=SEES_DRAFT),
    "jobs:compare": About(
        lambda world: dict.fromkeys(("pk", "other"), draft_of_her_job(world).pk), seen_by=SEES_DRAFT
    ),
    **{
        f"jobs:{act}": About(lambda world: {"pk": draft_of_her_job(world).pk})
        for act in (
            "send_to_hr",
            "send_to_head",
            "publish",
            "acknowledge",
            "return_from_hr",
            "return_from_head",
        )
    },
    # evaluations
    "evaluations:export": About(lambda world: {"kind": "csv"}),
    "evaluations:show": About(evaluation_of_marisol("rated"), seen_by=SEES_HER),
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
    # compensation
    "compensation:structure_changes": About(lambda world: {"pk": world.schedule.pk}),
    "compensation:structure_raise": About(lambda world: {"pk": world.schedule.pk}),
    "compensation:structure_withdraw": About(lambda world: {"pk": world.schedule.pk}),
    "compensation:structure_export": About(lambda world: {"pk": world.schedule.pk}),
    "compensation:plan": About(plan_computed),
    "compensation:plan_effects": About(plan_computed),
    "compensation:plan_adopt": About(plan_computed),
    "compensation:plan_copy": About(plan_computed),
    "compensation:plan_document": About(plan_computed),
    "compensation:plan_put_in": About(plan_computed),
    "compensation:plan_compare": About(plan_beside_itself),
    "compensation:plan_example_new": About(plan_computed),
    "compensation:plan_example": About(example_of_plan),
    "compensation:plan_example_remove": About(example_of_plan),
    "compensation:scenarios_begin": About(plan_computed),
    **{
        f"compensation:scenario{act}": About(scenario_of_year_one)
        for act in ("", "_seek", "_add", "_remove", "_take_again", "_propose", "_sheet", "_sheet_pdf")
    },
    "compensation:run": About(lambda world: {"number": computed(world).number}),
    "compensation:run_recomputed": About(lambda world: {"number": computed(world).number}),
    "compensation:run_progress": About(lambda world: {"number": computed(world).number}),
    "reports:run_stale": About(lambda world: {"number": computed(world).number}),
    "reports:run_steps": About(lambda world: {"number": computed(world).number}),
    "compensation:run_cancel": About(lambda world: {"number": computed(world).number}),
    "compensation:run_resume": About(lambda world: {"number": computed(world).number}),
    "compensation:lines": About(lambda world: {"number": computed(world).number}),
    "compensation:lines_export": About(lambda world: {"number": computed(world).number, "kind": "csv"}),
    # proposals
    **{f"proposals:{page}": About(plan_with_pools) for page in ("plan", "work_out", "accept")},
    "proposals:export": About(lambda world: plan_with_pools(world) | {"kind": "csv"}),
    "proposals:sheet": About(sheet_of_the_clerk, seen_by=SEES_PROPOSALS),
    "proposals:download": About(
        lambda world: sheet_of_the_clerk(world) | {"kind": "csv"}, seen_by=SEES_PROPOSALS
    ),
    **{
        f"proposals:{act}": About(sheet_of_the_clerk)
        for act in ("save", "scale", "send", "send_back", "read", "take")
    },
    # certification
    "certification:run": About(lambda world: {"number": computed(world).number}),
    "certification:ask": About(lambda world: {"number": computed(world).number}),
    "certification:set": About(set_with_exception, seen_by=READ_HER_SET),
    "certification:delegations": About(lambda world: {} if delegated(world) else None),
    "certification:return": About(lambda world: {"number": computed(world).number, "code": "CC"}),
    "certification:history": About(set_signed_anew, seen_by=READ_HER_SET),
    "certification:exception": About(line_to_except, seen_by=("ruth",)),
    "certification:withdraw_exception": About(line_to_except),
    "certification:certificate": About(certificate_that_fell, seen_by=READ_HER_SET),
    "certification:certificate_pdf": About(certificate_of_her, seen_by=READ_HER_SET),
    "certification:verify": About(certificate_that_fell, seen_by=READ_HER_SET),
    "certification:revoke": About(lambda world: {"pk": delegated(world).pk}),
    # payroll
    "payroll:run": About(lambda world: {"number": computed(world).number}),
    "payroll:second_word": About(lambda world: {"pk": asked_for_second_word(world).pk}),
    "payroll:release": About(lambda world: {"pk": release_going_on(world).pk}),
    "payroll:release_progress": About(lambda world: {"pk": release_going_on(world).pk}),
    "payroll:batch": About(lambda world: {"number": pay_year.released(world).number}),
    "payroll:download": About(lambda world: {"number": pay_year.released(world).number}),
    "payroll:download_in_layout": About(batch_and_layout),
    "payroll:new_layout": About(lambda world: {"kind": "fixed"}),
    "payroll:edit_layout": About(lambda world: {"pk": layout_of_carl(world).pk}),
    "payroll:default_layout": About(lambda world: {"pk": layout_of_carl(world).pk}),
    "payroll:remove_layout": About(lambda world: {"pk": layout_of_carl(world).pk}),
    "payroll:letters": About(lambda world: {"number": pay_year.released(world).number}),
    "payroll:letters_progress": About(lambda world: {"number": pay_year.released(world).number}),
    "payroll:letters_pdf": About(lambda world: {"number": pay_year.released(world).number}),
    "payroll:differences": About(lambda world: {"number": corrected_later(world).number}),
    "payroll:ask_to_certify_differences": About(lambda world: {"number": corrected_later(world).number}),
    "payroll:certify_differences": About(lambda world: {"number": corrected_later(world).number}),
    "payroll:letters_part": About(lambda world: {"number": pay_year.released(world).number, "part": 1}),
    "payroll:difference_working": About(difference_of_marisol, seen_by=READ_HER_PAY),
    "payroll:difference_exception": About(corrected_to_except, seen_by=("ruth",)),
    "payroll:withdraw_difference_exception": About(corrected_to_except),
    "payroll:letter": About(letter_of_marisol, seen_by=READ_HER_PAY),
    "payroll:letter_pdf": About(letter_of_marisol, seen_by=READ_HER_PAY),
    # overtime
    "overtime:rows_to_fill": About(
        lambda world: {"kind": "run", "number": lumps.computed_lumps(world).number}
    ),
    **{
        f"overtime:{page}": About(lambda world: {"pk": lumps.drafted(world).pk})
        for page in ("show", "match_columns", "keep", "discard", "weeks")
    },
    "overtime:payroll": About(kept_worksheet),
    "overtime:person": About(weeks_of_marisol),
    # impact
    **{
        f"impact:{page}": About(lambda world: {"pk": groups.compared(world).pk})
        for page in ("report", "export", "delete")
    },
    # reports
    "reports:award": About(
        lambda world: {"line_id": pay_year.released(world).lines.get(line__number="10482").line_id},
        seen_by=READ_HER_PAY,
    ),
    "reports:award_pdf": About(
        lambda world: {"line_id": pay_year.released(world).lines.get(line__number="10482").line_id},
        seen_by=READ_HER_PAY,
    ),
    "reports:history_entry": About(lambda world: {"entry_id": Entry.objects.first().pk}),
}
