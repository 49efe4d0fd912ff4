import os
import subprocess
import sys
from pathlib import Path

import pytest

from countyhr.production import faults

SOUND = {
    "mode": "production",
    "secret": "x" * 60,
    "debug": False,
    "hosts": ["hr.county.gov"],
    "database": "postgres://db/hr",
    "broker": "redis://mq/0",
}


def test_a_sound_environment_has_no_faults():
    assert faults(**SOUND) == []


@pytest.mark.parametrize(
    ("unsafe", "first_word"),
    [
        ({"secret": ""}, "SECRET_KEY"),
        ({"secret": "short"}, "SECRET_KEY"),
        ({"debug": True}, "COUNTYHR_DEBUG"),
        ({"hosts": []}, "ALLOWED_HOSTS"),
        ({"hosts": ["*"]}, "ALLOWED_HOSTS"),
        ({"database": ""}, "DATABASE_URL"),
        ({"broker": ""}, "CELERY_BROKER_URL"),
        ({"mode": "demo"}, "COUNTYHR_MODE"),
    ],
)
def test_each_unsafe_value_is_named(unsafe, first_word):
    assert [fault.split()[0] for fault in faults(**SOUND | unsafe)] == [first_word]


def test_production_refuses_to_start_and_says_everything_that_is_wrong():
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": "postgres://db/hr", "COUNTYHR_DEBUG": "1"}

    answer = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=Path(__file__).resolve().parents[2],
        env=environment,
        capture_output=True,
        text=True,
    )

    assert answer.returncode == 1
    assert [line.split()[1] for line in answer.stderr.splitlines() if line.startswith("- ")] == [
        "SECRET_KEY",
        "COUNTYHR_DEBUG",
        "ALLOWED_HOSTS",
        "CELERY_BROKER_URL",
    ]
