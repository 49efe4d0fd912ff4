import json

from django.core.management.base import BaseCommand, CommandError

from organization.refusal import Refused
from synthetic import county, roles


class Command(BaseCommand):
    help = "Fill an empty database with Caprock County, Texas, which does not exist."

    def add_arguments(self, parser):
        parser.add_argument(
            "--employees", type=int, default=1900, metavar="N", help="people employed today; 1900 without it"
        )
        parser.add_argument(
            "--seed", type=int, default=1, metavar="S", help="another seed makes other people"
        )
        parser.add_argument(
            "--history",
            choices=["full", "light"],
            help="light leaves out past years; so do counties over 10,000 by themselves",
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="leave a database that holds another county as it is"
        )
        parser.add_argument("--sign-ins", action="store_true", help="only print who can sign in")
        parser.add_argument("--json", action="store_true", dest="as_json", help="answer in JSON")

    def handle(self, *, employees, seed, history, if_empty, sign_ins, as_json, **options):
        if sign_ins:
            return self.tell_sign_ins(roles.kept_sign_ins(), as_json)
        if if_empty and county.holds_others():
            self.stdout.write("A county that was not made up is there, and nothing is made up.")
            return None
        light = history == "light" or (history is None and employees > 10_000)
        try:
            made = county.make(employees, seed=seed, light=light)
        except Refused as problem:
            if as_json:
                self.stdout.write(json.dumps({"refused": str(problem)}))
                raise SystemExit(1) from None
            raise CommandError(str(problem)) from None
        if as_json:
            self.stdout.write(json.dumps(made._asdict(), ensure_ascii=False, indent=2))
            return None
        words = "stands" if made.is_new else "is there already"
        self.stdout.write(
            f"{county.NAME} {words}: {made.employees:,} employees in {made.departments} departments."
        )
        return None

    def tell_sign_ins(self, found, as_json):
        if as_json:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        elif not found:
            raise CommandError("There is no synthetic county here yet. Make it with: manage.py demo_county")
        for person in [] if as_json else found:
            self.stdout.write(f"{person['role']}: {person['email']}, password {person['password']}")
            self.stdout.write(f"    {person['name']}. {person['what']}")
