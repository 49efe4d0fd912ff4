from evaluations.models.cycle import Band, Cycle, LeftOut, Level, Scale
from evaluations.models.evaluation import Element, Evaluation, Progress, ProgressReview, Signature
from evaluations.models.journal import Evidence, JournalEntry
from evaluations.models.rating import Rating, RatingOfRecord, SelfRating
from evaluations.models.template import LibraryElement, Template, TemplateElement

__all__ = [
    "Band",
    "Cycle",
    "Element",
    "Evaluation",
    "Evidence",
    "JournalEntry",
    "LeftOut",
    "Level",
    "LibraryElement",
    "Progress",
    "ProgressReview",
    "Rating",
    "RatingOfRecord",
    "Scale",
    "SelfRating",
    "Signature",
    "Template",
    "TemplateElement",
]
