"""Groups of the small county, and a run to hold them against."""

from impact import services
from tests import pay_year
from tests.world import AT, PEOPLE

NAMES = "Employee number,Group\n"


def file_of(pairs):
    """`{"marisol": "A"}` as the bytes of a file."""
    return (NAMES + "".join(f"{PEOPLE[key][1]},{group}\n" for key, group in pairs.items())).encode()


def halves():
    """Everybody in one of two groups, by turns."""
    return {key: "Group B" if place % 2 else "Group A" for place, key in enumerate(PEOPLE)}


def uploaded(world, content=None, *, smallest_group=5, who="nadia"):
    return services.upload(
        content or file_of(halves()),
        "groups.csv",
        characteristic="Sex",
        smallest_group=smallest_group,
        ratio_percent=80,
        by=world.person(who),
        at=AT,
    )


def waiting(world):
    """A file whose columns tell nothing by their names."""
    return uploaded(world, file_of(halves()).replace(NAMES.encode(), b"A,B\n"))


def compared(world):
    pay_year.rate_all(world)
    pay_year.compute(world)
    return uploaded(world)
