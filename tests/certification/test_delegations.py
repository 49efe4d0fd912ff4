"""Who signs in place of a head: by a delegation, or because an office has none (PAY-9)."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.urls import reverse

from audit.models import Entry
from certification import services
from certification.models import Delegation
from certification.needs import needs_of
from certification.permissions import signs_something
from certification.services.runs import lock_set
from compensation.services.runs import compute_here, start_run
from organization.models import Department, Employee, Headship, RoleGrant
from organization.refusal import Refused
from outbox.models import Message
from tests import pay_year
from tests.pay_year import certify
from tests.world import AT, ON, PASSWORD

WORDS = "I am at a conference of clerks until the end of the month."
LAST = ON + timedelta(days=15)


@pytest.fixture
def asked(rated, run):
    pay_year.ask(rated, run)
    return run


def give(world, who="ruth", to="stephen", codes=("CC",), **changes):
    departments = [world.departments.get(code) for code in codes]
    asked = {
        "starts_on": ON,
        "last_day": LAST,
        "words": WORDS,
        "may_except": False,
        "by": world.person(who),
        "at": AT,
    } | changes
    keys = [department and department.pk for department in departments]
    return services.delegate(keys, world.employees[to].pk, **asked)


def test_the_deputy_signs_for_the_clerk_but_not_his_own_award(rated, asked):
    give(rated)

    certificate = certify(rated, asked, "CC", "stephen")

    assert sorted(certificate.lines.values_list("line__number", flat=True)) == ["1011", "10482"]
    assert certificate.statement.startswith(
        "I, Stephen Kucera, Chief Deputy Clerk of Caprock County, signing for Ruth Ann Kowalczyk, County "
        "Clerk, by a delegation of September 15, 2026, certify that I have reviewed the 2 awards"
    )
    assert certificate.signed_for == "Ruth Ann Kowalczyk, County Clerk"
    assert Message.objects.get(about="certificate.signed_for").to == rated.users["ruth"].email
    own = certify(rated, asked, "CC", "ruth")
    assert list(own.lines.values_list("line__number", flat=True)) == ["1010"]


def test_only_his_own_award_left_the_deputy_signs_nothing(rated, asked):
    give(rated)
    certify(rated, asked, "CC", "stephen")

    with pytest.raises(Refused, match=r"^Only your own award"):
        certify(rated, asked, "CC", "stephen")


def test_nobody_has_his_own_award_signed_for_him(rated, asked):
    """The County Judge, here with an award of her own among those of the heads, and her deputy."""
    RoleGrant.objects.filter(role="judge").update(user=rated.users["anita"])
    give(rated, who="anita", to="carl", codes=(None,), may_except=True)

    certificate = certify(rated, asked, None, "carl")

    assert list(certificate.lines.values_list("line__number", flat=True)) == ["1003"]
    with pytest.raises(Refused, match="that of the one for whom you sign"):
        certify(rated, asked, None, "carl")
    assert "Certify 1 award of Heads of departments" not in [
        need.title for need in needs_of(rated.person("carl"))
    ]
    line = asked.lines.get(number="1004")
    with pytest.raises(Refused, match="nobody does for himself"):
        services.write_exception(asked.pk, None, line.pk, reason=WORDS, by=rated.person("carl"), at=AT)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_revoked_while_the_deputy_signs(rated, asked):
    (given,) = give(rated)

    def revoke():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '100ms'")
            services.revoke(given.pk, by=rated.person("ruth"), at=AT)
        finally:
            connection.close()

    with transaction.atomic():
        lock_set(asked.pk, rated.departments["CC"].pk, rated.person("stephen"))
        with ThreadPoolExecutor(1) as pool, pytest.raises(OperationalError, match="lock timeout"):
            pool.submit(revoke).result()


@pytest.mark.django_db(transaction=True)
def test_given_in_two_windows_at_once_it_stands_once(rated):
    def again():
        try:
            return give(rated)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            give(rated)
            other = pool.submit(again)
            wait([other], timeout=0.5)
        with pytest.raises(Refused, match="already"):
            other.result()
    assert Delegation.objects.count() == 1


def test_whether_somebody_delegated_comes_with_the_person(rated, django_assert_num_queries):
    give(rated)
    for who, expected in (("stephen", True), ("denise", False)):
        with django_assert_num_queries(1):
            assert signs_something(rated.person(who)) is expected


def test_it_is_told_and_written_down_and_waits_on_his_home_page(rated, asked):
    assert needs_of(rated.person("stephen")) == []

    (given,) = give(rated)

    (need,) = needs_of(rated.person("stephen"))
    assert need.title == "Certify 2 awards of County Clerk"
    assert need.why.endswith("For Ruth Ann Kowalczyk.")
    assert Message.objects.get(about="delegation.given").to == rated.users["stephen"].email
    assert Entry.objects.acts().about(given).get().reason == WORDS


@pytest.mark.parametrize("days", [-1, 16])
def test_it_holds_from_its_first_day_to_its_last(rated, asked, days):
    give(rated)
    person = rated.person("stephen", on=ON + timedelta(days=days))

    with pytest.raises(Refused, match=r"^Only Ruth Ann Kowalczyk"):
        services.certify(asked.pk, rated.departments["CC"].pk, by=person, at=AT, seen_hash="")


def test_revoked_it_ends_at_once_and_what_was_signed_stays(rated, asked):
    (given,) = give(rated)
    services.revoke(given.pk, by=rated.person("ruth"), at=AT)

    with pytest.raises(Refused, match=r"^Only Ruth Ann Kowalczyk"):
        certify(rated, asked, "CC", "stephen")
    with pytest.raises(Refused, match="ended already"):
        services.revoke(given.pk, by=rated.person("ruth"), at=AT)
    assert Message.objects.filter(about="delegation.revoked").count() == 1
    give(rated)  # anew, on the same days


def test_it_lapses_with_the_office_of_the_one_who_gave_it(rated, asked):
    give(rated)
    Headship.objects.filter(department=rated.departments["CC"]).update(employee=rated.employees["anita"])

    with pytest.raises(Refused, match=r"^Only Anita Trujillo"):
        certify(rated, asked, "CC", "stephen")


def test_a_delegate_does_not_delegate_on(rated, asked):
    give(rated)

    with pytest.raises(Refused, match="not what was delegated to you"):
        give(rated, who="stephen", to="denise")


@pytest.mark.parametrize("who", ["stephen", "joel", "miguel"])
def test_nobody_delegates_what_is_not_his(rated, asked, who):
    with pytest.raises(Refused, match="only what you sign yourself"):
        give(rated, who=who, to="denise")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"starts_on": ON - timedelta(days=1)}, "today or later"),
        ({"last_day": ON - timedelta(days=1)}, "before the first"),
        ({"last_day": ON + timedelta(days=400)}, "at most a year"),
        ({"words": "Away."}, "Write in a sentence"),
        ({"to": "denise"}, "reports to you"),
        ({"to": "ruth"}, "reports to you"),
        ({"to": "joel"}, "reports to you"),
        ({"codes": ()}, "at least one set"),
    ],
)
def test_what_a_delegation_asks_for(rated, changes, says):
    with pytest.raises(Refused, match=says):
        give(rated, **changes)
    assert not Delegation.objects.exists()


def test_two_of_the_same_on_one_day_are_refused(rated):
    give(rated)

    with pytest.raises(Refused, match="already"):
        give(rated, starts_on=LAST, last_day=LAST)


def test_a_delegate_excepts_only_where_it_says_so(rated):
    rated.rate("marisol", 4, "3.98", progress=False)
    run = pay_year.compute(rated)
    pay_year.ask(rated, run)
    (given,) = give(rated)
    line = run.lines.get(number="10482")
    said = {"reason": "Nobody stood in for her supervisor.", "by": rated.person("stephen"), "at": AT}

    with pytest.raises(Refused, match="a delegation allows it"):
        services.write_exception(run.pk, rated.departments["CC"].pk, line.pk, **said)
    services.revoke(given.pk, by=rated.person("ruth"), at=AT)
    give(rated, may_except=True)
    services.write_exception(run.pk, rated.departments["CC"].pk, line.pk, **said)


def test_the_judge_has_another_elected_official_sign_for_the_heads(rated, asked):
    with pytest.raises(Refused, match="reports to you"):
        give(rated, who="dale", to="joel", codes=(None,))  # a head, whose own award is in the set

    give(rated, who="dale", to="ruth", codes=(None,))

    assert certify(rated, asked, None, "ruth").awards == 2


def test_without_a_head_the_judge_signs(rated, asked):
    Headship.objects.filter(department=rated.departments["IT"]).update(ends_on=ON)

    with pytest.raises(Refused, match=r"^Only Dale Hargrove"):
        certify(rated, asked, "IT", "anita")
    certificate = certify(rated, asked, "IT", "dale")

    # The former head is one of the department's people now.
    assert "1003" in certificate.lines.values_list("line__number", flat=True)
    assert (
        "signing as County Judge for Information Technology, which has no head of its own, certify"
        in certificate.statement
    )


def test_without_a_head_the_one_of_the_department_above_signs(rated, asked):
    Headship.objects.filter(department=rated.departments["IT"]).update(ends_on=ON)
    Department.objects.filter(code="IT").update(parent=rated.departments["HR"])
    rated.departments["IT"].refresh_from_db()

    assert certify(rated, asked, "IT", "anita").awards == 3
    with pytest.raises(Refused, match=r"^Only Anita Trujillo"):
        certify(rated, asked, "IT", "dale")


def test_a_delegate_who_becomes_head_signs_as_head_and_in_no_other_capacity(rated, asked, client):
    give(rated)
    first = certify(rated, asked, "CC", "stephen")
    heads = Headship.objects.filter(department=rated.departments["CC"])
    heads.update(employee=rated.employees["stephen"])
    Employee.objects.filter(pk=rated.employees["ruth"].pk).update(separated_on=ON)
    rated.rate("marisol", 5, "4.60")
    second = compute_here(start_run(asked.plan_id, by=rated.person("miguel"), at=AT, in_background=False))
    pay_year.ask(rated, second)
    client.force_login(rated.users["stephen"])

    page = client.get(f"/certification/{second.number}/departments/CC/").content.decode()
    signed = certify(rated, second, "CC", "stephen")

    assert "Signing as head of County Clerk" in page
    assert (signed.delegation, signed.signed_for) == (None, "")
    assert "signing as head of County Clerk, certify" in signed.statement
    shown = client.get(f"/certification/certificates/{signed.number}/").content.decode()
    assert "Signing as head of County Clerk" in shown
    before = client.get(f"/certification/certificates/{first.number}/").content.decode()
    assert "Signing for Ruth Ann Kowalczyk, County Clerk, by a delegation of September 15, 2026" in before


def test_the_vacant_set_waits_on_the_judges_home_page(rated, asked):
    Headship.objects.filter(department=rated.departments["IT"]).update(ends_on=ON)

    titles = [need.title for need in needs_of(rated.person("dale"))]

    assert "Certify 3 awards of Information Technology" in titles


def test_a_deputy_who_left_signs_nothing(rated, asked):
    give(rated)
    Employee.objects.filter(pk=rated.employees["stephen"].pk).update(separated_on=ON)

    with pytest.raises(Refused, match=r"^Only Ruth Ann Kowalczyk"):
        certify(rated, asked, "CC", "stephen")


def test_the_clerk_delegates_and_revokes_on_the_page(rated, asked, client, monkeypatch):
    monkeypatch.setattr("organization.clock.now", lambda county=None: AT)
    client.force_login(rated.users["ruth"])
    said = {
        "sets": [str(rated.departments["CC"].pk)],
        "delegate": rated.employees["stephen"].pk,
        "starts_on": ON.isoformat(),
        "last_day": LAST.isoformat(),
        "words": WORDS,
    }
    kept = client.post("/certification/delegations/", said | {"words": "Away."})
    assert (kept.status_code, "Write in a sentence" in kept.content.decode()) == (422, True)

    client.post("/certification/delegations/", said)

    assert WORDS in client.get("/certification/delegations/").content.decode()
    given = Delegation.objects.get()
    client.force_login(rated.users["stephen"])
    page = client.get(f"/certification/{asked.number}/departments/CC/")
    assert "Your own award." in page.content.decode()
    award = reverse("reports:award", args=[asked.lines.get(number="10482").pk])
    assert award in page.content.decode()
    assert client.get(award).status_code == 200
    signed = client.post(
        f"/certification/{asked.number}/departments/CC/",
        {"seen": page.context["signing"].hash, "password": PASSWORD},
    )
    assert signed.url == "/certification/certificates/CC-2027-01/"
    client.post(f"/certification/delegations/{given.pk}/revoke/")
    given.refresh_from_db()
    assert given.revoked_at is None  # only who gave it
    client.force_login(rated.users["ruth"])
    client.post(f"/certification/delegations/{given.pk}/revoke/")
    assert "Revoked" in client.get("/certification/delegations/").content.decode()


def test_a_stranger_reads_no_delegations(rated, asked, client):
    client.force_login(rated.users["denise"])
    assert client.get("/certification/delegations/").status_code == 403


@pytest.mark.parametrize(
    ("who", "number", "status"), [("dale", "1003", 200), ("dale", "10482", 404), ("stephen", "10482", 404)]
)
def test_awards_are_read_by_who_signs_for_them(rated, asked, client, who, number, status):
    client.force_login(rated.users[who])

    answer = client.get(reverse("reports:award", args=[asked.lines.get(number=number).pk]))

    assert answer.status_code == status
