"""Who acts where the organization does not know him yet: while he signs in, or accepts an invitation."""

from typing import NamedTuple


class Actor(NamedTuple):
    user_id: int | None
    name: str
    role_name: str = ""

    @classmethod
    def of(cls, user, request=None):
        """The user as the author of an act; with his role where the request knows it is he."""
        person = getattr(request, "person", None)
        if person is not None and person.user_id == user.pk:
            return person
        return cls(user.pk, user.name)


NOBODY = Actor(None, "Someone not signed in")
