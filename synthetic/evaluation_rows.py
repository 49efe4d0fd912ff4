"""What hangs on the evaluations of one cycle: elements, levels, reasons, evidence, signatures, records."""

from datetime import UTC, timedelta
from types import SimpleNamespace

from django.db import connection

from evaluations.content import content_hash, record_hash
from evaluations.models import (
    Evidence,
    JournalEntry,
    Progress,
    ProgressReview,
    Rating,
    RatingOfRecord,
    SelfRating,
    Signature,
)
from evaluations.scoring import part_of, score_of, service_score_of, service_weight
from evaluations.services.signatures import NOT_SIGNED, STATEMENTS
from synthetic import sentences
from synthetic.appraisal import family_of
from synthetic.calendar_of_county import STAND, moment
from synthetic.writing import copy_in, copy_values

COPY_ELEMENTS = """
    INSERT INTO evaluations_element
        (evaluation_id, section, position, weight, name, kind, nature, is_service, standard, anchors)
    SELECT e.id, t.section, t.position, t.weight, t.name, t.kind, t.nature, t.is_service,
        t.standard, t.anchors
    FROM evaluations_evaluation e JOIN evaluations_templateelement t ON t.template_id = e.template_id
    WHERE e.id BETWEEN %s AND %s
    ORDER BY e.id, t.position
    RETURNING evaluation_id, position, id
"""
RATING = ("level", "level_revision", "narrative", "narrative_revision", "saved_at")
NEEDS_REASONS = (1, 2, 5)
TALKATIVE = ("eunji", "darnell", "priya", "marisol", "quang", "latoya", "tomas", "hana")


class _All(list):
    """Stands for a related manager whose rows are in memory."""

    def all(self):
        return self


def _at(day, hour, found):
    return day and moment(day, hour, found.human.minute).astimezone(UTC)


def _usual(found):
    """The level around which a person's elements lie; 3 while nothing is rated."""
    levels = found.levels.values()
    return round(sum(levels) / len(levels)) if levels else 3


class Rows:
    """Collects the rows of a chunk of appraisals and writes them once the evaluations stand."""

    def __init__(self, writer):
        self.writer, self.random, self.light = writer, writer.random, writer.light
        self.summaries, self.self_summaries, self.waivers = {}, {}, {}
        self.ratings, self.self_ratings, self.evidence = [], [], []
        self.journal, self.progress, self.signatures, self.records = [], [], [], []

    # What the evaluation itself keeps

    def approver(self, found):
        return self.writer.hr if found.level == 1 and self._reviewer(found) is None else found.approver

    def _reviewer(self, found):
        _, seat, _ = found.rater.step_on(self.writer.period.rating_day)
        return seat.boss

    def rated_at(self, found):
        return _at(found.rated_on, 10, found) if found.is_rated else None

    def approved_at(self, found):
        return _at(found.approved_on, 13, found)

    def released_at(self, found):
        return _at(found.released_on, 15, found)

    def returned_note(self, found):
        if found.how_far != "returned":
            return ""
        return "Please say what happened in the two elements at the highest level, and add the dates."

    # Collecting

    def take(self, found, elements):
        """Collect what was written in one appraisal; `elements` are those of its template."""
        words = sentences.Words(found.human, family_of(found.post), self.random)
        self._accompany(found, words)
        entries = self._keep_journal(found, words)
        plan = [self._element(found, element, words, entries) for element in elements]
        if found.self_on:
            self._rate_oneself(found, elements, words)
        if found.is_rated or found.how_far == "returned":
            tone = sentences.tone_of(_usual(found))
            self.summaries[found.pk] = words.one_of(sentences.SUMMARIES[tone])
        if found.is_waived:
            self.waivers[found.pk] = self.random.choice(sentences.WAIVERS)
        if found.is_rated:
            self._settle(found, plan, words)
        if not self.light:
            self._tell(found)

    def _accompany(self, found, words):
        if found.progress_on:
            good = {1: 0, 2: 0.1, 3: 0.75, 4: 0.95, 5: 1}[_usual(found)]
            how = Progress.ON_TRACK if self.random.random() < good else Progress.MIXED
            if how == Progress.MIXED and _usual(found) < 3 and self.random.random() < 0.6:
                how = Progress.BEHIND
            text = words.one_of(sentences.PROGRESS[how])
            review = ProgressReview(
                evaluation_id=found.pk,
                on=found.progress_on,
                by_id=found.rater.pk,
                progress=how,
                narrative=text,
            )
            self.progress.append(review)

    def _keep_journal(self, found, words):
        period = self.writer.period
        talkative = found.human.part in TALKATIVE
        if not period.is_open or self.light or (not talkative and self.random.random() > 0.3):
            return []
        entries = []
        said = sentences.JOURNAL if _usual(found) > 2 else sentences.JOURNAL_OF_TROUBLE
        for _ in range(3 if talkative else self.random.randint(1, 3)):
            day = period.starts_on + timedelta(days=self.random.randrange(20, 370))
            day = min(max(day, found.human.hired_on + timedelta(days=20)), STAND - timedelta(days=1))
            entries.append(
                JournalEntry(
                    employee_id=found.human.pk,
                    author_id=found.rater.pk,
                    on=day,
                    text=words.one_of(said),
                    shared=self.random.random() < 0.5,
                    created_at=moment(day, 16, self.random.randrange(60)),
                )
            )
        self.journal += entries
        return entries

    def _element(self, found, element, words, entries):
        """One element of the plan with its level, and the same in the shape that is signed."""
        level = found.levels.get(element.position)
        evidence = _All()
        as_signed = SimpleNamespace(
            pk=element.position,
            **{name: getattr(element, name) for name in ("section", "name", "kind", "nature", "is_service")},
            standard=element.standard,
            weight=element.weight,
            evidence=evidence,
        )
        if level is None:
            return as_signed
        has_words = level in NEEDS_REASONS or self.random.random() < (0.1 if self.light else 0.3)
        narrative = words.narrative(element.name, level) if has_words else ""
        saved_at = self.rated_at(found) or moment(STAND - timedelta(days=3), 18, found.human.minute)
        as_signed.rating = SimpleNamespace(level=level, narrative=narrative)
        rating = (found.rater.pk, level, 1, narrative, 1 if narrative else 0, saved_at)
        self.ratings.append(((found.pk, element.position), rating))
        if level in NEEDS_REASONS or (self.random.random() < 0.06 and not self.light):
            fits = entries and (level > 2) == (_usual(found) > 2)  # what the journal says is of one kind
            entry = entries.pop() if fits else None
            text = "" if entry else words.evidence(level)
            evidence.append(SimpleNamespace(entry=entry, text=text))
            self.evidence.append(((found.pk, element.position), entry, (text, found.rater.pk, saved_at)))
        return as_signed

    def _rate_oneself(self, found, elements, words):
        self.self_summaries[found.pk] = words.one_of(sentences.SELF)
        if self.light:
            return
        at = moment(found.self_on, 15, found.human.minute)
        for element in elements:
            said = words.one_of(sentences.SELF) if self.random.random() < 0.15 else ""
            level = found.levels.get(element.position, 3) + self.random.choice((-1, 0, 0, 0, 1, 1))
            rating = (min(max(level, 2), 5), 1, said, 1 if said else 0, at)
            self.self_ratings.append(((found.pk, element.position), rating))

    def _settle(self, found, plan, words):
        """Score, signatures and the rating of record."""
        writer = self.writer
        levels = {element.pk: element.rating.level for element in plan if hasattr(element, "rating")}
        result = score_of([part_of(element, levels.get(element.pk)) for element in plan], writer.bands)
        found.score, found.level = result.score, result.level
        evaluation = SimpleNamespace(
            employee=found.human, cycle=writer.cycle, version=1, summary=self.summaries[found.pk]
        )
        content = content_hash(evaluation, plan)
        signed = [self._sign(found, Signature.As.RATER, found.rater, self.rated_at(found), content)]
        if found.approved_on:
            signed.append(
                self._sign(
                    found, Signature.As.REVIEWER, self.approver(found), self.approved_at(found), content
                )
            )
        if found.signed_on:
            comment = words.one_of(sentences.COMMENTS) if self.random.random() < 0.08 else ""
            at = _at(found.signed_on, 17, found)
            signed.append(self._sign(found, Signature.As.EMPLOYEE, found.human, at, content, comment))
            self.records.append(
                RatingOfRecord(
                    evaluation_id=found.pk,
                    cycle=writer.cycle,
                    employee_id=found.human.pk,
                    version=1,
                    level=result.level,
                    score=result.score,
                    service_weight=service_weight(plan),
                    service_score=service_score_of(plan, levels),
                    evidence_count=sum(len(element.evidence) for element in plan),
                    has_progress_review=found.progress_on is not None,
                    is_signed=True,
                    content_hash=record_hash(evaluation, plan, signed, result.score, result.level),
                    at=at,
                )
            )

    def _sign(self, found, signed_as, human, at, content, comment=""):
        refused = signed_as == Signature.As.EMPLOYEE and found.is_refused
        witness = self.writer.hr if refused and self.writer.hr is not human else None
        refused = witness is not None
        if refused:
            comment = "Read the rating, did not want to sign, and gave no reason."
        self.signatures.append(
            Signature(
                evaluation_id=found.pk,
                signed_as=signed_as,
                by_id=human.pk,
                at=at,
                statement=NOT_SIGNED if refused else STATEMENTS[signed_as],
                content_hash=content,
                comment=comment,
                refused=refused,
                witness_id=witness.pk if witness else None,
            )
        )
        return SimpleNamespace(
            signed_as=signed_as, by=human, at=at, refused=refused, witness=witness, comment=comment,
            content_hash=content,
        )  # fmt: skip

    def _tell(self, found):
        """What of it the history says: in a closed cycle from the rating on."""
        acts, human, name = self.writer.acts, found.human, f"{found.human}, {self.writer.cycle}"
        reviewer = self.approver(found) if found.approved_on else None
        result = {"score": str(found.score), "level": found.level} if found.is_rated else None
        last = "refusal_recorded" if found.is_refused else "signed"
        told = [
            ("rated", self.rated_at(found), found.rater, "Supervisor", result),
            ("approved", self.approved_at(found), reviewer, "Supervisor", result),
            ("released", self.released_at(found), found.rater, "Supervisor", None),
            (
                last,
                _at(found.signed_on, 17, found),
                found.rater if found.is_refused else human,
                "Employee",
                result,
            ),
        ]
        if self.writer.period.is_open:
            told += [
                ("plan_issued", _at(found.issued_on, 9, found), found.rater, "Supervisor", None),
                ("plan_acknowledged", _at(found.acknowledged_on, 11, found), human, "Employee", None),
                ("progress_reviewed", _at(found.progress_on, 14, found), found.rater, "Supervisor", None),
                ("self_submitted", _at(found.self_on, 16, found), human, "Employee", None),
            ]
        for act, at, who, role, after in told:
            if at:
                acts.add(f"evaluation.{act}", at, who, role, "evaluations_evaluation", found.pk, name, after)

    # Writing

    def write(self, first, last):
        """Write everything; the evaluations from key `first` to `last` stand already."""
        with connection.cursor() as cursor:
            cursor.execute(COPY_ELEMENTS, [first, last])
            keys = {(evaluation, position): key for evaluation, position, key in cursor.fetchall()}
        copy_in(ProgressReview, self.progress)
        copy_in(JournalEntry, self.journal)
        copy_values(Rating, ("element_id", "by_id", *RATING), ((keys[of], *row) for of, row in self.ratings))
        copy_values(SelfRating, ("element_id", *RATING), ((keys[of], *row) for of, row in self.self_ratings))
        copy_values(
            Evidence,
            ("element_id", "entry_id", "text", "by_id", "at"),
            ((keys[of], entry.pk if entry else None, *row) for of, entry, row in self.evidence),
        )
        copy_in(Signature, self.signatures)
        copy_in(RatingOfRecord, self.records)
