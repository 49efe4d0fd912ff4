"""What every operator's command shares: who acts, as of which day, and how it answers."""

import argparse
import json
from datetime import date, datetime

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from accounts.models import User
from organization import clock
from organization.person import Person
from organization.refusal import Refused


class ActCommand(BaseCommand):
    """A command that does one act through a service.

    A subclass writes `act(*, by, at, on, **options)`, which returns a dict ready for JSON, and
    `lines(result)`, which tells it in plain text. An act that raises `Refused` ends with exit code 1: the
    sentence goes to standard error, or with `--json` as `{"refused": sentence, ...}` to standard output.
    """

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", dest="as_json", help="answer in JSON")
        parser.add_argument("--by", metavar="EMAIL", help="who acts; without it the act is the system's")
        parser.add_argument(
            "--as-of", type=day, metavar="YYYY-MM-DD", help="the day of the act; today without it"
        )

    def act(self, *, by, at, on, **options):
        raise NotImplementedError

    def lines(self, result):
        """The result in plain text, line by line; also what `Refused.details` tell, if anything."""
        return (f"{name.replace('_', ' ').capitalize()}: {value}" for name, value in result.items())

    def handle(self, *args, as_json, by, as_of, **options):
        try:
            at = moment(as_of)
            on = timezone.localdate(at)
            result = self.act(by=actor(by, on), at=at, on=on, **options)
        except Refused as problem:
            if as_json:
                self.write_json({"refused": str(problem), **problem.details})
                raise SystemExit(1) from None
            for line in self.lines(problem.details) if problem.details else ():
                self.stdout.write(line)
            raise CommandError(str(problem)) from None
        if as_json:
            self.write_json(result)
        else:
            for line in self.lines(result):
                self.stdout.write(line)

    def write_json(self, result):
        self.stdout.write(json.dumps(result, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))


def day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text} is not a date. Write 2026-10-01 for October 1, 2026."
        ) from None


def moment(as_of):
    """The county's time now, or at the same time of the day `as_of`."""
    now = timezone.localtime(clock.now())
    return timezone.make_aware(datetime.combine(as_of, now.time())) if as_of else now


def actor(email, on):
    """The person with this e-mail address, or the system where none is given. Raises `Refused`."""
    if not email:
        return Person.system(on)
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise Refused(f"Nobody signs in as {email}. Name the e-mail address of someone who does with --by.")
    return Person(user=user, on=on)
