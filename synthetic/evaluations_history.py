"""Three cycles of evaluations with all that was written on the way, as the services would have left them."""

from datetime import date
from types import SimpleNamespace
from typing import NamedTuple

from evaluations.models import Cycle, Evaluation, LeftOut, Scale, Template
from evaluations.services.filling import why_left_out
from synthetic.acts import Acts
from synthetic.appraisal import appraise, draw_levels
from synthetic.calendar_of_county import STAND, moment
from synthetic.evaluation_rows import Rows
from synthetic.writing import copy_in, reserve

CHUNK = 2_000
TABLE = Evaluation._meta.db_table


class Period(NamedTuple):
    """One cycle: the year in which it ends, and whether it is still open."""

    year: int
    is_open: bool = False
    has_self: bool = True

    @property
    def name(self):
        return f"Fall {self.year}"

    @property
    def starts_on(self):
        return date(self.year - 1, 9, 1)

    @property
    def ends_on(self):
        return date(self.year, 9, 1)

    @property
    def rating_day(self):
        return STAND if self.is_open else date(self.year, 9, 12)

    @property
    def last_day(self):
        return date(2026, 9, 14) if self.is_open else date(self.year, 9, 30)

    @property
    def minimum_days(self):
        return 90


PERIODS = (Period(2024, has_self=False), Period(2025), Period(2026, is_open=True))


def create_cycles():
    """The three cycles of the history, and the next one, which HR prepares."""
    for period in PERIODS:
        _create(period, Cycle.State.OPEN if period.is_open else Cycle.State.CLOSED)
    _create(Period(2027), Cycle.State.DRAFT)


def _create(period, state):
    year = period.year
    return Cycle.objects.create(
        name=period.name,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        scale=Scale.objects.get(),
        state=state,
        plans_due_on=date(year - 1, 10, 15),
        progress_due_on=date(year, 3, 31),
        self_due_on=date(year, 8, 31),
        ratings_due_on=date(year, 9, 15),
        approvals_due_on=date(year, 9, 22),
        release_due_on=date(year, 9, 25),
        signatures_due_on=date(year, 10, 8),
        opened_at=None if state == Cycle.State.DRAFT else moment(period.starts_on, 8),
    )


class Writer:
    """Writes one cycle, two thousand people at a time."""

    def __init__(self, cast, period, *, light=False):
        self.cast, self.period, self.light = cast, period, light
        self.random = cast.random(period.name)
        self.cycle = Cycle.objects.select_related("scale").get(name=period.name)
        self.bands = list(self.cycle.scale.bands.values_list("level", "from_score"))
        templates = Template.objects.filter(job_family="").prefetch_related("elements")
        self.templates = {template.level: (template, list(template.elements.all())) for template in templates}
        self.hr = next((human for human in cast.people if human.part == "miguel"), None)
        self.moods, self.leniency, self.acts = {}, {}, Acts()

    def write(self):
        included, left_out = self._who()
        copy_in(LeftOut, left_out)
        found = [appraise(human, post, self.period, self.random, self.moods) for human, post in included]
        for start in range(0, len(found), CHUNK):
            self._write_chunk(found[start : start + CHUNK])
        Cycle.objects.filter(pk=self.cycle.pk).update(people_found=len(found), people_opened=len(found))
        self.acts.write()
        return self.cycle

    def _who(self):
        """Those who are evaluated, with their posts, and the reasons of the others."""
        period, included, left_out = self.period, [], []
        for human in self.cast.people:
            gone_before = human.separated_on and human.separated_on <= period.starts_on
            if gone_before or human.hired_on >= period.ends_on:
                continue
            post = post_on(human, period.rating_day)
            line = post and SimpleNamespace(kind=post.kind, job_id=post.job)
            if reason := why_left_out(human, line, period, period.rating_day):
                left_out.append(LeftOut(cycle=self.cycle, employee_id=human.pk, reason=reason))
            elif post.boss is not None:
                included.append((human, post))
        return included, left_out

    def _write_chunk(self, appraisals):
        for found, key in zip(appraisals, reserve(Evaluation, len(appraisals)), strict=True):
            found.pk = key
            rater = found.rater
            if rater not in self.leniency:
                self.leniency[rater] = self.random.gauss(0, 0.12)
            _, elements = self.templates[found.template]
            kinds = [(element.position, element.kind) for element in elements]
            draw_levels(found, kinds, self.period, self.random, self.leniency[rater])
        rows = Rows(self)
        for found in appraisals:
            rows.take(found, self.templates[found.template][1])
        copy_in(Evaluation, (self._evaluation(found, rows) for found in appraisals))
        rows.write(appraisals[0].pk, appraisals[-1].pk)

    def _evaluation(self, found, rows):
        human, post = found.human, found.post
        return Evaluation(
            pk=found.pk,
            cycle=self.cycle,
            employee_id=human.pk,
            department_id=self.cast.keys.departments[post.seat.office.code],
            job_id=self.cast.keys.jobs[post.job],
            description_id=self.cast.descriptions.get(post.job),
            template=self.templates[found.template][0],
            state=found.state,
            plan_issued_at=found.issued_on and moment(found.issued_on, 9, human.minute),
            acknowledged_at=found.acknowledged_on and moment(found.acknowledged_on, 11, human.minute),
            self_submitted_at=found.self_on and moment(found.self_on, 16, human.minute),
            self_summary=rows.self_summaries.get(found.pk, ""),
            summary=rows.summaries.get(found.pk, ""),
            summary_revision=1 if found.pk in rows.summaries else 0,
            rated_by_id=found.rater.pk if found.is_rated else None,
            rated_at=rows.rated_at(found),
            score=found.score,
            level=found.level,
            approved_by_id=rows.approver(found).pk if found.approved_on else None,
            approved_at=rows.approved_at(found),
            released_at=rows.released_at(found),
            returned_note=rows.returned_note(found),
            waiver_reason=rows.waivers.get(found.pk, ""),
        )


def post_on(human, day):
    """The post of the main job on a day, or None."""
    return next(
        (
            post
            for post in reversed(human.posts)
            if post.starts_on <= day and (post.ends_on is None or post.ends_on > day)
        ),
        None,
    )
