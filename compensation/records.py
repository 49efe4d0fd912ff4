"""Stored cases and lines as `compensation.pay` knows them: to explain them again, never to compute."""

from compensation.pay.case import Award, PayCase


def read_case(case):
    """The PayCase of a RunCase."""
    return PayCase(**{name: getattr(case, name) for name in PayCase._fields if hasattr(case, name)})


def read_award(line):
    """The Award of a RunLine."""
    return Award(**{name: getattr(line, name) for name in Award._fields} | {"reasons": tuple(line.reasons)})
