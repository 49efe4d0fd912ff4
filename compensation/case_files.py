"""Cases in a file: a row for each person, with the facts of `compensation.pay.case_texts` as columns."""

import re

from compensation.pay.case import FIGURES
from compensation.pay.case_texts import FACTS, BadFacts, read_case
from exchange.problems import Problem
from exchange.reading import read_table
from exchange.tables import UnreadableFile
from organization.refusal import Refused

FIGURE_COLUMNS = ("number", *FIGURES, "reasons")


def read_cases(content, file_name):
    """Every PayCase of a CSV or XLSX file, in the order of its rows.

    An empty cell is a fact that is not known. Raises Refused, with each row and column that can't be read.
    """
    try:
        table = read_table(content, file_name)
    except UnreadableFile as problem:
        raise Refused(str(problem)) from None
    names = {_name(header.name): header for header in table.headers}
    unknown = [header.name for name, header in names.items() if name not in FACTS]
    if unknown:
        raise Refused(f"Column {unknown[0]} is not known. The columns are {', '.join(FACTS)}.")
    cases, problems = [], list(table.problems)
    for row in table.rows:
        try:
            cases.append(read_case({name: row.cells[header.index] for name, header in names.items()}))
        except BadFacts as bad:
            problems += [
                Problem(row=row.number, column=name, reason=f"can't be used: {message.rstrip('.')}")
                for name, message in bad.problems
            ]
    if problems:
        count = len(problems)
        raise Refused(
            f"{'One cell' if count == 1 else f'{count:,} cells'} can't be used. Nothing was computed.",
            details={
                "problems": [
                    {"row": each.row, "column": each.column, "sentence": str(each)} for each in problems
                ]
            },
        )
    return cases


def _name(title):
    """A column's name as the facts are called: `Hired on` is hired_on."""
    return re.sub(r"[^a-z0-9]+", "_", title.strip().lower()).strip("_")
