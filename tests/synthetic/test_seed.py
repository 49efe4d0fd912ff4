"""The same seed makes the same county."""

from hashlib import sha256

import pytest
from django.conf import settings
from django.db import connection

from synthetic import county as synthetic_county
from tests.synthetic.conftest import SMALL, rolled_back

# What people would see, without keys, which depend on the database, and without the clock's time.
SAYS = """
    SELECT e.number, e.first_name, e.last_name, e.work_email, a.slot, a.starts_on, a.ends_on, a.rate, a.step,
        a.fte, s.number
    FROM organization_employee e
    JOIN organization_assignment a ON a.employee_id = e.id
    LEFT JOIN organization_employee s ON s.id = a.supervisor_id
    ORDER BY e.number, a.slot, a.starts_on;
    SELECT e.number, c.name, v.state, v.score, v.rated_at, v.summary, g.signed_as, g.content_hash, g.comment
    FROM evaluations_evaluation v
    JOIN organization_employee e ON e.id = v.employee_id
    JOIN evaluations_cycle c ON c.id = v.cycle_id
    LEFT JOIN evaluations_signature g ON g.evaluation_id = v.id
    ORDER BY e.number, c.name, g.signed_as;
    SELECT number, result_hash FROM compensation_run ORDER BY number;
    SELECT number, content_hash FROM payroll_batch ORDER BY number;
    SELECT number, content_hash FROM certification_certificate ORDER BY number
"""


def made(seed):
    with rolled_back():
        synthetic_county.make(SMALL, seed=seed)
        rows = []
        with connection.cursor() as cursor:
            for query in SAYS.split(";"):
                cursor.execute(query)
                rows += cursor.fetchall()
    return len(rows), sha256(repr(rows).encode()).hexdigest()


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_county_and_another_another(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "STATE_FOLDER", tmp_path)

    first, same, other = made(3), made(3), made(4)

    assert first == same
    assert first[1] != other[1]
