"""Departments, jobs and funds that rows name: found by code or name, or new."""

import re
from dataclasses import dataclass, field

from organization.models import Department, Fund, Job
from organization.roster.names import text_key


@dataclass(slots=True)
class Register:
    """What is known of one kind by code and by name, and what a file adds to it: code to name."""

    longest: int
    codes: dict = field(default_factory=dict)
    names: dict = field(default_factory=dict)
    new: dict = field(default_factory=dict)

    @classmethod
    def of(cls, pairs, longest):
        register = cls(longest)
        for code, name in pairs:
            register.remember(code, name)
        return register

    def remember(self, code, name):
        self.codes.setdefault(text_key(code), code)
        self.names.setdefault(text_key(name), code)

    def code_of(self, code, name):
        """The code for what a row names by code, by name or by both; a new one if nothing fits.

        A code decides. A text that stands alone may be either.
        """
        if code and name:
            found = self.codes.get(text_key(self.coded(code)))
        else:
            text = text_key(code or name)
            found = self.names.get(text) or self.codes.get(text_key(self.coded(code or name)))
        return found or self.add(code, name)

    def coded(self, text):
        return text.replace("/", "-")

    def add(self, code, name):
        if code and name and len(self.coded(code)) <= self.longest:
            new = self.coded(code)
        elif code and not name and len(code) <= min(self.longest, 8) and code == code.upper():
            new = self.coded(code)  # a code that nothing explains: CCLK
        else:
            new = self.code_from(name or code)
        self.new[new] = name or code
        self.remember(new, name or code)
        if code and name:
            self.codes.setdefault(text_key(self.coded(code)), new)
        return new

    def code_from(self, name):
        """A code made from a name: `Liquor Control` is LIQUOR-CONTROL."""
        stem = "-".join(re.findall(r"[^\W_]+", name.upper()))[: self.longest].strip("-") or "X"
        code, count = stem, 1
        while text_key(code) in self.codes:
            count += 1
            code = f"{stem[: self.longest - len(str(count)) - 1].rstrip('-')}-{count}"
        return code


@dataclass(slots=True)
class References:
    departments: Register
    jobs: Register
    funds: Register


def known_references():
    """What the database knows. Three queries."""
    return References(
        departments=Register.of(Department.objects.order_by("pk").values_list("code", "name"), 20),
        jobs=Register.of(Job.objects.order_by("pk").values_list("code", "title"), 30),
        funds=Register.of(Fund.objects.order_by("pk").values_list("code", "name"), 20),
    )


def resolve(rows, references):
    """Give the rows the codes of what they name."""
    for kind in ("department", "job", "fund"):
        register = getattr(references, f"{kind}s")
        name_field = {"department": "department_name", "job": "job_title", "fund": None}[kind]
        remembered = {}
        for row in rows:
            named = getattr(row, kind), getattr(row, name_field) if name_field else None
            if not any(named):
                continue
            code = remembered.get(named)
            if code is None:
                code = remembered[named] = register.code_of(*named)
            setattr(row, kind, code)


def only_used(register, used):
    """The new ones that are used: rows that were refused create nothing."""
    return {code: name for code, name in register.new.items() if code in used}
