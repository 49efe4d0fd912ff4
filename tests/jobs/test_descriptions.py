from decimal import Decimal

import pytest

from jobs import services
from jobs.checks import problems_of_duties
from jobs.models import Acknowledgement, JobDescription, State
from jobs.needs import needs_of
from jobs.permissions import is_approver
from jobs.workflow import MOVES, CannotMove, can
from organization.models import Headship, Job
from organization.refusal import Refused
from tests.world import AT

DUTIES = [
    services.DutyRow("Serve the counter", Decimal("45.50"), True),
    services.DutyRow("Record deeds", Decimal("54.50"), False),
]
TEXTS = {
    "summary": "Serves the public.",
    "service_skills": "Listens.",
    "service_accomplishments": "Copies in ten minutes.",
    "qualifications": "",
    "physical_demands": "",
    "exempt": False,
    "grade": "C2",
}


def save(world, draft, duties=DUTIES, by="miguel", **texts):
    base = services.revision_of(JobDescription.objects.get(pk=draft.pk))
    return services.save_description(draft.pk, TEXTS | texts, duties, base=base, by=world.person(by), at=AT)


@pytest.fixture
def clerk(world):
    return Job.objects.get(title="Deputy Clerk II")


@pytest.fixture
def draft(world, clerk):
    draft = services.begin_description(clerk.pk, by=world.person("miguel"), at=AT)
    save(world, draft)
    return JobDescription.objects.get(pk=draft.pk)


@pytest.fixture
def published(world, draft):
    services.send_to_hr(draft.pk, by=world.person("ruth"), at=AT)
    services.send_to_head(draft.pk, by=world.person("miguel"), at=AT)
    services.publish(draft.pk, by=world.person("ruth"), at=AT)
    return JobDescription.objects.get(pk=draft.pk)


def test_who_may_do_what_in_which_state(world, draft):
    """Ruth heads the office that has the job, Joel another one; Marisol holds the job."""
    keys = ["miguel", "ruth", "joel", "marisol", "denise", "grace"]
    found = {}
    for act in MOVES:
        for state in State:
            draft.state = state
            for key in keys:
                if can(act, draft, world.person(key)):
                    found.setdefault((act, state.value), set()).add(key)

    writers = {"miguel", "ruth"}
    assert found == {
        ("edit", "draft"): writers,
        ("send_to_hr", "draft"): writers,
        ("return_from_hr", "hr_review"): {"miguel"},
        ("send_to_head", "hr_review"): {"miguel"},
        ("return_from_head", "head_approval"): {"ruth"},
        ("publish", "head_approval"): {"ruth"},
        ("begin_version", "published"): writers,
        ("acknowledge", "published"): {"marisol"},
    }


def test_hr_approves_where_no_head_is_in_office(world, draft):
    Headship.objects.all().delete()

    assert is_approver(world.person("miguel"), draft)


@pytest.mark.parametrize(
    ("percents", "rules"),
    [
        (("45.50", "54.50"), []),
        (("33.33", "33.33"), ["total"]),
        (("29.99", "70.01"), ["service_emphasis"]),
        (("60", "60"), ["total"]),
    ],
)
def test_duties_total_exactly_100_and_serve_customers_enough(percents, rules):
    duties = [
        services.DutyRow("A", Decimal(percents[0]), True),
        services.DutyRow("B", Decimal(percents[1]), False),
    ]

    assert [problem.rule for problem in problems_of_duties(duties, minimum=Decimal(30))] == rules


def test_an_incomplete_draft_is_kept_but_not_sent_on(world, draft):
    save(world, draft, duties=DUTIES[1:], service_skills="")

    with pytest.raises(services.NotReady) as refusal:
        services.send_to_hr(draft.pk, by=world.person("miguel"), at=AT)

    assert [one.rule for one in refusal.value.problems] == ["service_skills", "total", "service_emphasis"]


def test_a_published_version_is_never_edited(world, published):
    with pytest.raises(CannotMove):
        save(world, published)


def test_the_next_version_supersedes_and_is_read_again(world, published, clerk):
    marisol = world.person("marisol")
    services.acknowledge(published.pk, by=marisol, at=AT)
    assert needs_of(marisol) == []

    second = services.begin_description(clerk.pk, by=world.person("ruth"), at=AT)
    services.send_to_hr(second.pk, by=world.person("ruth"), at=AT)
    services.send_to_head(second.pk, by=world.person("miguel"), at=AT)
    services.publish(second.pk, by=world.person("ruth"), at=AT)

    assert list(clerk.descriptions.order_by("version").values_list("version", "state")) == [
        (1, "superseded"),
        (2, "published"),
    ]
    assert [need.title for need in needs_of(marisol)] == ["Read the description of your job, Deputy Clerk II"]


def test_one_version_is_on_its_way_at_a_time(world, draft, clerk):
    with pytest.raises(Refused, match="Version 1 is on its way already"):
        services.begin_description(clerk.pk, by=world.person("miguel"), at=AT)


def test_heads_begin_descriptions_of_their_own_jobs_alone(world, clerk):
    with pytest.raises(CannotMove):
        services.begin_description(clerk.pk, by=world.person("joel"), at=AT)


def test_giving_back_needs_a_note(world, draft):
    services.send_to_hr(draft.pk, by=world.person("ruth"), at=AT)

    with pytest.raises(Refused, match="Write what should be changed"):
        services.return_from_hr(draft.pk, note=" ", by=world.person("miguel"), at=AT)
    services.return_from_hr(draft.pk, note="Name the fees.", by=world.person("miguel"), at=AT)

    draft.refresh_from_db()
    assert (draft.state, draft.returned_note) == ("draft", "Name the fees.")


def test_two_windows_on_one_draft(world, draft):
    base = services.revision_of(draft)
    save(world, draft, summary="From the first window.")

    with pytest.raises(services.Changed):
        services.save_description(
            draft.pk, TEXTS | {"summary": "Second."}, DUTIES, base=base, by=world.person("miguel"), at=AT
        )


def test_reading_twice_counts_once(world, published):
    for _ in range(2):
        services.acknowledge(published.pk, by=world.person("marisol"), at=AT)

    assert Acknowledgement.objects.count() == 1


def test_drafts_are_seen_by_hr_auditors_and_the_heads_with_the_job(world, draft):
    seen = {key for key in world.users if JobDescription.objects.visible_to(world.person(key)).exists()}

    assert seen == {"miguel", "grace", "ruth"}


def test_what_is_in_force_is_seen_by_all(world, published):
    seen = {key for key in world.users if JobDescription.objects.visible_to(world.person(key)).exists()}

    assert seen == set(world.users)


def test_each_step_is_the_need_of_one_person(world, draft):
    services.send_to_hr(draft.pk, by=world.person("ruth"), at=AT)
    assert [need.title for need in needs_of(world.person("miguel"))] == [
        "Review the job description Deputy Clerk II"
    ]

    services.send_to_head(draft.pk, by=world.person("miguel"), at=AT)
    assert [need.title for need in needs_of(world.person("ruth"))] == [
        "Approve the job description Deputy Clerk II"
    ]
    assert needs_of(world.person("joel")) == []
