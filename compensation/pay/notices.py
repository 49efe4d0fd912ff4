"""Elected officers: raised across the board only, after a notice, and never above what it says.

The notice states the most that an officer may be paid (Texas AG JC-0255); without one an increase does not
hold (Texas Local Government Code 152.013; Texas AG KP-0012).
"""

SOURCE = "Texas Local Government Code 152.013"


def paid_rate(rules, raised, uncapped):
    """The full-time rate that an officer has in the year: what passes the maximum is pay, too, where it is
    paid once.
    """
    return max(raised, uncapped) if rules.at_maximum == "split" else raised


def beyond(case, rate, hours, noticed):
    """Codes of why an officer can't have the new full-time `rate`; none where a notice allows it.

    `noticed` has cents a year by the number of the officer, `rate` is in the unit of the case.
    """
    limit = noticed.get(case.number)
    if limit is None:
        return ["no_notice"]
    yearly = rate * hours if case.basis == "hourly" else rate * 100
    return ["above_notice"] if yearly > limit * 100 else None
