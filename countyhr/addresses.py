"""Refuses addresses that no page can read."""

from django.core.exceptions import BadRequest


def middleware(get_response):
    """Answer 400 to a NUL in an address: the database takes it in no text."""

    def handle(request):
        if "\0" in request.path or "%00" in request.META["QUERY_STRING"]:
            raise BadRequest("There is a NUL in the address.")
        return get_response(request)

    return handle
