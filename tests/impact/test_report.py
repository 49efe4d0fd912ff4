import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import Entry
from compensation.models import Run
from impact import services
from impact.counting import Measure, report_of
from impact.models import GroupFile
from organization.refusal import NotYours, Refused
from reports.navigation import shell
from tests.impact.groups import NAMES, compared, file_of, halves, uploaded, waiting
from tests.world import AT


@pytest.fixture
def nadia(world, client):
    client.force_login(world.users["nadia"])
    return client


def counts(file, measure):
    found = report_of(file, Run.objects.get(), measure)
    return {each.group.name: (each.group.selected, each.group.people) for each in found.comparison.shown}


def test_people_of_a_run_are_counted_by_group(world):
    file = compared(world)

    # Dale and Ruth are elected; Quang has no rating. Everybody rated gets merit.
    assert counts(file, Measure.AWARDED) == {"Group A": (6, 6), "Group B": (5, 5)}
    assert counts(file, Measure.RATED_HIGH) == {"Group A": (5, 6), "Group B": (3, 5)}


def test_small_groups_and_people_without_a_group_are_told_by_number_alone(world):
    groups = halves() | {"miguel": "Group C"}
    del groups["carl"]
    compared(world)
    file = uploaded(world, file_of(groups))

    found = report_of(file, Run.objects.get(), Measure.TAKES_PART)

    assert "Group C" not in {each.group.name for each in found.comparison.shown} | found.averages.keys()
    assert (found.comparison.too_small, found.not_in_file) == (1, 1)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("99,A\n", "Row 2, column Employee number: “99” is the number of nobody on the roster."),
        ("10482,A\n10482,B\n", "Row 3, column Employee number: “10482” stands in the file twice."),
        ("10482,=A1\n", "Row 2, column Group: “=A1” is a formula without a result."),
        ("10482,\n10483,B\n", "Row 2, column Group is empty."),
        ("10482,A\n10483,A\n", "one group alone"),
    ],
)
def test_a_file_with_a_bad_row_is_refused_whole(world, rows, sentence):
    with pytest.raises(Refused, match=r".*") as refusal:
        uploaded(world, (NAMES + rows).encode())

    assert sentence in str(refusal.value)
    assert not GroupFile.objects.exists()


def test_columns_without_a_clear_name_are_matched_by_a_person_and_the_file_is_kept_no_longer(world, nadia):
    file = waiting(world)
    page = f"/impact/{file.pk}/columns/"
    assert nadia.get(f"/impact/{file.pk}/").url == page
    assert nadia.get(f"/impact/{file.pk}/report.csv").status_code == 404

    unmatched = nadia.post(page, {"column_0": "number"})
    assert (unmatched.status_code, unmatched.context["problem"]) == (422, "No column is matched to Group.")
    crossed = nadia.post(page, {"column_0": "group", "column_1": "number"})
    assert crossed.context["problems"][0]["row"] == 2
    assert GroupFile.objects.waiting().exists()

    assert nadia.post(page, {"column_0": "number", "column_1": "group"}).status_code == 302
    file.refresh_from_db()
    assert (file.people, file.content) == (len(halves()), None)
    assert nadia.get(page).status_code == 404


def test_only_who_is_named_uploads_and_deletes_even_hr(world):
    with pytest.raises(NotYours):
        uploaded(world, who="miguel")
    with pytest.raises(NotYours):
        services.match(waiting(world).pk, {}, by=world.person("miguel"), at=AT)
    file = uploaded(world)
    with pytest.raises(NotYours):
        services.delete(file.pk, by=world.person("miguel"), at=AT)


def test_switched_off_nobody_comes_in(world, nadia, settings, rf):
    uploaded(world)
    settings.ADVERSE_IMPACT_REPORT = False

    assert nadia.get("/impact/").status_code == 403
    request = rf.get("/")
    request.person = world.person("nadia")
    assert "People" in shell(request)["navigation"]
    assert "Adverse impact" not in shell(request)["navigation"]


def test_the_page_reads_the_figures_and_the_history_tells_who_opened_it(world, nadia):
    file = compared(world)

    page = nadia.get(f"/impact/{file.pk}/?measure=rated_high").content.decode()

    assert "This is not legal advice" in page
    assert "3 of 5, 60.0%, which is 0.72 of the highest rate." in page
    (entry,) = Entry.objects.filter(act="impact.opened")
    assert (entry.actor_name, entry.after["measure"]) == ("Nadia Brooks", "rated_high")


def test_what_is_deleted_leaves_nothing_but_that_it_was_there(world, nadia):
    file = uploaded(world)

    nadia.post(f"/impact/{file.pk}/delete/")

    assert not GroupFile.objects.exists()
    kept = Entry.objects.filter(subject_type="impact_groupfile")
    assert sorted(kept.values_list("act", flat=True)) == ["impact.deleted", "impact.uploaded"]
    assert not any("Group A" in f"{entry.before}{entry.after}" for entry in kept)


def test_a_file_is_uploaded_and_bad_rows_are_listed(world, nadia):
    values = {"characteristic": "Sex", "smallest_group": 5, "ratio_percent": 80}
    bad = SimpleUploadedFile("groups.csv", (NAMES + "99,A\n").encode())
    answer = nadia.post("/impact/", values | {"file": bad})
    assert (answer.status_code, answer.context["problems"][0]["row"]) == (422, 2)

    good = SimpleUploadedFile("groups.csv", file_of(halves()))
    assert nadia.post("/impact/", values | {"file": good}).status_code == 302


def test_a_smaller_group_than_five_cannot_be_shown(nadia):
    file = SimpleUploadedFile("groups.csv", file_of(halves()))
    values = {"characteristic": "Sex", "smallest_group": 1, "ratio_percent": 80, "file": file}

    assert "smallest_group" in nadia.post("/impact/", values).context["form"].errors
