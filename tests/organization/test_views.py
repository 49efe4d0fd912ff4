import csv
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from organization.models import Assignment, Employee, Holiday, RosterImport
from organization.tasks import apply_roster
from tests.organization.roster.test_import import KEYED

LIMIT = 15


@pytest.fixture(autouse=True)
def stand_in_september(monkeypatch):
    from organization import clock
    from tests.world import AT

    monkeypatch.setattr(clock, "now", lambda county=None: AT)


@pytest.fixture
def as_user(world, client):
    def sign_in(key):
        client.force_login(world.users[key], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


def url(name, *args):
    return reverse(f"organization:{name}", args=args)


def fill(world, count):
    """More people in the County Clerk's office, who report to Denise."""
    people = Employee.objects.bulk_create(
        Employee(
            number=f"9{n:04d}", last_name=f"Person {n}", sort_name=f"Person {n}", hired_on=date(2020, 1, 1)
        )
        for n in range(count)
    )
    Assignment.objects.bulk_create(
        Assignment(
            employee=employee,
            department=world.departments["CC"],
            supervisor=world.employees["denise"],
            rate=Decimal(40_000),
            starts_on=date(2025, 10, 1),
        )
        for employee in people
    )


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("directory", ()),
        ("person", ("1011",)),
        ("departments", ()),
        ("department", ("CC",)),
        ("imports", ()),
        ("roles", ()),
        ("county", ()),
        ("change", ("10482",)),
        ("suggest_people", ()),
    ],
)
def test_pages_take_few_queries_however_long(world, as_user, django_assert_max_num_queries, name, args):
    client = as_user("miguel")
    for count in (1, 50):
        fill(world, count) if count == 1 else fill_more(world)
        with django_assert_max_num_queries(LIMIT):
            assert (
                client.get(url(name, *args), {"words": "per"} if "suggest" in name else {}).status_code == 200
            )


def fill_more(world):
    Employee.objects.filter(number="90000").update(number="80000")
    fill(world, 50)


def test_everyone_finds_people_but_pay_is_for_those_who_may_see_it(world, as_user):
    client = as_user("tomas")
    listing = client.get(url("directory"), {"words": "trevino"})
    assert listing.context["page"].paginator.count == 1
    stranger = client.get(url("person", "10482")).content.decode()
    assert "Deputy Clerk II" in stranger
    assert "46,280" not in stranger
    assert "46,280" in as_user("denise").get(url("person", "10482")).content.decode()
    assert "46,280" in as_user("marisol").get(url("person", "10482")).content.decode()
    assert "46,280" not in as_user("marisol").get(url("person", "1011")).content.decode()


def test_names_stand_in_their_place_whatever_letters_they_begin_with(world, as_user):
    Employee.objects.all().update(sort_name="Moore, A")
    for number, name in enumerate(["Zamora, B", "Álvarez, C", "van der Berg, D", "Đỗ, E", "Alba, F"]):
        last, first = name.split(", ")
        Employee.objects.create(number=f"8{number}", last_name=last, first_name=first, sort_name=name)
    found = Employee.objects.exclude(sort_name="Moore, A").values_list("sort_name", flat=True)
    assert list(found) == ["Alba, F", "Álvarez, C", "Đỗ, E", "van der Berg, D", "Zamora, B"]
    page = as_user("miguel").get(url("directory")).text
    assert page.index("Alba") < page.index("Álvarez") < page.index("Đỗ") < page.index("Zamora")


def test_an_export_has_pay_only_for_those_who_see_everyone(world, as_user):
    plain = b"".join(as_user("tomas").get(url("export_csv")).streaming_content).decode()
    assert "Annual pay" not in plain
    full = b"".join(as_user("grace").get(url("export_csv"), {"words": "10482"}).streaming_content).decode()
    row = next(csv.DictReader(full.removeprefix("\ufeff").splitlines()))
    assert (row["Number"], row["Annual pay"], row["Supervisor"]) == ("10482", "46280.00", "Okafor, Denise")
    workbook = as_user("grace").get(url("export_xlsx"))
    assert b"".join(workbook.streaming_content).startswith(b"PK")
    workbook.close()


def test_a_change_by_the_form(world, as_user):
    client = as_user("miguel")
    page = client.get(url("change", "10482"))
    values = {
        name: page.context["form"].get_initial_for_field(field, name)
        for name, field in page.context["form"].fields.items()
    }
    data = {name: "" if value is None else getattr(value, "pk", value) for name, value in values.items()}
    data |= {"job": "Deputy Clerk II", "supervisor": "Kucera", "on": "2026-10-01", "exempt": "False"}
    answer = client.post(url("change", "10482"), data)
    assert answer.status_code == 302, answer.context["form"].errors
    assert world.assignment("marisol", date(2026, 10, 1)).supervisor == world.employees["stephen"]
    data |= {"supervisor": "nobody of that name"}
    again = client.post(url("change", "10482"), data)
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["supervisor"])


@pytest.mark.parametrize("name", ["change", "correct", "separate"])
def test_forms_about_people_are_for_hr(world, as_user, name):
    assert as_user("denise").get(url(name, "10482")).status_code == 403
    assert as_user("miguel").get(url(name, "10482")).status_code == 200


def upload(client, text=KEYED, name="roster.csv", **data):
    file = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
    return client.post(url("upload"), {"file": file, "as_of": "2026-10-01", **data})


def test_an_import_from_upload_to_done(world, as_user, django_assert_max_num_queries):
    client = as_user("miguel")
    answer = upload(client)
    kept = RosterImport.objects.get()
    assert answer.headers["Location"] == url("import", kept.pk)
    with django_assert_max_num_queries(LIMIT):
        page = client.get(url("import", kept.pk))
    assert page.context["counts"]["added"] == 3
    assert client.get(url("import_changes", kept.pk), {"kind": "added"}).status_code == 200
    stale = client.post(url("apply", kept.pk), {"seen": "0123456789abcdef"})
    assert stale.status_code == 409
    done = client.post(url("apply", kept.pk), {"seen": page.context["token"]})
    assert done.status_code == 302
    assert client.get(url("import", kept.pk)).context["result"]["added"] == 3
    assert client.post(url("apply", kept.pk)).status_code == 409


def test_columns_are_matched_on_the_page_and_kept_for_next_time(world, as_user):
    client = as_user("miguel")
    upload(client, "Badge,Unit,Pay\n7,FIN,50000\n")
    kept = RosterImport.objects.get()
    assert client.get(url("import", kept.pk)).context["lacking"] != ""
    choice = {"column_0": "number", "column_1": "department", "column_2": "annual_pay", "as_of": "2026-10-01"}
    client.post(url("match_columns", kept.pk), {**choice, "name": "Payroll"})
    assert client.get(url("import", kept.pk)).context["counts"]["added"] == 1
    twice = client.post(url("match_columns", kept.pk), {**choice, "column_1": "number"})
    assert (twice.status_code, "two columns" in twice.content.decode()) == (422, True)
    client.post(url("apply", kept.pk), {})
    upload(client, "Badge,Unit,Pay\n7,FIN,51000\n")
    later = RosterImport.objects.first()
    assert client.get(url("import", later.pk)).context["counts"]["changed"] == 1


def test_bad_rows_stay_out_by_choice_and_can_be_downloaded(world, as_user):
    client = as_user("miguel")
    upload(client, KEYED.replace("46,280.00", "46,28O.00"))
    kept = RosterImport.objects.get()
    page = client.get(url("import", kept.pk))
    assert page.context["refused_rows"] == 1
    refused = client.post(url("apply", kept.pk), {"seen": page.context["token"]})
    assert refused.status_code == 400
    mend = b"".join(client.get(url("refused_rows", kept.pk)).streaming_content).decode()
    assert "has the letter O in place of a zero" in mend
    client.post(url("apply", kept.pk), {"seen": page.context["token"], "leave_out": "on"})
    assert RosterImport.objects.get().left_out_rows == [3]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (b"", "roster.csv"),
        (b"%PDF-1.7", "roster.pdf"),
        (b"PK\x03\x04nonsense", "roster.xlsx"),
        (b'a,b\n"1,2\n', "roster.csv"),
        (b"\xff\xfe\x00", "roster.csv"),
        (b"Name\n\x00\x00", "roster.csv"),
    ],
)
def test_a_file_that_is_none_gets_a_sentence(world, as_user, text, name):
    answer = upload(as_user("miguel"), text, name)
    assert answer.status_code == 422
    assert not RosterImport.objects.exists()


def test_departments_show_heads_and_the_line(world, as_user):
    page = as_user("tomas").get(url("department", "CC")).content.decode()
    assert page.index("Ruth Ann Kowalczyk") < page.index("Stephen Kucera") < page.index("Marisol Treviño")
    assert as_user("tomas").get(url("set_head", "CC")).status_code == 403
    answer = as_user("miguel").post(url("set_head", "CC"), {"employee": "1010", "on": "2026-10-01"})
    assert answer.status_code == 302


def test_roles_are_granted_and_ended_on_the_page(world, as_user):
    client = as_user("miguel")
    data = {"who": "grace montoya", "role": "budget", "starts_on": "2026-09-15"}
    assert client.post(url("grant_role"), data).status_code == 422
    data["who"] = world.users["grace"].email
    assert client.post(url("grant_role"), data).status_code == 302
    grant = world.users["grace"].role_grants.get(role="budget")
    client.post(url("revoke_role", grant.pk))
    assert not world.person("grace").has_role("budget")


def test_someone_from_outside_gets_an_account_with_a_role(world, as_user):
    client = as_user("miguel")
    data = {"name": "Ada Brandt", "email": "ada@cpa.example", "role": "auditor", "starts_on": "2026-09-15"}
    answer = client.post(url("outside_account"), data | {"last_day": "2026-12-31"})
    user = User.objects.get(email="ada@cpa.example")
    assert answer.headers["Location"] == reverse("accounts:invite", args=[user.pk])
    assert (user.has_usable_password(), user.role_grants.get().ends_on) == (False, date(2027, 1, 1))
    for email, said in (
        ("ADA@cpa.example", "signs in with"),
        (world.employees["marisol"].work_email, "is an employee’s address"),
        ("nobody", "valid"),
    ):
        again = client.post(url("outside_account"), data | {"email": email})
        assert (again.status_code, said in again.text) == (422, True)
    assert User.objects.filter(name="Ada Brandt").count() == 1


def test_the_county_page(world, as_user, settings):
    settings.DEMO = True
    client = as_user("denise")
    assert client.post(url("county"), {"part": "date", "date-days": "5"}).status_code == 302
    assert (
        client.post(url("county"), {"part": "date", "date-days": "5", "date-to": "2027-01-01"}).status_code
        == 422
    )
    data = {"part": "holiday", "holiday-on": "2026-11-27", "holiday-name": "Day after"}
    assert client.post(url("county"), data).status_code == 422
    assert as_user("miguel").post(url("county"), data).status_code == 302


def test_a_large_roster_is_applied_in_the_background(world, as_user, monkeypatch):
    monkeypatch.setattr("organization.roster.services.BACKGROUND_FROM", 10)
    started = []
    monkeypatch.setattr(
        "organization.tasks.apply_roster.delay", lambda *args, **asked: started.append((args, asked))
    )
    client = as_user("miguel")
    upload(client)
    kept = RosterImport.objects.get()
    seen = client.get(url("import", kept.pk)).context["token"]
    client.post(url("apply", kept.pk), {"seen": seen})
    assert "Applying the roster" in client.get(url("import", kept.pk)).content.decode()
    assert client.post(url("apply", kept.pk), {"seen": seen}).status_code == 409
    for _ in range(2):  # delivered twice
        (args, asked), *_ = started
        apply_roster(*args, **asked)
    assert client.get(url("import", kept.pk)).context["result"]["added"] == 3
    assert Employee.objects.filter(number__in="123").count() == 3


def test_a_large_roster_that_is_refused_says_why(world, as_user, monkeypatch):
    monkeypatch.setattr("organization.roster.services.BACKGROUND_FROM", 10)
    monkeypatch.setattr("organization.tasks.apply_roster.delay", apply_roster)
    client = as_user("miguel")
    upload(client, KEYED.replace("46,280", "46,28O"))
    kept = RosterImport.objects.get()
    client.post(url("apply", kept.pk), {})
    page = client.get(url("import", kept.pk))
    assert page.context["error"].startswith("One row has a cell")


def test_a_holiday_is_taken_out(world, as_user):
    holiday = Holiday.objects.create(on=date(2026, 11, 27), name="Day after")
    client = as_user("miguel")
    assert client.post(url("remove_holiday"), {"holiday": "x"}).status_code == 404
    assert client.post(url("remove_holiday"), {"holiday": holiday.pk}).status_code == 302
    assert not Holiday.objects.filter(pk=holiday.pk).exists()
