"""The choice of light or dark, the page of parts, and what a person reads when something went wrong."""

from typing import NamedTuple

from django.http import HttpResponseRedirect, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from look import samples

YEAR = 365 * 24 * 3600


class Everyone(NamedTuple):
    """The audience of these pages; said here, as `accounts` builds on this app."""

    name: str = "everyone"
    needs_sign_in: bool = False

    def admits(self, person):
        return True


@require_POST
def theme(request):
    """Keep light or dark in a cookie, or follow the system again; works without JavaScript."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("theme")
    if chosen in ("light", "dark"):
        response.set_cookie(
            "theme", chosen, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@require_GET
def parts(request):
    """Every part with realistic content, for contributors. Mounted outside production alone."""
    return render(request, "look/parts.html", samples.parts())


theme.audience = parts.audience = Everyone()


def bad_request(request, exception=None):
    return _problem(request, 400)


def permission_denied(request, exception=None):
    """The sentence of `PermissionDenied("Only the County Clerk can sign this.")` is shown to the person."""
    return _problem(request, 403, text=str(exception or ""))


def csrf_failure(request, reason=""):
    return _problem(request, 403, template="errors/403_csrf.html")


def page_not_found(request, exception=None):
    return _problem(request, 404)


def conflict(request, text, *, title="Someone else was faster", url="", act="Show how it is now"):
    """Answer 409: what the person saw has changed meanwhile; `text` says how, and what to do."""
    return _problem(request, 409, title=title, text=text, url=url, act=act)


def server_error(request):
    """No database, no context processors: they may be what failed."""
    asked_for_part = request.headers.get("HX-Request") == "true"
    try:
        page = render_to_string("errors/500_part.html" if asked_for_part else "errors/500.html")
    except Exception:  # a page must come out whatever is broken, static files included
        page = "<!doctype html><title>County HR</title><h1>Something failed on our side</h1>"
    return _above_the_page(HttpResponseServerError(page)) if asked_for_part else HttpResponseServerError(page)


def _problem(request, status, *, template="", **context):
    """A page of its own, or a notice above the page where htmx asked for a part of it."""
    template = template or f"errors/{status}.html"
    if request.headers.get("HX-Request") != "true":
        signed_in = hasattr(request, "user") and request.user.is_authenticated
        context["layout"] = "layout/base.html" if signed_in else "layout/public.html"
        return render(request, template, context, status=status)
    response = render(request, template, context | {"layout": "errors/_notice.html"}, status=status)
    return _above_the_page(response)


def _above_the_page(response):
    response["HX-Retarget"] = "#messages"
    response["HX-Reswap"] = "innerHTML"
    return response
