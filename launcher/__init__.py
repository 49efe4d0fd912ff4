"""Starts what County HR stands on in a fresh clone: PostgreSQL, Valkey, and the demo's processes.

Standard library only, and nothing of the project is imported: Django knows only DATABASE_URL and
CELERY_BROKER_URL, which this package sets for its children unless somebody has set them already.
"""
