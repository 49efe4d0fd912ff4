"""Two answers for machines: the process lives; everything it stands on works."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from kombu.exceptions import OperationalError

from accounts.audience import public
from countyhr.celery import app


@public
def alive(request):
    """Answer 200 as long as the web process works."""
    return HttpResponse("ok", content_type="text/plain")


@public
def ready(request):
    """Answer 200 when every part works, else 503; either way name each part and what is wrong with it."""
    faults = {"database": database_fault(), "broker": broker_fault()}
    faults["migrations"] = "not known" if faults["database"] else migrations_fault()
    faults["worker"] = "not known" if faults["broker"] else worker_fault()
    parts = {part: fault or "ok" for part, fault in faults.items()}
    return JsonResponse(parts, status=503 if any(faults.values()) else 200)


def database_fault() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "does not answer"
    return ""


def migrations_fault() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} not applied" if waiting else ""


def broker_fault() -> str:
    try:
        with app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
    except (OperationalError, OSError):
        return "does not answer"
    return ""


def worker_fault() -> str:
    answers = app.control.broadcast("ping", reply=True, limit=1, timeout=2)
    return "" if answers else "none answers"
