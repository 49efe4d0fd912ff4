#!/usr/bin/env python
"""Runs a command of County HR, against the demo's database when no other is named."""

import os
import sys

from launcher import places, services

# These have no use for a database.
WITHOUT_DATABASE = {
    "", "adjust_schedule", "pay_case", "help", "version", "check", "collectstatic", "compilemessages",
    "diffsettings", "findstatic", "makemessages", "startapp", "startproject",
}  # fmt: skip


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "countyhr.settings")
    command = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    asks_for_help = {"-h", "--help", "--version"} & set(sys.argv[1:])
    of_the_demo = os.environ.get("COUNTYHR_MODE", "demo") == "demo" and not os.environ.get("DATABASE_URL")
    if not of_the_demo or command in WITHOUT_DATABASE or asks_for_help:
        return execute()
    try:
        with services.lent("demo") as lease:
            os.environ.update(lease.environment)
            execute()
    except places.CannotStart as problem:
        sys.exit(str(problem))


def execute():
    try:
        from django.conf import settings
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not here. Run `make setup`, then .venv/bin/python manage.py.")
    from countyhr.migrating import migrate_demo_for

    try:
        settings.MODE  # noqa: B018 - reads the settings, which refuse what is unsafe
    except ImproperlyConfigured as refusal:
        sys.exit(str(refusal))
    if os.environ.get("DATABASE_URL"):
        migrate_demo_for(sys.argv)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
