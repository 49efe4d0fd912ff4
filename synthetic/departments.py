"""The departments and offices of Caprock County, with their sizes in a county of about 1,900 employees."""

from typing import NamedTuple

FUNDS = {  # code: name, whether it is a grant
    "010": ("General fund", False),
    "020": ("Road and bridge fund", False),
    "032": ("Emergency medical services fund", False),
    "045": ("Juvenile probation fund", False),
    "051": ("Records management fund", False),
    "210": ("State public health grant", True),
    "214": ("Women, Infants and Children grant", True),
    "220": ("Community supervision grant", True),
    "236": ("Victims of crime grant", True),
    "241": ("Border security overtime grant", True),
}


UNITS = {  # a unit is called by the work of its people where that says more than the list of the office
    "1601": ("Patrol, days", "Patrol, nights", "Warrants", "Civil process"),
    "1602": ("Investigations", "Crimes against persons"),
    "1610": ("Communications",),
    "1611": ("Records",),
    "1612": ("Evidence",),
    "1701": ("Booking", "Pod A", "Pod B", "Pod C", "Transport"),
    "1702": ("Classification", "Visitation"),
    "1706": ("Medical",),
    "1806": ("Fleet",),
    "1807": ("Signs and signals",),
    "1808": ("Engineering",),
    "1907": ("Billing",),
    "2102": ("Disease control",),
    "2103": ("Environmental health",),
}
LEADS = {"1610": "1613", "1611": "1110", "1706": "2109", "1907": "1110", "1808": "1805"}  # who leads whom


class Office(NamedTuple):
    """`people` counts the head. `line` has (job, share); `leads` are the jobs above it, lowest first."""

    code: str
    name: str
    kind: str
    people: int
    head: str
    leads: tuple[str, ...]
    line: tuple[tuple[str, int], ...]
    units: tuple[str, ...] = ()
    fund: str = "010"
    grant: tuple[str, float] | None = None  # a grant fund and the share of the line paid from it
    over: str = ""  # the department that it is a part of
    reports_to: str = "CJ"  # the office whose head supervises an appointed head
    pay_set_by: str = "court"
    in_every_size: bool = False
    part_time: float = 0.015
    temporary: float = 0.006


ELECTED, APPOINTED, COURT, GRANT = "elected", "appointed", "court", "grant"

OFFICES = [
    Office("CJ", "County Judge", ELECTED, 6, "0001", (), (("1003", 2), ("1002", 2), ("1006", 1)),
        in_every_size=True),
    *(
        Office(f"CM{n}", f"Commissioner, Precinct {n}", ELECTED, 3, "0002", (), (("1003", 1), ("1002", 1)),
            in_every_size=True)
        for n in (1, 2, 3, 4)
    ),
    Office(
        "CC", "County Clerk", ELECTED, 58, "0003", ("1110", "1111"),
        (("1101", 14), ("1102", 16), ("1103", 6), ("1104", 4), ("1105", 4), ("1106", 3), ("1107", 2),
        ("1108", 5)),
        ("Records", "Recording", "Vital statistics", "Court records", "Passports", "Plats and indexing",
        "Public counter"),
        in_every_size=True,
    ),
    Office(
        "DC", "District Clerk", ELECTED, 45, "0004", ("1110", "1111"),
        (("1101", 12), ("1102", 16), ("1103", 6), ("1108", 8)),
        ("Civil", "Criminal", "Family", "Jury services"),
    ),
    Office(
        "SO", "Sheriff", ELECTED, 222, "0005", ("1603", "1604", "1605"),
        (("1601", 88), ("1602", 32), ("1610", 34), ("1611", 16), ("1612", 5), ("1002", 5)),
        ("Patrol, days", "Patrol, nights", "Investigations", "Communications", "Civil process", "Records",
        "Warrants"),
        grant=("241", 0.02), in_every_size=True, temporary=0,
    ),
    Office(
        "SOD", "Sheriff, Detention", ELECTED, 250, "1705", ("1703", "1704"),
        (("1701", 176), ("1702", 34), ("1706", 12), ("1611", 6)),
        ("Booking", "Pod A", "Pod B", "Pod C", "Transport", "Medical", "Visitation"),
        over="SO", reports_to="SO", temporary=0,
    ),
    Office(
        "TAX", "Tax Assessor-Collector", ELECTED, 86, "0006", ("1204", "1205"),
        (("1201", 26), ("1202", 26), ("1203", 18), ("1210", 4)),
        ("Property tax", "Motor vehicles", "North annex", "South annex", "Mail and online"),
        in_every_size=True,
    ),
    Office(
        "CA", "County Attorney", ELECTED, 37, "0007", ("1508", "1507"),
        (("1505", 9), ("1506", 7), ("1502", 5), ("1501", 7), ("1503", 2), ("1504", 2)), ("Misdemeanor",
        "Civil", "Protective orders"),
    ),
    Office(
        "DA", "District Attorney", ELECTED, 82, "0008", ("1508", "1507"),
        (("1505", 18), ("1506", 16), ("1502", 9), ("1501", 12), ("1503", 8), ("1504", 9)),
        ("Felony trial", "Intake and grand jury", "Appeals", "Special victims", "Investigations"),
        grant=("236", 0.10),
    ),
    Office("TR", "County Treasurer", ELECTED, 5, "0009", (), (("1217", 1), ("1210", 3))),
    *(
        Office(f"JP{n}", f"Justice of the Peace, Precinct {n}", ELECTED, 6, "0010", ("1513",), (("1512", 4),))
        for n in (1, 2, 3, 4)
    ),
    *(
        Office(f"CN{n}", f"Constable, Precinct {n}", ELECTED, 6, "0011", ("1607",),
            (("1606", 3), ("1002", 1)))
        for n in (1, 2, 3, 4)
    ),
    Office(
        "DCT", "District Courts", COURT, 46, "0012", ("1509", "0118"),
        (("1509", 12), ("1510", 9), ("1511", 12), ("1514", 3), ("1002", 4)), ("Civil courts",
        "Criminal courts", "Family courts"),
        pay_set_by="judges",
    ),
    Office(
        "RB", "Road and Bridge", APPOINTED, 176, "0101", ("1804", "1805"),
        (("1801", 26), ("1802", 46), ("1803", 44), ("1806", 12), ("1807", 8), ("1808", 8), ("1002", 3)),
        ("North yard", "South yard", "East yard", "West yard", "Bridges", "Fleet", "Signs and signals",
        "Engineering"),
        fund="020", in_every_size=True, temporary=0.03,
    ),
    Office(
        "EMS", "Emergency Medical Services", APPOINTED, 158, "0102", ("1904", "1905"),
        (("1901", 48), ("1902", 66), ("1903", 12), ("1907", 6)),
        ("Station 1", "Station 2", "Station 3", "Station 4", "Station 5", "Training", "Billing"),
        fund="032",
    ),
    Office(
        "IT", "Information Technology", APPOINTED, 63, "0103", ("1406",),
        (("1401", 14), ("1402", 14), ("1403", 8), ("1404", 10), ("1405", 3), ("1407", 4)),
        ("Help desk", "Networks", "Applications", "Public safety systems", "Radio"),
        in_every_size=True,
    ),
    Office(
        "HR", "Human Resources", APPOINTED, 21, "0104", ("1305",),
        (("1301", 4), ("1302", 6), ("1303", 3)), ("Employment", "Benefits and payroll"), in_every_size=True,
    ),
    Office(
        "FAC", "Facilities", APPOINTED, 64, "0105", ("1812",),
        (("1809", 26), ("1810", 18), ("1811", 5), ("1813", 5), ("1002", 2)),
        ("Courthouse", "Justice center", "Annexes", "Trades"),
    ),
    Office(
        "JUV", "Juvenile Services", COURT, 106, "0106", ("2003", "2007"),
        (("2001", 34), ("2002", 46), ("2006", 6), ("1002", 4)),
        ("Field services", "Intake", "Detention", "Placement"),
        fund="045", reports_to="DCT", pay_set_by="judges",
    ),
    Office(
        "CSC", "Community Supervision", COURT, 62, "0107", ("2005", "2007"),
        (("2004", 40), ("2006", 8), ("1002", 4)), ("Region North", "Region South", "Specialized caseloads"),
        fund="220", reports_to="DCT", pay_set_by="state",
    ),
    Office(
        "HD", "Health District", APPOINTED, 90, "0108", ("2109", "2106"),
        (("2101", 18), ("2102", 3), ("2103", 14), ("2104", 14), ("2105", 14), ("2108", 10)),
        ("Clinics", "Environmental health", "Immunizations", "Disease control"),
        grant=("210", 0.30), part_time=0.06,
    ),
    Office(
        "WIC", "Women, Infants and Children", GRANT, 24, "0121", ("2109",),
        (("2107", 8), ("2108", 8), ("2105", 4)), ("Main clinic", "Outreach"),
        fund="214", over="HD", reports_to="HD", pay_set_by="grant", part_time=0.05,
    ),
    Office(
        "EL", "Elections", APPOINTED, 19, "0109", ("2206",), (("2205", 12), ("2206", 2)), ("Registration",
        "Voting"),
        temporary=0.25,
    ),
    Office(
        "LIB", "Library", APPOINTED, 56, "0110", ("2204",), (("2201", 10), ("2202", 22), ("2203", 14)),
        ("Main library", "North branch", "South branch", "Bookmobile"), part_time=0.24,
    ),
    Office(
        "PK", "Parks", APPOINTED, 38, "0111", ("1815",), (("1813", 18), ("1814", 9), ("1002", 2)),
        ("Lakes", "Ballfields", "Trails"), temporary=0.12,
    ),
    Office(
        "PD", "Planning and Development", APPOINTED, 46, "0112", ("2305",),
        (("2301", 14), ("2302", 9), ("2303", 13), ("2304", 1), ("1002", 3)), ("Permits", "Inspections",
        "Subdivisions"),
    ),
    Office("BUD", "Budget", APPOINTED, 8, "0113", (), (("1214", 5), ("1002", 1)), in_every_size=True),
    Office(
        "AUD", "County Auditor", COURT, 19, "0114", ("1213",), (("1211", 8), ("1212", 5), ("1210", 4)),
        ("Internal audit", "Accounts payable"), reports_to="DCT", pay_set_by="judges", in_every_size=True,
    ),
    Office("EM", "Emergency Management", APPOINTED, 8, "0115", (), (("1906", 5), ("1002", 1))),
    Office("VET", "Veterans Services", APPOINTED, 7, "0116", (), (("2207", 5), ("1001", 1))),
    Office("EXT", "Agricultural Extension", APPOINTED, 9, "0117", (), (("2208", 5), ("1002", 2)),
        pay_set_by="state"),
    Office("PUR", "Purchasing", APPOINTED, 11, "0119", (), (("1215", 7), ("1001", 2))),
    Office(
        "AN", "Animal Services", APPOINTED, 25, "0120", ("2211",), (("2209", 11), ("2210", 9), ("1001", 2)),
        ("Field", "Shelter"), part_time=0.06,
    ),
]  # fmt: skip


SMALLEST = 60


def sized(employees):
    """The offices with their number of people in a county of that size: in a small one, a few."""
    offices = OFFICES if employees >= 400 else [office for office in OFFICES if office.in_every_size]
    whole = sum(office.people for office in offices)
    needed = {"CC": 16, "HR": 7, "CJ": 3, "BUD": 2}  # room for the people whom the guide names
    least = {office.code: needed.get(office.code, 1) for office in offices}
    sizes = {office.code: max(office.people * employees // whole, least[office.code]) for office in offices}
    largest = max(sizes, key=sizes.get)
    sizes[largest] += max(employees - sum(sizes.values()), 0)
    while sum(sizes.values()) > employees:
        sizes[max(sizes, key=lambda code: sizes[code] - least[code])] -= 1
    return [(office, sizes[office.code]) for office in offices]
