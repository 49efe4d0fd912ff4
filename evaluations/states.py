"""The life of an evaluation. Progress reviews and the self-evaluation are facts on the way, not states."""

from django.db import models


class State(models.TextChoices):
    PLANNING = "planning", "Plan being written"
    PLANNED = "planned", "Plan to be acknowledged"
    UNDER_WAY = "under_way", "Under way"
    RATED = "rated", "With the reviewer"
    APPROVED = "approved", "Approved"
    RELEASED = "released", "To be signed"
    OF_RECORD = "of_record", "Of record"


BEFORE_RATING = [State.PLANNING, State.PLANNED, State.UNDER_WAY]
FROM_RATING_ON = [State.RATED, State.APPROVED, State.RELEASED, State.OF_RECORD]
SEEN_BY_EMPLOYEE = [State.RELEASED, State.OF_RECORD]  # EVL-8: nothing of a rating before its release
OPEN = [state for state in State if state is not State.OF_RECORD]
