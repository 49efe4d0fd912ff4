"""The id of the request or task in hand, for logs and the history."""

from contextvars import ContextVar

_current = ContextVar("request_id", default="")


def current_request_id():
    return _current.get()


def set_request_id(value):
    return _current.set(value)


def reset_request_id(token):
    _current.reset(token)
