import json

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder

from certification.models import Certificate
from certification.verifying import as_json, stands, verify


class Command(BaseCommand):
    help = "Check a certificate from what is stored of it. Ends with 1 if what was signed was altered."

    def add_arguments(self, parser):
        parser.add_argument("number", help="of the certificate, such as CC-2027-01")
        parser.add_argument("--json", action="store_true", dest="as_json", help="answer in JSON")

    def handle(self, *, number, as_json, **options):
        certificate = Certificate.objects.to_verify().filter(number=number).first()
        if certificate is None:
            raise CommandError(f"There is no certificate {number}.")
        verdict = verify(certificate)
        if as_json:
            self.stdout.write(_json(verdict))
        else:
            self.tell(verdict)
        if not verdict.is_unaltered:
            raise SystemExit(1)

    def tell(self, verdict):
        certificate = verdict.certificate
        self.stdout.write(f"{certificate}, {certificate.signed_name}, {certificate.signed_title}")
        for check in verdict.checks:
            self.stdout.write(f"  {'same   ' if check.passed else 'DIFFERS'} {check.title}: {check.text}")
        self.stdout.write("Unaltered." if verdict.is_unaltered else "ALTERED.")
        self.stdout.write(stands(verdict))
        for each in verdict.differences:
            self.stdout.write(f"  Today, {each.name} ({each.number}): {' '.join(each.sentences)}")


def _json(verdict):
    return json.dumps(as_json(verdict), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
