"""Names of made-up people: of all kinds, as they stand in the rosters of West Texas."""

import unicodedata
from typing import NamedTuple

ORIGINS = {  # share of people; first names; last names
    "anglo": (
        36,
        "James Robert Michael William David Richard Thomas Charles Christopher Daniel Matthew Mark Steven "
        "Paul Andrew Joshua Kenneth Kevin Brian Timothy Jason Jeffrey Ryan Gary Jacob Nicholas Eric "
        "Jonathan Larry Scott Brandon Justin Travis Dustin Cody Wade Clint Mary Patricia Jennifer Linda "
        "Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty Sandra Margaret Ashley Kimberly "
        "Emily Donna Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Laura Sharon Cynthia Amy "
        "Kathleen Angela Shirley Brenda Pamela Emma Nicole Helen Samantha Katherine Christine Debra "
        "Rachel Carolyn Janet Heather Kayla Shelby Macy Tanner",
        "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Moore Jackson Martin "
        "Thompson White Harris Clark Lewis Walker Hall Allen Young King Wright Scott Green Baker Adams "
        "Nelson Hill Campbell Mitchell Roberts Carter Phillips Evans Turner Parker Collins Edwards "
        "Stewart Morris Rogers Reed Cook Morgan Bell Murphy Bailey Cooper Richardson Cox Howard Ward "
        "Peterson Gray James Watson Brooks Kelly Sanders Price Bennett Wood Barnes Ross Henderson Coleman "
        "Jenkins Perry Powell Long Patterson Hughes Washburn Tidwell Stallings McAdoo McGehee O’Brien "
        "O’Neal St.\xa0Clair Ledbetter Pruitt Hollis Whitaker Yarbrough Lovelace",
    ),
    "hispanic": (
        38,
        "José Juan Luis Carlos Jesús Miguel Jorge Francisco Alejandro Manuel Pedro Rafael Ricardo Roberto "
        "Raúl Fernando Eduardo Javier Sergio Héctor Armando Rubén Óscar Andrés Tomás Ángel Iván Martín "
        "Víctor Ramón Mateo Diego Santiago Gilbert Ernesto Arturo María Guadalupe Rosa Ana Carmen Juana "
        "Leticia Verónica Elena Patricia Sofía Gabriela Adriana Yolanda Silvia Irma Marisol Alma Graciela "
        "Norma Esmeralda Yesenia Daniela Mónica Lucía Beatriz Inés Belén Ximena Estela Araceli Dolores "
        "Celia Bianca Alondra Marisela",
        "García Martínez Rodríguez López Hernández González Pérez Sánchez Ramírez Torres Flores Rivera "
        "Gómez Díaz Cruz Reyes Morales Ortiz Gutiérrez Chávez Ramos Ruiz Mendoza Álvarez Castillo Jiménez "
        "Vásquez Romero Herrera Medina Aguilar Vargas Guzmán Méndez Muñoz Salazar Garza Soto Vela Delgado "
        "Peña Ríos Alvarado Sandoval Contreras Valdez Guerrero Ortega Estrada Núñez Maldonado Vega Santos "
        "Domínguez Espinoza Silva Padilla Cervantes Cantú Treviño Zamora Cisneros Longoria Benavides "
        "Villarreal Escamilla Orozco Luján",
    ),
    "black": (
        8,
        "Darnell Marcus Terrence Jamal Andre Tyrone Reginald Malik Cedric Deshawn Isaiah Elijah Maurice "
        "Curtis Clarence Dwayne Latoya Keisha Tamika Ebony Imani Monique Denise Yolanda Shanice Aaliyah "
        "Jasmine Tiara Felicia Gwendolyn Ernestine Loretta Vanessa Kendra Raven Chantel",
        "Washington Jefferson Jackson Booker Freeman Banks Mosley Gaines Dorsey Broussard Batiste Okafor "
        "Hightower Whitfield Hairston Pettway Rollins Grady Tolliver Mayfield Sims Franklin Boone "
        "Singleton Dawkins Fontenot",
    ),
    "german": (
        7,
        "Walter Otto Karl Kurt Dieter Hans Leroy Alvin Norbert Edgar Milton Arno Gretchen Hilda Ingrid "
        "Heidi Erika Lieselotte Anneliese Dorothea Marlene Frieda Leona Adele Jürgen Günter Käthe",
        "Schmidt Müller Schneider Krause Vogel Koehler Schroeder Hoffmann Baumgartner Kellner Zimmermann "
        "Biermann Oberhausen Friedrich Lindemann Weiss Ahrens Pfluger Schulz Gross Kuehn Boenig Jaeger "
        "Dreßler Röhrich",
    ),
    "czech": (
        3,
        "Frank Emil Rudy Ladislav Jerome Eugene Adolph Ludmila Vlasta Bessie Agnes Georgia Libby Marcella",
        "Kucera Novák Svoboda Hruska Janak Dvorak Kovar Marek Pavlik Sykora Vrana Zapalac Krenek Machacek "
        "Cernosek Šimek Hajovsky Bartoš",
    ),
    "vietnamese": (
        4,
        "Minh Quang Tuấn Hùng Dũng Phúc Khoa Bảo Đức Long Vinh Lan Hương Mai Linh Thảo Ngọc Phương Trang "
        "Thu Hạnh Tuyết Diễm Như",
        "Nguyễn Trần Lê Phạm Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý",
    ),
    "asian": (
        3,
        "Wei Jun Min-jun Soo-jin Eun-ji Hye-won Kenji Akira Ravi Sanjay Arjun Priya Lakshmi Anjali Deepa "
        "Kavita Rosario Jomar Maricel Liza",
        "Chen Wang Liu Zhang Kim Park Lee Choi Tanaka Nakamura Patel Shah Iyer Raghunathan Reddy Singh "
        "Santos dela\xa0Cruz Bautista",
    ),
    "other": (
        1,
        "Omar Yusuf Khalid Fatima Layla Hana Amina Chidi Ngozi Ifeoma Tariku Mariam Dmitri Olena",
        "Haddad Al-Masri Khoury Nasser Eze Adeyemi Okonkwo Tesfaye Kowalczyk Petrenko van\xa0der\xa0Berg",
    ),
}
MIDDLE = "Ann Lee Jo Ray Lynn Marie Dean Wayne Gene Beth Mae Earl"
SUFFIXES = ("Jr.", "Sr.", "II", "III")
LETTERS = str.maketrans({"đ": "d", "Đ": "D", "ß": "ss", "ø": "o", "’": "", "'": "", ".": "", "\xa0": ""})


class Name(NamedTuple):
    first: str
    last: str

    @property
    def sort(self):
        return f"{self.last}, {self.first}"


def _words(text):
    """Words of a list; what must stay together holds a no-break space."""
    return tuple(word.replace("\xa0", " ") for word in text.split(" "))


POOLS = {origin: (share, _words(first), _words(last)) for origin, (share, first, last) in ORIGINS.items()}


def make_name(random):
    """One name: a few with two surnames, a hyphen, a middle name or a suffix."""
    origin = random.choices(list(POOLS), [share for share, _, _ in POOLS.values()])[0]
    _, firsts, lasts = POOLS[origin]
    first, last = random.choice(firsts), random.choice(lasts)
    kind = random.random()
    if origin == "hispanic" and kind < 0.12:
        last = f"{last} {random.choice(lasts)}"
    elif kind < 0.04:
        other = random.choice(POOLS[random.choice(["anglo", "hispanic", "german"])][2])
        last = last if " " in last or "-" in last or other == last else f"{last}-{other}"
    elif origin in ("anglo", "german", "black") and kind < 0.10:
        first = f"{first} {random.choice(MIDDLE.split())}"
    elif kind > 0.985:
        last = f"{last} {random.choice(SUFFIXES)}"
    return Name(first, last)


class Addresses:
    """Work e-mail addresses on a domain that the internet keeps for examples, each given once."""

    def __init__(self, domain):
        self.domain, self.given = domain, {}

    def give(self, name):
        letters = f"{_plain(name.first.split()[0])[:1]}{_plain(_without_suffix(name.last))}"
        count = self.given[letters] = self.given.get(letters, 0) + 1
        return f"{letters}{count if count > 1 else ''}@{self.domain}"


def _without_suffix(last):
    head, _, tail = last.rpartition(" ")
    return head if tail in SUFFIXES else last


def _plain(text):
    """The name in the letters of an e-mail address."""
    decomposed = unicodedata.normalize("NFKD", text.translate(LETTERS))
    return "".join(letter for letter in decomposed.lower() if letter.isascii() and letter.isalnum())
