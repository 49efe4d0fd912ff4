"""Every page of the project, and everybody who walks over them."""

from typing import NamedTuple

from django.urls import URLResolver, get_resolver

# Who walks, by what he is; where others of the same kind see other people, there is one of those, too.
WALKERS = {
    "someone not signed in": None,
    "an employee": "marisol",
    "an employee elsewhere": "tomas",
    "a supervisor": "denise",
    "a supervisor elsewhere": "priya",
    "a reviewer": "stephen",
    "a department head": "joel",
    "a department head elsewhere": "anita",
    "an elected official": "ruth",
    "the County Judge": "dale",
    "an HR administrator": "miguel",
    "the budget officer": "susan",
    "the court clerk": "hector",
    "a payroll clerk": "carl",
    "the training coordinator": "eunji",
    "an auditor": "grace",
    "an adverse-impact analyst": "nadia",
}


class Page(NamedTuple):
    name: str
    parameters: frozenset
    view: object
    route: str


def pages():
    """All named views, without the admin's."""
    return sorted(_below(get_resolver(), "", frozenset(), ""), key=lambda page: page.name)


def _below(resolver, namespace, parameters, route):
    for entry in resolver.url_patterns:
        names = parameters | set(entry.pattern.converters) | set(entry.pattern.regex.groupindex)
        if not isinstance(entry, URLResolver):
            yield Page(f"{namespace}{entry.name}", names, entry.callback, f"{route}{entry.pattern}")
        elif entry.namespace != "admin":
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _below(entry, inner, names, f"{route}{entry.pattern}")
