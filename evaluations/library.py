"""The scale, elements and templates that a new county begins with. HR edits, adds and retires them on pages.

Plain words for county work, from counters to road crews. Each standard says what fully successful work is
(level 3); the anchors say what is seen at levels 1 to 5. Load it with `load_standard_library`: what is there
already stays as it is.
"""

from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from audit.services import record
from evaluations.models import Band, Level, LibraryElement, Scale, Template, TemplateElement
from evaluations.models.template import For, Kind, Nature
from evaluations.standard_elements import ELEMENTS

SCALE_NAME = "Five levels"

LEVELS = [  # number, name, description, whether it needs a narrative and evidence (EVL-5)
    (
        5,
        "Outstanding",
        "Work that others are told to learn from, all year, in nearly everything asked.",
        True,
    ),
    (4, "Exceeds", "Better than the standard most of the time, without being reminded.", False),
    (3, "Fully successful", "Meets the standard in nearly everything. This is good work.", False),
    (2, "Needs improvement", "Meets the standard at times. Coaching is under way or due.", True),
    (1, "Unacceptable", "Does not meet the standard although it was explained and coached.", True),
]
BANDS = [
    (2, "1.00"),
    (3, "2.50"),
    (4, "3.50"),
    (5, "4.50"),
]  # EVL-5; level 1 comes from a critical element alone


class Part(NamedTuple):
    """A section of a template: its name, and (element, weight of 100) in order."""

    section: str
    elements: list[tuple[str, str]]


TEMPLATES = {
    ("Front line", For.FRONT_LINE): [
        Part(
            "Customer service",
            [
                ("Courtesy and listening", "15"),
                ("Timeliness and follow-up", "15"),
                ("Solving problems and complaints", "10"),
                ("Equal treatment and clear language", "5"),
            ],
        ),
        Part(
            "Results of the job",
            [
                ("Accuracy of the work", "20"),
                ("Knowledge of the job", "10"),
                ("Records and confidentiality", "10"),
            ],
        ),
        Part("Working with others", [("Teamwork and reliability", "10"), ("Learning and development", "5")]),
    ],
    ("Supervisors", For.SUPERVISOR): [
        Part(
            "Customer service",
            [
                ("Service results of the team", "20"),
                ("Owning complaints to the end", "10"),
                ("Service to other departments", "10"),
            ],
        ),
        Part(
            "Leading people",
            [
                ("Coaching and developing people", "15"),
                ("Planning and assigning work", "15"),
                ("Fair and timely evaluations", "10"),
            ],
        ),
        Part("Results of the job", [("Accuracy of the work", "10"), ("Safety at work", "10")]),
    ],
    ("Department heads", For.HEAD): [
        Part(
            "Customer service",
            [
                ("Service results of the department", "20"),
                ("Listening to customers and acting on it", "10"),
                ("Partnership with other departments", "5"),
            ],
        ),
        Part(
            "Leading the department",
            [
                ("Leading people", "20"),
                ("Better ways of working", "10"),
                ("Fair and timely evaluations", "10"),
            ],
        ),
        Part(
            "Stewardship",
            [("Budget stewardship", "15"), ("Law and policy", "10"), ("County-wide duties", "0")],
        ),
    ],
}


@transaction.atomic
def load_standard_library(by, at):
    """Add the standard scale, elements and templates where one of the name is missing; returns the scale.

    `by` is a Person, `at` the county's time. Running it again changes nothing.
    """
    scale, new = Scale.objects.get_or_create(name=SCALE_NAME)
    if new:
        Level.objects.bulk_create(
            Level(scale=scale, number=number, name=name, description=text, needs_narrative=needs)
            for number, name, text, needs in LEVELS
        )
        Band.objects.bulk_create(
            Band(scale=scale, level=level, from_score=Decimal(score)) for level, score in BANDS
        )
    LibraryElement.objects.bulk_create(
        (LibraryElement(name=name, **fields(name)) for name in ELEMENTS), ignore_conflicts=True
    )
    added = [_add_template(name, level, parts) for (name, level), parts in TEMPLATES.items()]
    if new or any(added):
        record(
            "library.loaded", scale, by=by, at=at, after={"elements": len(ELEMENTS), "templates": sum(added)}
        )
    return scale


def fields(name):
    """What the standard element of that name says, as the fields of `ElementText`."""
    spec = ELEMENTS[name]
    return {
        "kind": Kind(spec.kind),
        "nature": Nature(spec.nature),
        "is_service": spec.is_service,
        "standard": spec.standard,
        "anchors": {str(level): text for level, text in enumerate(spec.anchors, start=1)},
    }


def _add_template(name, level, parts):
    template, new = Template.objects.get_or_create(name=name, defaults={"level": level})
    if new:
        rows = [(part.section, element, weight) for part in parts for element, weight in part.elements]
        TemplateElement.objects.bulk_create(
            TemplateElement(
                template=template,
                section=section,
                position=position,
                name=element,
                weight=Decimal(weight),
                **fields(element),
            )
            for position, (section, element, weight) in enumerate(rows, start=1)
        )
    return new
