"""How long a session lasts: from the last click, to a few minutes."""

import time

from django.contrib.auth import SESSION_KEY

EVERY = 300  # seconds; to write it at each click would cost each page a write that is waited for


def keep_session(get_response):
    """Put off the end of the session of somebody who clicks, once in a while."""

    def middleware(request):
        response = get_response(request)
        session = request.session
        if session.accessed and SESSION_KEY in session and time.time() - session.get("kept_at", 0) > EVERY:
            session["kept_at"] = int(time.time())  # what is changed is saved, with a new end
        return response

    return middleware
