"""The pages of pools and proposals: typed into, pasted, downloaded, sent, accepted."""

import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from compensation.models import Pool, Proposal
from compensation.pay import money
from compensation.pooled import PooledPlan
from organization.models import Job
from organization.refusal import Refused
from proposals import needs as proposals_needs
from proposals.reading import read_pasted
from proposals.sheets import Sheet
from reports.pay_progress import pay_progress
from tests.proposals.conftest import DUE_ON
from tests.reports.test_query_counts import NOT_ASKED, _hire
from tests.world import ON


def client_of(office, key):
    client = Client()
    client.force_login(office.world.users[key])
    return client


def address(office, view="sheet", *more, code="CC"):
    return reverse(f"proposals:{view}", args=[2027, office.plan.version, code, *more])


def autosave(client, office, key, field, value, revision=0):
    employee = office.world.employees[key].pk
    posted = {"field": f"{field}-{employee}", "value": value, "revision": revision}
    return client.post(address(office, "save"), posted)


@pytest.fixture
def ruth(office):
    return client_of(office, "ruth")


@pytest.fixture
def sheet(office):
    return Sheet(office.sheet(), on=ON, by=office.world.person("ruth"))


def test_the_sheet_shows_each_person_with_rating_guideline_and_what_is_left(office, ruth):
    page = ruth.get(address(office)).content.decode()
    assert "Treviño, Marisol" in page
    assert "2.25% to 3.25%" in page
    assert "Over the pool" in page  # by the guideline it would be
    assert page.count('data-column="proposed"') == 4


def test_a_typed_figure_comes_back_with_pool_rank_and_new_pay(office, ruth):
    answer = autosave(ruth, office, "marisol", "proposed", "3").json()
    marisol, denise = office.world.employees["marisol"].pk, office.world.employees["denise"].pk
    assert answer["revision"] == "1"
    assert answer["parts"][f"#year-{marisol}"] == "$1,416.17"
    assert "Off the guideline" in answer["parts"][f"#note-{marisol}"]
    assert "1 of 4" in answer["parts"]["#pool-state"]
    assert (answer["ranks"][str(denise)], answer["ranks"][str(marisol)]) == (1, 2)


def test_what_the_plan_refuses_is_said_and_a_slower_tab_sees_what_stands(office, ruth):
    refused = autosave(ruth, office, "marisol", "proposed", "9")
    assert (refused.status_code, "is not within 2.25% to 3.25%" in refused.json()["error"]) == (422, True)
    autosave(ruth, office, "marisol", "proposed", "3")
    conflict = autosave(ruth, office, "marisol", "proposed", "2.5")
    assert (conflict.status_code, conflict.json()) == (409, {"revision": "1", "value": "3.00"})


def test_a_pasted_column_is_shown_before_it_is_taken_over(office, ruth):
    kucera = office.world.employees["stephen"].pk
    pasted = {"pasted": "2.25%\r\n3\r\n2.5\n", "start": kucera, "field": "proposed", "sort": "-share"}
    page = ruth.post(address(office, "read"), pasted | {"sort": "name", "start": kucera})
    assert page.status_code == 422  # there are two rows below: Stephen, and Marisol after him
    start = office.world.employees["quang"].pk
    page = ruth.post(
        address(office, "read"), pasted | {"sort": "name", "start": start, "pasted": "1.75\n3.5\n"}
    )
    assert "Pasted row 2, Denise Okafor" not in page.content.decode()
    assert "by the guideline</span>" in page.content.decode()  # what who has no proposal has until then
    assert not Proposal.objects.exists()


def names(sheet):
    return [row.employee.last_name for row in sheet.rows]


def test_a_pasted_column_goes_down_from_the_field(office, sheet):
    first = sheet.rows[0]
    found = read_pasted("2%\n$1,700\n\n", sheet, sheet.rows, start=first.id, field="proposed")
    assert names(sheet)[:2] == ["Kucera", "Nguyễn"]
    assert found.problems == [
        "Pasted row 1, Stephen Kucera: 2.00% is not within 2.25% to 3.25%, the limits for level 4.",
        "Pasted row 2, Quang Nguyễn: $1,700.00 is not within 1.50% to 2.50%, the limits for level 3.",
    ]


def test_proposed_and_reason_are_pasted_side_by_side_with_or_without_their_headings(office, sheet):
    first = sheet.rows[0]
    for head in ("", "Proposed\tReason\n"):
        pasted = f"{head}2.5%\tHe led the audit.\n\t\n"
        found = read_pasted(pasted, sheet, sheet.rows, start=first.id, field="proposed")
        assert found.problems == []
        assert [(entry.now, entry.reason) for entry in found.entries] == [
            ("2.50%", "He led the audit."),
            ("nothing", ""),
        ]


@pytest.mark.parametrize(
    ("pasted", "field"),
    [
        ("Kucera, Stephen\t2.5%\tHe led the audit.\n", "proposed"),
        ("2.5%\tHe led the audit.\n", "reason"),
        ("2.5%\tHe led the audit.\n2.5%\n", "proposed"),
    ],
)
def test_pasted_columns_that_are_shifted_are_refused(office, sheet, pasted, field):
    with pytest.raises(Refused, match="A column may be shifted"):
        read_pasted(pasted, sheet, sheet.rows, start=sheet.rows[0].id, field=field)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("Employee number\tProposed\n99\t3\n", "Row 2: “99” is the number of nobody on this sheet."),
        (
            "Employee number\tName\tProposed\n10482\tNguyễn, Quang\t3\n",
            "Row 2: employee 10482 is Treviño, Marisol, not “Nguyễn, Quang”. A column may be shifted.",
        ),
        ("Employee number\tProposed\n10482\tOutstanding\n", "Row 2: “Outstanding” is not a percentage."),
        ("Employee number\tProposed\n10482\t3\n10482\t3\n", "Row 3: employee 10482 stands in row 2 already."),
    ],
)
def test_a_shifted_or_unknown_row_is_named(office, sheet, table, said):
    found = read_pasted(table, sheet, sheet.rows, start=None, field="proposed")
    assert found.problems == [said]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_download_changed_in_excel_comes_back(office, ruth, kind):
    autosave(ruth, office, "marisol", "proposed", "3")
    autosave(ruth, office, "marisol", "reason", "=2+3 is not run as a formula", 1)
    content = b"".join(ruth.get(address(office, "download", kind)).streaming_content)
    if kind == "xlsx":
        book = load_workbook(io.BytesIO(content))
        row = next(row for row in book.active.iter_rows() if row[0].value == "10483")
        row[8].value = "2.25%"
        target = io.BytesIO()
        book.save(target)
        content = target.getvalue()
    else:
        text = content.decode("utf-8-sig")
        assert "'=2+3" in text
        line = next(line for line in text.split("\r\n") if line.startswith("10483"))
        content = text.replace(line, line.replace("2.50%,,", "2.50%,2.25%,")).encode()
    file = io.BytesIO(content)
    file.name = f"proposals.{kind}"
    page = ruth.post(address(office, "read"), {"file": file})
    assert page.status_code == 200
    assert [entry.row.case.number for entry in page.context["entries"]] == ["10483"]
    quang = office.world.employees["quang"].pk
    assert f'name="revision-{quang}" value="0"' in page.content.decode()
    posted = {"row": [quang], f"proposed-{quang}": "2.25%", f"reason-{quang}": "Sure.", "source": "x"}
    posted[f"revision-{quang}"] = 0
    ruth.post(address(office, "take"), posted)
    assert Proposal.objects.get(employee=quang).value == 22_500


def test_what_was_typed_since_it_was_looked_at_is_not_overwritten(office, ruth):
    marisol, quang = (office.world.employees[key].pk for key in ("marisol", "quang"))
    posted = {"row": [quang, marisol], "source": "scaling to the pool"}
    for pk, value in ((quang, "2.25%"), (marisol, "2.5%")):
        posted |= {f"proposed-{pk}": value, f"reason-{pk}": "Scaled to the pool.", f"revision-{pk}": 0}
    autosave(ruth, office, "marisol", "proposed", "3")  # in another tab

    answer = ruth.post(address(office, "take"), posted)

    assert answer.status_code == 409
    assert "Marisol Treviño was proposed for meanwhile." in answer.content.decode()
    assert Proposal.objects.get().value == 30_000


def test_hr_accepts_what_was_picked_and_sends_back_with_a_word(office, ruth):
    for key, value in {"denise": "3", "stephen": "2.25", "marisol": "2.3"}.items():
        autosave(ruth, office, key, "proposed", value)
        autosave(ruth, office, key, "reason", "As agreed.", 1)
    assert ruth.post(address(office, "send")).status_code == 302
    miguel = client_of(office, "miguel")
    page = reverse("proposals:plan", args=[2027, 1])
    assert "County Clerk" in miguel.get(page).content.decode()
    miguel.post(reverse("proposals:accept", args=[2027, 1]), {"sheet": [office.sheet().pk]})
    assert office.sheet().state == "accepted"
    assert miguel.post(address(office, "send_back"), {"note": ""}).status_code == 422
    miguel.post(address(office, "send_back"), {"note": "Please look at Denise."})
    assert "Please look at Denise." in ruth.get(address(office)).content.decode()


def test_the_page_of_pools_names_who_proposes_and_leads_to_the_run_once_all_is_accepted(office):
    miguel, page = client_of(office, "miguel"), reverse("proposals:plan", args=[2027, 1])
    waiting = miguel.get(page).text
    assert office.world.employees["ruth"].full_name in waiting
    assert "To the plan, to run it" not in waiting
    office.scale()
    office.accept_all()
    settled = miguel.get(page).text
    assert "All are accepted" in settled
    assert "To the plan, to run it" in settled


def test_who_proposes_is_told_for_which_year(office):
    (need,) = proposals_needs.needs_of(office.world.person("ruth"))
    assert need.title == "Propose the awards of County Clerk for fiscal year 2027"


def test_home_tells_how_many_sheets_are_accepted_before_the_plan_can_be_run(office):
    hr = office.world.person("miguel")
    sheets = office.plan.sheets.count()
    step = pay_progress(hr).links[1]
    assert (step.title, step.text) == ("Heads propose", f"0 of {sheets} sheets accepted by HR")
    office.scale()
    office.accept_all()
    assert pay_progress(hr).links[1].title == "Not computed yet"


def test_who_has_the_same_percent_shares_a_rank_whatever_cents_are_rounded(office, sheet):
    """Hourly rates and cents make 1.9999% of what is 2.00% for all."""
    office.plan.rules["merit"]["table"] = [{"level": level, "percent": "2"} for level in (3, 4, 5)]
    office.plan.save()
    same = Sheet(office.sheet(), on=ON, by=office.world.person("ruth"))
    exact = {(row.award.merit + row.award.lump) * money.MILLION // row.base for row in same.rows if row.room}
    assert len(exact) > 1
    assert set(same.ranks().values()) == {1}


def test_pools_are_worked_out_and_downloaded_from_their_page(office):
    miguel = client_of(office, "miguel")
    answer = miguel.post(reverse("proposals:work_out", args=[2027, 1]), {"due_on": DUE_ON.isoformat()})
    assert answer.status_code == 302
    text = b"".join(miguel.get(reverse("proposals:export", args=[2027, 1, "csv"])).streaming_content).decode()
    assert "County Clerk,4," in text


def test_the_page_of_pools_asks_apart_for_what_is_used(office, monkeypatch):
    miguel = client_of(office, "miguel")
    part = miguel.get("/pay/proposals/2027v1/used").text
    assert "1 overspent" in part  # by the guideline
    pool = Pool.objects.get(plan=office.plan, key="office:CC")
    assert money.dollars(pool.amount) in part
    monkeypatch.delattr(PooledPlan, "used")
    page = miguel.get("/pay/proposals/2027v1/").text
    assert 'hx-get="/pay/proposals/2027v1/used"' in page
    assert money.dollars(pool.amount) in page
    assert "overspent" not in page


def test_nobody_reads_the_reason_for_an_award_of_his_own(office, client):
    office.world.rate("miguel", 4)
    sheet = office.sheet("HR")
    office.save("miguel", "2.50", who="anita", sheet=sheet)
    office.save("miguel", "Between us.", field="reason", base=1, who="anita", sheet=sheet)
    client.force_login(office.world.users["miguel"])

    page = "/pay/proposals/2027v1/departments/HR/"
    assert "Between us." not in client.get(page).text
    assert b"Between us." not in client.get(page + "proposals.csv").getvalue()


def test_a_head_does_not_see_the_sheet_of_another(office):
    assert client_of(office, "joel").get(address(office)).status_code == 404
    assert client_of(office, "dale").get(address(office, code=None)).status_code == 200
    assert client_of(office, "joel").get(address(office, code="heads")).status_code == 404


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("ruth", "/pay/proposals/2027v1/departments/CC/"),
        ("ruth", "/pay/proposals/"),
        ("ruth", "/"),
        ("miguel", "/pay/proposals/2027v1/"),
        ("miguel", "/pay/proposals/2027v1/used"),
        ("miguel", "/"),
    ],
)
def test_a_page_asks_as_often_for_many_rows_as_for_a_few(office, who, page):
    client = client_of(office, who)
    few = queries(client, page)
    _hire(office.world, 30, Job.objects.first())
    office.work_out()
    assert queries(client, page) == few
    assert few <= 15


def queries(client, page):
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len([query for query in asked if not query["sql"].startswith(NOT_ASKED)])


def test_the_plan_page_says_what_the_pools_come_to_in_the_county(office):
    miguel = client_of(office, "miguel")

    text = miguel.get("/pay/plans/2027v1/effects/").content.decode()

    pools = sorted(Pool.objects.filter(plan=office.plan), key=lambda pool: pool.amount)
    total = money.dollars(sum(pool.amount for pool in pools))
    assert f"<strong>{total} in {len(pools)} pools</strong>" in text
    assert money.dollars(pools[0].amount) in text
    assert money.dollars(pools[-1].amount) in text
