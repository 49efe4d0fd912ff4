"""The links of a chain of proof that an award and its corrections share."""

from datetime import timedelta
from typing import NamedTuple

from look import formats


class Link(NamedTuple):
    """One link of the chain of proof, as components/chain.html takes it."""

    title: str
    text: str
    source: str = ""
    waiting: bool = False
    url: str = ""


def rating_link(rating, cycle):
    period = (
        f"{formats.record_date(cycle.starts_on)} to {formats.record_date(cycle.ends_on - timedelta(days=1))}"
    )
    return Link(
        f"Rating of record: {rating.score}, level {rating.level}",
        f"Service weight {rating.service_weight.normalize():f}, "
        f"{formats.plural(rating.evidence_count, 'piece', 'pieces')} of evidence. For {period}.",
        f"Of record {formats.record_date(rating.at)}, seal {formats.hash_groups(rating.content_hash)}",
    )


def exception_link(exception, missing):
    return Link(
        f"By written exception, without {missing}",
        exception.reason,
        f"{exception.name}, {exception.title}, {formats.record_date(exception.written_at)}",
    )
