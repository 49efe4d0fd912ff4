"""Parts of a run: their cases out by COPY, computed by `compensation.pay`, their lines in by COPY.

No model instance is made for a row, and the text that goes to the database is the text that is hashed,
without ids.
"""

import io
from datetime import date
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from compensation.facts import FACTS
from compensation.pay import in_year
from compensation.pay.calculation import award
from compensation.pay.case import FIGURES, PayCase, Proposed

# Who has no reason but these took part and earned nothing: rated too low, or nothing was proposed.
EARNED_NOTHING = frozenset(
    {"level_too_low", "score_too_low", "rating_earns_nothing", "not_proposed", "proposed_nothing"}
)
LINE_COLUMNS = (
    "case_id",
    "run_id",
    "part_id",
    "employee_id",
    "department_id",
    "number",
    "outcome",
    "reasons",
)
LINE_COLUMNS += FIGURES
CASES = """
    COPY (
        SELECT part_id, id, employee_id, {} FROM compensation_runcase
        WHERE part_id IN ({}) ORDER BY id
    ) TO STDOUT
"""
PROPOSED = ("proposed_gives", "proposed_value")  # besides, where heads propose
LINES = f"COPY compensation_runline ({', '.join(LINE_COLUMNS)}) FROM STDIN"
NULL = "\\N"
ROWS_AT_ONCE = 100
TEXT = "\t".join(["%s"] * len(FIGURES))


class Computed(NamedTuple):
    """What is kept of a part: its hashes, and the cents that it costs within the fiscal year, the employer's
    share with it; None where that is what it costs in a full year.
    """

    part_id: int
    inputs: str
    result: str
    in_year: int | None


def compute(cursor, run_id, parts, plan):
    """Read the cases of parts, compute each by `plan` (from `conditions.prepared`) and write its line.

    `parts` are the ids of their departments by their own; they must have no lines. Returns what is Computed
    of each part; hashes are SHA-256 over the rows as COPY writes them, without ids, in order. Lines are sent
    as they are computed, so that the server stores some while others are worked out.
    """
    rows, read = read_cases(cursor, parts, plan)
    hashing = {str(part): (sha256(), sha256()) for part in parts}
    within = in_year.counting(plan)
    in_years = dict.fromkeys(hashing, 0 if within else None)
    departments = {str(part): department for part, department in parts.items()}
    cursor.copy_expert(
        LINES, _Stream(_lines(rows, read, run_id, departments, plan, hashing, within, in_years))
    )
    return [
        Computed(int(part), *(each.hexdigest() for each in both), in_years[part])
        for part, both in hashing.items()
    ]


def read_cases(cursor, parts, plan):
    """The frozen cases of parts as rows of COPY (part, case, employee, facts), and what reads the facts."""
    cases, facts, read = io.StringIO(), FACTS, read_case
    if plan.rules.proposals:
        facts, read = (*FACTS, *PROPOSED), read_proposed_case
    cursor.copy_expert(CASES.format(", ".join(facts), ", ".join(map(str, parts))), cases)
    return cases.getvalue().split("\n")[:-1], read  # not splitlines: a text may hold other line ends


class _Stream:
    """What COPY reads from: one text after the other."""

    def __init__(self, texts):
        self.texts = texts

    def read(self, size):
        return next(self.texts, "")


def _lines(rows, read_row, run_id, departments, plan, hashing, within, in_years):
    for start in range(0, len(rows), ROWS_AT_ONCE):
        split = (row.split("\t", 3) for row in rows[start : start + ROWS_AT_ONCE])
        for part, cases in groupby(split, key=itemgetter(0)):
            keys, department = f"{run_id}\t{part}", departments[part]
            read, computed, sent = [], [], []
            for _, case_id, employee_id, facts in cases:
                case = read_row(facts)
                line = award(case, plan)
                text = line_text(line)
                if within:
                    in_years[part] += sum(within(case, line))
                read.append(facts)
                computed.append(text)
                sent.append(f"{case_id}\t{keys}\t{employee_id}\t{department}\t{text}\n")
            inputs, results = hashing[part]
            inputs.update("".join(f"{facts}\n" for facts in read).encode())
            results.update("".join(f"{text}\n" for text in computed).encode())
            yield "".join(sent)


class _Known(dict):
    """Values read from text, each text once: days and small figures repeat from person to person."""

    def __init__(self, read):
        self.read = read
        self[NULL] = None

    def __missing__(self, text):
        value = self[text] = self.read(text)
        return value


DAYS, FIGURES_READ = _Known(date.fromisoformat), _Known(int)


def read_case(facts):
    """A PayCase from a row of COPY that holds `FACTS`."""
    (
        number,
        basis,
        rate,
        hours,
        fte,
        kind,
        pay_set_by,
        is_grant,
        grade,
        step,
        hired,
        since,
        level,
        score,
        weight,
        promoted,
        merit,
        gone,
        department,
        earnings,
    ) = facts.split("\t")
    figures, days = FIGURES_READ, DAYS
    return PayCase(
        number,
        basis,
        int(rate),
        figures[hours],
        figures[fte],
        kind,
        pay_set_by,
        is_grant == "t",
        None if grade == NULL else grade,
        figures[step],
        days[hired],
        days[since],
        figures[level],
        figures[score],
        figures[weight],
        days[promoted],
        days[merit],
        days[gone],
        department,
        None,
        None if earnings == NULL else int(earnings),
    )


def read_proposed_case(facts):
    """A PayCase from a row of COPY that holds `FACTS` and `PROPOSED`."""
    facts, gives, value = facts.rsplit("\t", len(PROPOSED))
    case = read_case(facts)
    return case if gives == NULL else case._replace(proposed=Proposed(gives, int(value)))


def line_text(line):
    """An award as COPY reads it: number, outcome, reasons and all figures."""
    figures = TEXT % line[2:]
    if "None" in figures:
        figures = figures.replace("None", NULL)
    return f"{line.number}\t{outcome(line)}\t{{{','.join(line.reasons)}}}\t{figures}"


def outcome(line):
    """How a person came out, by merit and lump sum; `raised` is who has only the raise, or longevity, of a
    plan without those.
    """
    if line.merit or line.awarded_once:
        return "awarded"
    stopped = {
        code for component, _, code in map(_split, line.reasons) if component in ("merit", "lump", "all")
    }
    if not stopped and (line.new_annual > line.old_annual or line.longevity):
        return "raised"
    return "below" if stopped and stopped <= EARNED_NOTHING else "left_out"


def _split(reason):
    return reason.partition(":")
