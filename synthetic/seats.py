"""The county as a tree of seats: who works where under whom, whoever sits there."""

from dataclasses import dataclass, field
from math import ceil

from synthetic.cast import CAST
from synthetic.departments import LEADS, UNITS, sized

SPAN, UPPER_SPAN = 9, 12
MANAGER = "0131"
MIXED = ("CC", "DC", "TAX")  # offices whose units have people of several jobs each


@dataclass(eq=False, slots=True)
class Seat:
    """`rank` counts levels from the line up; `holders` are [(Human, first day, day after the last)]."""

    office: object
    job: str
    rank: int = 0
    boss: "Seat | None" = None
    unit: str = ""
    is_head: bool = False
    part: str = ""  # key of the cast
    holders: list = field(default_factory=list)

    @property
    def holder(self):
        return self.holders[-1][0]

    def on(self, day):
        """Who sits here that day, or the next above who does; None above the top."""
        for human, begins, ends in reversed(self.holders):
            if begins <= day and (ends is None or day < ends):
                return human
        return self.boss.on(day) if self.boss else None


def seat_county(employees, random):
    """All seats, heads first within each office."""
    seats, heads = [], {}
    for office, people in sized(employees):
        own = _seat_office(office, people, random)
        heads[office.code] = own[0]
        seats += own
    for code, head in heads.items():
        is_elected = head.office.kind == "elected" and not head.office.over
        if not is_elected and code != "DCT":  # a district judge is elected as well, by the state's law
            head.boss = heads.get(head.office.reports_to, heads["CJ"])
        if head.office.kind == "elected" and head.office.over:  # the sheriff heads the jail, too
            head.is_head, head.rank = False, len(head.office.leads) + 1
    return seats


def _seat_office(office, people, random):
    head = Seat(office, office.head, is_head=True)
    levels = _levels(people - 1, office)
    upper, seats = [head], [head]
    for rank in range(len(levels) - 1, 0, -1):
        job = office.leads[rank - 1] if rank <= len(office.leads) else MANAGER
        row = [
            Seat(office, job, rank, upper[place * len(upper) // levels[rank]])
            for place in range(levels[rank])
        ]
        seats += row
        upper = row
    line = [Seat(office, job) for job in _line_jobs(office, levels[0], random)]
    parts = [(key, part) for key, part in CAST.items() if part.office == office.code]
    _cast_leads(office, seats, parts)
    if not seats[1:]:
        for seat in line:
            seat.boss = head
    else:
        _assign(office, line, upper, parts)
    _cast_line(seats, line, parts)
    return seats + line


def _levels(people, office):
    """People on each level under the head, the line first."""
    if people < 9 or (not office.leads and people < 20):
        return [people]
    leads = []
    while True:
        line = people - sum(leads)
        wanted = [ceil(line / SPAN)]
        while wanted[-1] > 8 or (len(wanted) < len(office.leads) and people > 13 and wanted[-1] > 1):
            wanted.append(ceil(wanted[-1] / UPPER_SPAN))
        if sum(wanted) <= sum(leads):
            return [people - sum(leads), *leads]
        leads = wanted


def _line_jobs(office, count, random):
    jobs, shares = zip(*office.line, strict=True)
    whole = sum(shares)
    drawn = [job for job, share in office.line for _ in range(count * share // whole)]
    drawn += random.choices(jobs, shares, k=count - len(drawn))
    if office.code in MIXED:
        random.shuffle(drawn)
    else:
        drawn.sort(key=jobs.index)
    return drawn


def _assign(office, line, leads, parts):
    """Give the line to the leads of the lowest rank, unit by unit; named units have exactly their people."""
    named = [part.unit for _, part in parts if part.place == "lead"]
    sizes, left, rest = [], len(line), len(leads)
    for place in range(len(leads)):
        unit = named[place] if place < len(named) else ""
        wanted = sum(part.place == "staff" and part.unit == unit for _, part in parts) if unit else 0
        size = 8 if (office.code, unit) == ("CC", "Records") else max(round(left / rest), wanted)
        sizes.append(min(size, left))
        left, rest = left - sizes[-1], rest - 1
    begins, used = 0, {}
    for place, (lead, size) in enumerate(zip(leads, sizes, strict=True)):
        unit = line[begins : begins + size]
        job = unit[0].job if unit else ""
        names = UNITS.get(job) if office.code not in MIXED else None
        names = names or office.units or ("",)
        count = used[names] = used.get(names, -1) + 1
        lead.unit = named[place] if place < len(named) else names[count % len(names)]
        if job in LEADS and office.code not in MIXED and not lead.part:
            lead.job = LEADS[job]
        for seat in unit:
            seat.boss, seat.unit = lead, lead.unit
        begins += size


def _cast_leads(office, seats, parts):
    lowest = [seat for seat in seats if seat.rank == 1]
    for key, part in parts:
        if part.place == "head":
            seats[0].part = key
        elif part.place == "deputy" and len(seats) > 1:
            seats[1].part, seats[1].job = key, part.job
        elif part.place == "lead" and lowest:
            seat = lowest.pop(0)
            seat.part, seat.job = key, part.job


def _cast_line(seats, line, parts):
    """Whoever is not placed yet; in a small office a lead sits in the line."""
    placed = {seat.part for seat in seats}
    for key, part in parts:
        if key in placed:
            continue
        seat = next((seat for seat in line if not seat.part and seat.unit in (part.unit, "")), None)
        if seat is not None:
            seat.part, seat.job = key, part.job
