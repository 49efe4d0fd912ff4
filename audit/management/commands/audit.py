import json
from dataclasses import dataclass

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError
from django.utils import timezone

from audit import chain


class Command(BaseCommand):
    help = "Check that nobody has changed the history, or seal what is new in it."

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        verify = verbs.add_parser("verify", help="compute the whole chain again; exit code 1 if it is broken")
        verify.add_argument("--head", default="", help="a hash kept outside, which the chain must contain")
        verify.add_argument("--json", action="store_true", help="for machines")
        verbs.add_parser("seal", help="seal now what the scheduler would seal within the minute")

    def handle(self, **options):
        try:
            self.verify_or_seal(**options)
        except ProgrammingError:
            raise CommandError("The database holds no history yet. Run manage.py migrate first.") from None

    def verify_or_seal(self, *, verb, **options):
        if verb == "seal":
            self.stdout.write(f"Sealed {_seal_all():,} entries.")
            return
        found = chain.verify(head=options["head"].lower())
        waiting = _Waiting.now()
        if options["json"]:
            report = found._asdict() | {
                "not_sealed": waiting.count,
                "oldest_not_sealed_seconds": waiting.seconds,
            }
            self.stdout.write(json.dumps(report))
        else:
            self.stdout.write(_in_words(found))
            self.stdout.write(waiting.in_words())
        if found.problem:
            raise SystemExit(1)


def _seal_all():
    total = 0
    while sealed := chain.seal():
        total += sealed
    return total


def _in_words(found):
    if found.problem:
        return (
            f"BROKEN. {found.problem}\n"
            f"The {found.links:,} links before it hold. Keep the database as it is and tell the auditor."
        )
    if not found.links:
        return "Nothing is sealed yet."
    return (
        f"Unbroken: {found.links:,} entries are as they were written.\nHead, to be kept outside: {found.head}"
    )


@dataclass
class _Waiting:
    count: int
    seconds: int

    @classmethod
    def now(cls):
        state = chain.state()
        oldest = state.oldest_not_sealed_at
        return cls(state.not_sealed, round((timezone.now() - oldest).total_seconds()) if oldest else 0)

    def in_words(self):
        if not self.count:
            return "Everything is sealed."
        late = (
            " The scheduler should have sealed them within a minute: is it running?"
            if self.seconds > 60
            else ""
        )
        return f"Not sealed yet: {self.count:,}, the oldest for {self.seconds:,} seconds.{late}"
