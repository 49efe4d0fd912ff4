"""manage.py end_password NAME --reason TEXT: for someone without e-mail who has forgotten his password."""

from accounts.services import end_password
from accounts.sign_in import find_user
from organization.commands import ActCommand
from organization.models import Role
from organization.refusal import Refused


class Command(ActCommand):
    help = (
        "End the password of someone who has forgotten it and has no e-mail to reset it by. Make sure first "
        "that it is he who asks. He is signed out everywhere; then HR prints him a letter with a new code."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("name", help="the employee number or e-mail address that he signs in with")
        parser.add_argument(
            "--reason", required=True, help="who asked, and how you know; kept in the history"
        )

    def act(self, *, by, at, on, name, reason, **options):
        user = find_user({"username": name})
        if user is None:
            raise Refused(f"Nobody signs in as {name}.")
        if by.has_role(Role.HR):
            raise Refused(
                "HR sees the code of the next invitation, so somebody else has to end the password."
            )
        end_password(user, by=by, at=at, reason=reason)
        return {"ended": f"the password of {user.name}"}
