"""An evaluation as a person may see it: sections, elements, levels, and the score as arithmetic."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from evaluations.checks import count_words
from evaluations.content import elements_of
from evaluations.models import Rating, SelfRating
from evaluations.models.template import Kind, Nature
from evaluations.scoring import band_range, part_of, score_of, service_weight, total_weight


class Item(NamedTuple):
    """One element. `rating` and `own`: what its rater and the employee said of it, if it may be seen."""

    element: object
    rating: object
    own: object
    evidence: list
    level: object
    own_level: object
    choices: list  # (level, what is seen at it), from high to low
    words_needed: int

    @property
    def tags(self):
        words = [Kind(self.element.kind).label.lower(), Nature(self.element.nature).label.lower()]
        if self.element.is_service:
            words.insert(1, "service")
        return ", ".join(words).capitalize()

    @property
    def weight(self):
        return plain(self.element.weight)

    @property
    def points(self):
        """What it adds to the score, with two decimals; None while it has no level or does not count."""
        if self.level is None or self.element.kind == Kind.ADDITIONAL:
            return None
        return f"{self.element.weight * self.level.number / 100:.2f}"

    @property
    def is_rated(self):
        return self.level is not None

    @property
    def needs(self):
        """What the level asks for besides, as (is met, words); nothing where it asks for nothing."""
        if self.level is None or not self.level.needs_narrative:
            return []
        words, facts = count_words(self.rating.narrative), len(self.evidence)
        return [
            (
                words >= self.words_needed,
                f"Narrative: {words} words, at least {self.words_needed} for level {self.level.number}",
            ),
            (facts > 0, f"Evidence: {facts} linked, at least 1"),
        ]


class Section(NamedTuple):
    letter: str
    name: str
    items: list

    @property
    def weight(self):
        return plain(total_weight([item.element for item in self.items]))

    @property
    def rated(self):
        return sum(item.is_rated for item in self.items)

    @property
    def is_done(self):
        return self.rated == len(self.items)


@dataclass
class Sheet:
    evaluation: object
    items: list[Item]
    levels: dict
    bands: list

    @classmethod
    def of(cls, evaluation, person):
        """What this person may see of the evaluation, in three queries."""
        visible = Rating.objects.visible_to(person).filter(element=OuterRef("pk"))
        own = SelfRating.objects.visible_to(person).filter(element=OuterRef("pk"))
        elements = elements_of(evaluation, sees_rating=Exists(visible), sees_self=Exists(own))
        scale = list(evaluation.cycle.scale.levels.with_bands())
        levels = {level.number: level for level in scale}
        bands = [(level.number, level.from_score) for level in scale if level.from_score is not None]
        words = evaluation.cycle.narrative_words
        items = [_item(element, levels, words) for element in elements]
        return cls(evaluation, items, levels, bands)

    @cached_property
    def sections(self):
        names = list(dict.fromkeys(item.element.section for item in self.items))
        return [
            Section(
                chr(ord("A") + place), name, [item for item in self.items if item.element.section == name]
            )
            for place, name in enumerate(names)
        ]

    @cached_property
    def score(self):
        return score_of(
            [part_of(item.element, item.level.number if item.level else None) for item in self.items],
            self.bands,
        )

    @property
    def level(self):
        """The summary level of what is rated so far."""
        return self.levels.get(self.score.level)

    @property
    def band(self):
        """`3.50 to 4.49`, the scores of the summary level; empty for level 1, which no score gives."""
        found = band_range(self.score.level, self.bands)
        return f"{found[0]} to {found[1]}" if found else ""

    @property
    def service_weight(self):
        return plain(service_weight([item.element for item in self.items]))

    @property
    def left(self):
        """How many elements still need a level."""
        return sum(not item.is_rated for item in self.items if item.element.kind != Kind.ADDITIONAL)

    @property
    def has_ratings(self):
        return any(item.rating for item in self.items)

    @property
    def weight_rated(self):
        return plain(self.score.weight)

    @property
    def ledger(self):
        """The score as arithmetic, for `components/ledger.html`."""
        lines = [
            {
                "label": line.name,
                "note": f"{plain(line.weight)} × {plain(line.level)}",
                "amount": f"{line.points:.1f}",
            }
            for line in self.score.lines
        ]
        if self.score.score is None:
            return lines
        working = f"{self.score.points:.1f} ÷ {plain(self.score.weight)}"
        return [*lines, {"label": working, "amount": f"{self.score.score:.2f}", "kind": "total"}]

    def item(self, element_id):
        return next((item for item in self.items if item.element.pk == element_id), None)

    def next_to_rate(self, after=None):
        """The next element without a level, after one or from the top; None when all are rated."""
        place = next((n for n, item in enumerate(self.items) if item.element.pk == after), -1)
        ahead = [*self.items[place + 1 :], *self.items[: place + 1]]
        return next((item for item in ahead if not item.is_rated and item.element.pk != after), None)


def plain(number):
    """A weight without needless zeros: 15, 12.5, 100."""
    return f"{Decimal(number).normalize():f}"


def _item(element, levels, words_needed):
    """An element with what may be seen of it: `sees_rating` and `sees_self` come with the query."""
    rating = getattr(element, "rating", None) if element.sees_rating else None
    own = getattr(element, "self_rating", None) if element.sees_self else None
    return Item(
        element=element,
        rating=rating,
        own=own,
        evidence=list(element.evidence.all()) if element.sees_rating else [],
        level=levels.get(rating.level) if rating else None,
        own_level=levels.get(own.level) if own else None,
        choices=[
            (level, element.anchors.get(str(number)) or level.description)
            for number, level in sorted(levels.items(), reverse=True)
        ],
        words_needed=words_needed,
    )


def steps_of(evaluation, *, on, has_progress_review, own=False):
    """The steps of an evaluation for `components/steps.html`; `evaluation` has `shown_state`."""
    state = evaluation.shown_state
    order = ["plan", "progress", "self", "rating", "review", "signature"]
    if state in ("planning", "planned"):
        now = "plan"
    elif state == "under_way":
        now = "rating"
        if not has_progress_review:
            now = "progress"
        elif on < evaluation.cycle.ends_on and not evaluation.self_submitted_at:
            now = "self"
    else:
        now = {"rated": "review", "approved": "signature", "released": "signature"}.get(state)
    passed = order[: order.index(now)] if now else order
    done = set(passed)
    if not evaluation.self_submitted_at:
        done.discard("self")
    if not has_progress_review:
        done.discard("progress")
    words = {
        "plan": "Plan",
        "progress": "Progress review",
        "self": "Self-evaluation",
        "rating": "Rating",
        "review": "Review",
        "signature": "Your signature" if own else "Signature",
    }
    return [(words[key], "now" if key == now else "done" if key in done else "later") for key in order]
