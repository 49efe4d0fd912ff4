"""A clerk defines a layout on a page, and takes a batch in it."""

from decimal import Decimal
from hashlib import sha256

import pytest

from audit.models import Entry
from organization.models import Job
from organization.refusal import Refused
from payroll.layouts import services
from payroll.layouts.columns import CENTS
from payroll.layouts.examples import EXAMPLE_CSV, EXAMPLE_FIXED
from payroll.layouts.files import rows_of
from payroll.layouts.layout import Column, write
from payroll.models import FileLayout
from tests import pay_year
from tests.world import AT


@pytest.fixture
def batch(world):
    return pay_year.released(world)


def posted(page, **changed):
    """What a browser would post of the page's form, with some of it changed."""
    form, rows = page.context["form"], page.context["rows"]
    fields = [*form, *rows.management_form, *(field for row in rows for field in row)]
    values = {field.html_name: field.value() for field in fields}
    return {name: value for name, value in (values | changed).items() if value not in (None, False)}


def test_a_clerk_begins_with_the_example_previews_it_and_saves_it(world, batch, client):
    client.force_login(world.users["carl"])
    page = client.get("/payroll/layouts/new/fixed/")
    assert "PAY0000001003Joel Rosenthal" in page.context["preview"]

    preview = client.post("/payroll/layouts/new/fixed/", posted(page, name="Tyler", act="preview"))
    assert FileLayout.objects.count() == 0
    answer = client.post("/payroll/layouts/new/fixed/", posted(preview, act="save"))

    assert answer.url == "/payroll/layouts/"
    assert FileLayout.objects.get(name="Tyler").document["columns"][1]["length"] == 10


def test_a_column_at_fault_is_named_and_nothing_is_lost(world, batch, client):
    client.force_login(world.users["miguel"])
    page = client.get("/payroll/layouts/new/fixed/")

    changed = {"column-1-length": 4, "column-2-start": 8, "column-7-length": 5}
    answer = client.post("/payroll/layouts/new/fixed/", posted(page, name="Tyler", act="save", **changed))
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "Column 8, Places: “" in words
    assert "on line 1 takes" in words
    assert 'value="Tyler"' in words
    assert FileLayout.objects.count() == 0


def save(world, layout=EXAMPLE_CSV, name="Tyler", **others):
    return services.save_layout(name, layout, by=world.person("carl"), at=AT, **others)


def test_a_batch_comes_down_in_a_layout_and_the_history_says_which(world, batch, client):
    kept = save(world, EXAMPLE_FIXED)
    client.force_login(world.users["carl"])

    answer = client.get(f"/payroll/batches/{batch.number}/layouts/{kept.pk}/")

    lines = answer.content.decode().split("\r\n")
    assert len(lines) == batch.lines_count + 3
    assert lines[-2].startswith(f"TRL{batch.lines_count:09d}{int(batch.base_total * 100):015d}")
    assert Entry.objects.get(act="batch.downloaded").after == {
        "layout": "Tyler",
        "hash": sha256(answer.content).hexdigest(),
    }
    assert client.get(f"/payroll/batches/{batch.number}/file.csv").content == bytes(batch.content)


def test_a_batch_that_does_not_fit_is_not_handed_out(world, batch, client):
    kept = save(world)
    narrow = EXAMPLE_FIXED._replace(columns=(Column("number", start=1, length=4),), has_header=False)
    FileLayout.objects.filter(pk=kept.pk).update(
        document=services.dump(narrow._replace(has_trailer=False, money=CENTS))
    )
    client.force_login(world.users["carl"])

    page = client.get(f"/payroll/batches/{batch.number}/layouts/{kept.pk}/", follow=True)

    assert "takes 5 places, and 4 are there" in page.content.decode()
    assert not Entry.objects.filter(act="batch.downloaded").exists()


def test_one_layout_is_offered_first(world, batch, client):
    first, second = save(world, name="A"), save(world, name="B")
    client.force_login(world.users["carl"])
    for kept in (first, second):
        client.post(f"/payroll/layouts/{kept.pk}/default/")

    assert list(FileLayout.objects.values_list("name", "is_default")) == [("B", True), ("A", False)]


def test_no_two_layouts_share_a_name(world):
    save(world)

    with pytest.raises(Refused, match="Another layout is called “tyler”"):
        save(world, name="tyler")


def test_who_is_no_clerk_defines_none(world):
    with pytest.raises(Refused, match="Only payroll clerks and HR administrators"):
        services.save_layout("Tyler", EXAMPLE_CSV, by=world.person("grace"), at=AT)


def test_a_layout_is_removed_after_a_question(world, client):
    kept = services.save_layout("Tyler", EXAMPLE_CSV, by=world.person("carl"), at=AT)
    client.force_login(world.users["carl"])
    page = f"/payroll/layouts/{kept.pk}/remove/"
    assert page in client.get("/payroll/layouts/").content.decode()

    assert "Remove “Tyler”?" in client.get(page).content.decode()
    assert FileLayout.objects.exists()

    client.post(page)
    assert not FileLayout.objects.exists()


def test_two_positions_of_one_person_are_told_apart_in_both_examples(world):
    pay_year.rate_all(world)
    second = world.assignment("marisol")
    second.pk, second.slot, second.job = None, 2, Job.objects.get(title="Systems Analyst")
    second.rate, second.fte = 10_000, Decimal("0.25")
    second.save(force_insert=True)
    run = pay_year.compute(world)
    pay_year.ask(world, run)
    pay_year.order_release(world)
    made = pay_year.second_word(world, run, pay_year.release(world, run))

    rows = [row for row in rows_of(made)[0] if row["number"] == "10482"]

    assert [(row["position"], row["job"]) for row in rows] == [(1, "Deputy Clerk II"), (2, "Systems Analyst")]
    for example, told in ((EXAMPLE_CSV, lambda line: line[:7]), (EXAMPLE_FIXED, lambda line: line[-2:])):
        content, _ = write(example, rows, rows_of(made)[1])
        lines = [line for line in content.decode().splitlines() if "10482" in line]
        assert len({told(line) for line in lines}) == 2
