"""Who may come to a page. Every view names its audience; the middleware refuses a view that names none.

An audience decides who may open a page at all. Which rows he sees there is decided by `visible_to(person)`,
what he may do by the predicates in each app's permissions.py.
"""

from collections.abc import Callable
from functools import wraps
from typing import NamedTuple

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied


class Audience(NamedTuple):
    name: str
    admits: Callable  # (person) -> bool; person.user is None for someone who has not signed in
    needs_sign_in: bool = True


def declare(audience):
    """A decorator that names the audience of a view and holds the view to it."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if audience.needs_sign_in and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not audience.admits(request.person):
                raise PermissionDenied(f"This page is for {audience.name}.")
            return view(request, *args, **kwargs)

        guarded.audience = audience
        return guarded

    return decorate


public = declare(Audience("everyone", lambda person: True, needs_sign_in=False))
for_signed_in = declare(Audience("everyone who has signed in", lambda person: True))
# The organization, which builds on this app, tells who `person` is; here it is enough that he has `has_role`.
for_those_who_invite = declare(Audience("HR administrators", lambda person: person.has_role("hr")))
