"""The people of the county who have a name before the dice are thrown: those whom the guide follows."""

from datetime import date
from typing import NamedTuple

from synthetic.names import Name


class Part(NamedTuple):
    """`place` is "head", "deputy" (next under the head), "lead" of `unit`, or "staff" of it."""

    first: str
    last: str
    office: str
    place: str
    job: str
    unit: str = ""
    number: str = ""
    hired_on: date | None = None
    promoted_on: date | None = None

    @property
    def name(self):
        return Name(self.first, self.last)


CAST = {
    "judge": Part("Harlan", "Whitcomb", "CJ", "head", "0001", hired_on=date(2019, 1, 1)),
    "court_clerk": Part("Leticia", "Barrera", "CJ", "staff", "1006", hired_on=date(2014, 6, 2)),
    "precinct_1": Part("Teresa", "Villalobos", "CM1", "head", "0002", hired_on=date(2021, 1, 1)),
    "precinct_2": Part("Roy", "Stubblefield", "CM2", "head", "0002", hired_on=date(2011, 1, 1)),
    "precinct_3": Part("Annette", "Brewer", "CM3", "head", "0002", hired_on=date(2025, 1, 1)),
    "precinct_4": Part("Calvin", "Ng", "CM4", "head", "0002", hired_on=date(2023, 1, 1)),
    "ruth": Part("Ruth Ann", "Kowalczyk", "CC", "head", "0003", hired_on=date(2015, 1, 1)),
    "stephen": Part(
        "Stephen", "Kucera", "CC", "deputy", "1111", number="07719", hired_on=date(2004, 5, 10),
        promoted_on=date(2019, 3, 4),
    ),
    "denise": Part(
        "Denise", "Okafor", "CC", "lead", "1110", "Records", "09077", date(2012, 2, 20), date(2025, 8, 30),
    ),
    "eunji": Part("Eun-ji", "Park", "CC", "staff", "1102", "Records", "09862", date(2018, 7, 16)),
    "darnell": Part("Darnell", "Washington", "CC", "staff", "1103", "Records", "09127", date(2012, 9, 4)),
    "priya": Part("Priya", "Raghunathan", "CC", "staff", "1104", "Records", "09655", date(2017, 1, 9)),
    "marisol": Part(
        "Marisol", "Treviño", "CC", "staff", "1102", "Records", "10482", date(2023, 5, 2), date(2025, 2, 3),
    ),
    "quang": Part("Quang", "Nguyễn", "CC", "staff", "1101", "Records", "10791", date(2024, 6, 17)),
    "latoya": Part("Latoya", "Simmons", "CC", "staff", "1102", "Records", "10120", date(2020, 10, 5)),
    "tomas": Part("Tomás", "Villarreal", "CC", "staff", "1105", "Records", "10358", date(2022, 3, 14)),
    "hana": Part("Hana", "Al-Masri", "CC", "staff", "1101", "Records", "10877", date(2025, 3, 10)),
    "carl": Part("Carl", "Lindqvist", "CC", "lead", "1110", "Recording", "08306", date(2007, 11, 13)),
    "josephine": Part("Josephine", "Adeyemi", "CC", "staff", "1106", "Recording", "10311", date(2017, 8, 14)),
    "mailinh": Part("Mai Linh", "Phan", "CC", "staff", "1101", "Recording", "10640", date(2024, 1, 22)),
    "bo": Part("Robert “Bo”", "Tidwell", "CC", "staff", "1107", "Recording", "08815", date(2010, 3, 1)),
    "gary": Part("Gary", "Oberhausen", "CC", "staff", "1102", "Recording", "08447", date(2008, 8, 25)),
    "anita": Part("Anita", "Trujillo", "HR", "head", "0104", hired_on=date(2016, 4, 18)),
    "miguel": Part("Miguel", "Castañeda", "HR", "lead", "1305", "Employment", "09340", date(2014, 9, 15)),
    "lorena": Part("Lorena", "Quintanilla", "HR", "staff", "1216", "Employment", "09981", date(2019, 6, 3)),
    "wade": Part("Wade", "Jernigan", "HR", "staff", "1216", "Employment", "09845", date(2018, 5, 21)),
    "colleen": Part("Colleen", "Ramsey", "HR", "staff", "1304", "Employment", "09573", date(2016, 8, 8)),
    "joel": Part("Joel", "Rosenthal", "IT", "head", "0103", number="09210", hired_on=date(2013, 7, 1)),
    "susan": Part("Susan", "Brandt", "BUD", "head", "0113", number="08702", hired_on=date(2009, 10, 19)),
    "grace": Part("Grace", "Montoya", "AUD", "head", "0114", number="09028", hired_on=date(2011, 12, 5)),
    "dan": Part("Dan", "Whitaker", "SO", "head", "0005", hired_on=date(2021, 1, 1)),
    "gloria": Part("Gloria", "Esparza", "TAX", "head", "0006", hired_on=date(2017, 1, 1)),
    "philip": Part("Philip", "Nakamura", "CA", "head", "0007", hired_on=date(2023, 1, 1)),
    "michelle": Part("Michelle", "Farrow", "DA", "head", "0008", hired_on=date(2019, 1, 1)),
    "hector": Part("Hector", "Salinas", "RB", "head", "0101", hired_on=date(2012, 1, 17)),
    "rafael": Part("Rafael", "Ortega", "EMS", "head", "0102", hired_on=date(2015, 5, 4)),
    "anne": Part("Anne", "Whitfield", "PD", "head", "0112", hired_on=date(2018, 2, 12)),
    "lakshmi": Part("Lakshmi", "Iyer", "HD", "head", "0108", hired_on=date(2020, 8, 3)),
    "chidi": Part("Chidi", "Eze", "JUV", "head", "0106", hired_on=date(2010, 6, 14)),
    "eleanor": Part("Eleanor", "Vásquez-Reed", "DCT", "head", "0012", hired_on=date(2013, 1, 1)),
    "dale": Part("Dale", "Hargrove", "DCT", "deputy", "0118", hired_on=date(2009, 4, 6)),
}  # fmt: skip
