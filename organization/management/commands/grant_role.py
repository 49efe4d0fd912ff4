"""manage.py grant_role EMAIL ROLE: how the first HR administrator of a new county comes to be one."""

from accounts.models import User
from organization.commands import ActCommand
from organization.models import Department, Role
from organization.refusal import Refused
from organization.services import grant_role


class Command(ActCommand):
    help = "Grant a role to someone who has an account (createsuperuser makes the first one)."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("email")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("--department", metavar="CODE", help="for one department instead of the county")

    def act(self, *, by, at, on, email, role, department, **options):
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise Refused(f"Nobody signs in as {email}.")
        place = None
        if department:
            place = Department.objects.filter(code__iexact=department).first()
            if place is None:
                raise Refused(f"There is no department {department}.")
        grant = grant_role(user.pk, role, department=place, starts_on=on, by=by, at=at)
        return {"granted": str(grant), "from": on, "department": str(place) if place else None}
