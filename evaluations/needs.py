"""What evaluations need of somebody: a line for each kind of work, not for each person. Three queries."""

from collections import Counter
from datetime import date, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import JSONObject
from django.urls import reverse

from evaluations.models import Cycle, Evaluation, ProgressReview
from evaluations.permissions import is_reviewer
from evaluations.states import State
from organization.models import Assignment
from organization.needs import ASKED_OF_HR, Need, asked_of_hr

AHEAD = timedelta(days=60)  # work of a whole year is shown once its day comes near


def needs_of(person, at_hand=None):
    """`at_hand` are the evaluations of `own_and_team`, where somebody has them already."""
    needs = _of_hr(person)
    if person.employee_id:
        own, team = at_hand or own_and_team(person)
        needs += [*_own(person, own), *_of_rater(person, team), *_of_reviewer(person)]
    return needs


def own_and_team(person):
    """One's own open evaluations and those one rates, each with `rated_weight` of 100, in one query."""
    if not person.employee_id:
        return [], []
    reviews = ProgressReview.objects.filter(evaluation=OuterRef("pk"))
    wanted = Q(employee=person.employee_id)
    if person.is_supervisor:
        wanted |= Q(pk__in=Evaluation.objects.to_be_rated_by(person).values("pk"))
    found = (
        Evaluation.objects.filter(wanted)
        .open()
        .latest()
        .annotate(
            has_progress_review=Exists(reviews),
            rated_weight=Sum("elements__weight", filter=Q(elements__rating__level__isnull=False), default=0),
        )
        .select_related("employee", "job", "cycle")
        .order_by("cycle__starts_on", "employee__sort_key")
    )
    own = [one for one in found if one.employee_id == person.employee_id]
    return own, [one for one in found if one.employee_id != person.employee_id]


def _own(person, found):
    needs = []
    for one in found:
        cycle = one.cycle
        if one.state == State.PLANNED:
            needs.append(
                _need(
                    person,
                    "Read and acknowledge your plan",
                    f"It says what your work in the cycle {cycle} is held against.",
                    reverse("evaluations:show", args=[one.pk]),
                    "Read it",
                    "pen-line",
                    cycle.plans_due_on,
                )
            )
        elif one.state == State.RELEASED:
            needs.append(
                _need(
                    person,
                    "Read and sign your rating",
                    "Signing is not agreement. You can add a comment.",
                    reverse("evaluations:sign", args=[one.pk]),
                    "Read and sign",
                    "pen-line",
                    cycle.signatures_due_on,
                )
            )
        elif _wants_self(one, person):
            needs.append(
                _need(
                    person,
                    "Write your self-evaluation",
                    "Your own view of the year. It does not enter the score.",
                    reverse("evaluations:self", args=[one.pk]),
                    "Write it",
                    "user-check",
                    cycle.self_due_on,
                )
            )
    return needs


def _wants_self(one, person):
    """Only while the supervisor has not rated: from then on it would come too late."""
    near = person.on >= one.cycle.self_due_on - AHEAD
    return one.state == State.UNDER_WAY and near and not one.self_submitted_at


def _of_rater(person, team):
    """One line for plans, progress reviews, ratings and releases of each cycle."""
    by_cycle = {}
    for one in team:
        by_cycle.setdefault(one.cycle, []).append(one)
    return [need for cycle, ones in by_cycle.items() for need in _of_team(person, cycle, ones)]


def _of_team(person, cycle, ones):
    states = Counter(one.state for one in ones)
    unreviewed = sum(one.state == State.UNDER_WAY and not one.has_progress_review for one in ones)
    returned = sum(one.state == State.UNDER_WAY and bool(one.returned_note) for one in ones)
    if count := states[State.PLANNING]:
        yield _need(
            person,
            f"Write {count} of your {_people(len(ones), 'plan', 'plans')}",
            f"{cycle}: what each of your people is held against.",
            _team_list(cycle, State.PLANNING),
            "Write",
            "pencil-line",
            cycle.plans_due_on,
        )
    if unreviewed and person.on >= cycle.progress_due_on - AHEAD:
        yield _need(
            person,
            f"Hold {_people(unreviewed, 'progress review', 'progress reviews')}",
            "Without one the work cannot be rated.",
            _team_list(cycle, "unreviewed"),
            "Open",
            "messages-square",
            cycle.progress_due_on,
        )
    if (count := states[State.UNDER_WAY]) and person.on >= cycle.ratings_due_on - AHEAD:
        yield _need(
            person,
            f"Finish {count} of your {_people(len(ones), 'evaluation', 'evaluations')}",
            _why_finish(cycle, states, returned),
            _team_list(cycle, State.UNDER_WAY),
            "Rate",
            "clipboard-check",
            cycle.ratings_due_on,
        )
    if count := states[State.APPROVED]:
        yield _need(
            person,
            f"Release {_people(count, 'rating', 'ratings')} to your people",
            "The reviewer has approved. They read and sign next.",
            _team_list(cycle, State.APPROVED),
            "Release",
            "send",
            cycle.release_due_on,
        )


def _why_finish(cycle, states, returned):
    parts = [f"{cycle} cycle."]
    if returned:
        parts.append(f"{returned} came back from the reviewer.")
    if states[State.RATED]:
        parts.append(f"{states[State.RATED]} with the reviewer.")
    return " ".join(parts)


def _of_reviewer(person):
    """Ratings that wait for this person's approval, also where he stands in for a missing reviewer."""
    me = person.employee_id
    in_force = Assignment.objects.in_force(person.on).filter(slot=1)
    reports = in_force.filter(supervisor=me).values("employee")
    second = in_force.filter(supervisor__in=reports).values("employee")
    # Known at once of each; who exactly approves is then looked up for these few alone.
    near = Q(employee__in=reports) | Q(employee__in=second) | Q(department__in=person.headed)
    candidates = Q(reviewer_id=me) | Q(reviewer_id=None) & (Q(head_id=me) | Q(rater_id=me))
    found = (
        Evaluation.objects.filter(near, state=State.RATED, cycle__state="open")
        .latest()
        .with_line(person.on)
        .filter(candidates)
        .select_related("cycle")
    )
    counts = Counter(one.cycle for one in found if is_reviewer(person, one))
    return [
        _need(
            person,
            f"Review {_people(count, 'rating', 'ratings')}",
            f"{cycle} cycle. The supervisors have signed.",
            f"{reverse('evaluations:list')}?cycle={cycle.pk}&scope=all&state=rated",
            "Review",
            "user-round-search",
            cycle.approvals_due_on,
        )
        for cycle, count in counts.items()
    ]


def _to_open(on):
    """Drafts of cycles whose first day is near, as a column."""
    found = Cycle.objects.filter(state=Cycle.State.DRAFT, starts_on__lte=on + AHEAD).order_by("starts_on")
    return ArraySubquery(found.values(told=JSONObject(pk="pk", name="name", starts_on="starts_on")))


ASKED_OF_HR["cycles_to_open"] = _to_open


def _of_hr(person):
    found = asked_of_hr(person)
    return [
        _need(
            person,
            f"Open the cycle {told['name']}",
            "Nobody has a plan before it is opened.",
            reverse("evaluations:cycle", args=[told["pk"]]),
            "Look at it",
            "calendar-range",
            date.fromisoformat(told["starts_on"]),
        )
        for told in (found["cycles_to_open"] if found else [])
    ]


def _team_list(cycle, state):
    return f"{reverse('evaluations:list')}?cycle={cycle.pk}&scope=team&state={state}"


def _people(count, one, several):
    return f"{count} {one if count == 1 else several}"


def _need(person, title, why, url, verb, icon, due_on):
    return Need(title, why, url, verb, icon, due_on, person.on > due_on)
