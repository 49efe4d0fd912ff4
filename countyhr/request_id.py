"""Gives each request a short id, in every log line and in the answer, so that trouble can be traced."""

import re
import uuid

from audit.request_id import reset_request_id, set_request_id

SAFE = re.compile(r"[A-Za-z0-9-]{8,64}")


def middleware(get_response):
    """Keep the id that the proxy gave the request, or give it one, and send it back as X-Request-ID."""

    def handle(request):
        given = request.headers.get("X-Request-ID", "")
        request.id = given if SAFE.fullmatch(given) else uuid.uuid4().hex
        token = set_request_id(request.id)
        try:
            response = get_response(request)
        finally:
            reset_request_id(token)
        response["X-Request-ID"] = request.id
        return response

    return handle
