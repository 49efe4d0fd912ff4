"""A plan as a file, a file put into a draft, examples, two versions side by side, last year's plan again."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compensation.models import PayPlan, RunCase, RunLine
from compensation.pay.case import PayCase
from compensation.pay.case_texts import FACTS, FIGURES, write_award, write_case
from compensation.pay.written_rules import parse
from compensation.plans import document as plan_document
from compensation.plans.versions import difference
from compensation.services import adopt_plan, copy_plan, save_plan
from compensation.services.plans import copy_to_year
from organization.refusal import Refused
from tests.compensation.conftest import plan_url
from tests.compensation.test_runs import run_of
from tests.world import AT

MARISOL = {
    "says": "Full time in C2, rated 4",
    "case": {
        "basis": "annual",
        "rate": "46280",
        "fte": "1",
        "grade": "C2",
        "level": "4",
        "service_weight": "40",
    }
    | {"hired_on": "2020-01-01", "in_position_since": "2020-01-01"},
    "gives": {"new_annual": "48503.75", "merit": "1298.15"},
}


def posted(client, plan, content, name="plan.json"):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else json.dumps(content).encode())
    return client.post(plan_url(plan, "plan_put_in"), {"file": file})


def document(plan, **parts):
    return json.loads(plan_document.written(plan)) | parts


def with_example(plan, by, **gives):
    examples = [MARISOL | {"gives": MARISOL["gives"] | gives}]
    return save_plan(plan.pk, revision=plan.revision, examples=examples, by=by, at=AT)


def test_the_downloaded_plan_computes_every_line_of_its_run(year_one, county, as_, tmp_path):
    run = run_of(year_one, county)
    path, cases, out = tmp_path / "plan.json", tmp_path / "cases.csv", io.StringIO()
    path.write_bytes(as_("grace").get(plan_url(year_one, "plan_document")).content)
    facts = [PayCase(**{name: getattr(case, name) for name in PayCase._fields if hasattr(case, name)})
             for case in RunCase.objects.filter(run=run)]  # fmt: skip
    with cases.open("w") as file:
        writer = csv.DictWriter(file, FACTS)
        writer.writeheader()
        writer.writerows(map(write_case, facts))
    call_command("pay_case", path, cases, "--json", stdout=out)
    told = {each["number"]: each for each in json.loads(out.getvalue())["cases"]}
    rules, by_number = parse(run.rules), {case.number: case for case in facts}
    lines = RunLine.objects.filter(run=run)
    assert len(lines) == len(told) == 14
    for line in lines:
        expected = write_award(by_number[line.number], line, rules)
        assert {name: told[line.number][name] for name in FIGURES} == {
            name: expected[name] for name in FIGURES
        }


def test_what_was_downloaded_changes_nothing_when_it_is_put_back(year_one, county, as_):
    with_example(year_one, county.person("miguel"))
    year_one.refresh_from_db()
    answer = posted(as_("miguel"), year_one, document(year_one))
    assert "Nothing: the draft says the same already." in answer.text


def test_what_a_document_changes_is_read_before_it_is_kept(year_one, county, as_):
    changed = document(year_one, title="Three for all", examples=[MARISOL])
    changed["rules"]["across_the_board"]["percent"] = "3"
    client = as_("miguel")
    text = posted(client, year_one, changed).text
    assert ">2.00%</del>" in text.replace("</span>", ">")
    assert "new annual pay" in text.lower()
    assert "Examples: each comes out as written" in text
    year_one.refresh_from_db()
    assert (year_one.revision, year_one.examples) == (0, [])
    kept = {"act": "keep", "document": json.dumps(changed), "revision": "0"}
    assert client.post(plan_url(year_one, "plan_put_in"), kept).status_code == 302
    year_one.refresh_from_db()
    assert year_one.rules["across_the_board"]["percent"] == "3"
    assert year_one.examples[0]["says"] == MARISOL["says"]
    assert client.post(plan_url(year_one, "plan_put_in"), kept).status_code == 409


def changed_at(*path, value):
    def change(data):
        *above, last = path
        for key in above:
            data = data[key]
        data[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (changed_at("rules", "merit", "table", 1, "percent", value=2.5), "rules.merit.table.2.percent"),
        (changed_at("rules", "merit", "gives", value="bonus"), "“bonus” is none of steps, percent, amount."),
        (changed_at("rules", "who", "hired_by", value="9999-12-31"), "is not a day from 1900 to 2199"),
        (changed_at("title", value="x\x00"), "A character of this text can’t be shown."),
        (changed_at("title", value="x" * 161), "The title is longer than 160 characters."),
        (changed_at("rules", "fiscal_year", "ends_on", value="2028-09-30"), "the draft is of 2027."),
        (changed_at("rules", "performance_period", "starts_on", value="2025-01-01"), "No evaluation cycle"),
        (changed_at("examples", value=[{"says": "x", "case": {"rate": "1"}, "gives": {"lump": "0"}}]),
         "examples.1.case.basis"),
        (changed_at("schedule", "grades", 0, value={"grade": "C1", "steps": 5}), "“5” is not a list."),
        (changed_at("pool", value=1), "“pool” is not a part of a pay plan&#x27;s document."),
    ],
)  # fmt: skip
def test_all_that_is_wrong_in_a_document_is_named_and_nothing_is_kept(year_one, as_, change, words):
    data = document(year_one)
    change(data)
    answer = posted(as_("miguel"), year_one, data)
    assert answer.status_code == 422
    assert words in answer.text
    keep = {"act": "keep", "document": json.dumps(data), "revision": "0"}
    assert as_("miguel").post(plan_url(year_one, "plan_put_in"), keep).status_code == 422
    assert PayPlan.objects.get(pk=year_one.pk).revision == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"\xff\xfe\x00", "not a text in UTF-8"),
        (b"{", "The file is not JSON: line 1, column 2."),
        (b"[]", "This is no pay plan&#x27;s document"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "can’t be read"),
        (b'{"title": "a", "title": "b"}', "“title” is there twice in one place."),
        (b" " * (2**20 + 1), "larger than 1 MB"),
    ],
)
def test_a_file_that_is_no_document_is_refused_with_a_sentence(year_one, as_, content, words):
    answer = posted(as_("miguel"), year_one, content)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_document_says_what_of_it_is_the_county_s_own(year_one, as_):
    data = document(year_one, adopted_on="2026-08-25")
    data["schedule"]["grades"][0]["maximum"] = "99999.00"
    text = posted(as_("miguel"), year_one, data).text
    assert "A schedule in the document is not the county’s GENERAL of September 15, 2026." in text
    assert "The draft needs an order of its own." in text


def test_an_example_is_written_on_its_page_and_shown_as_passing(year_one, county, as_):
    client, url = as_("miguel"), plan_url(year_one, "plan_example_new")
    least = client.get(url).context["form"].initial["service_weight"]
    assert least == year_one.rules["who"]["at_least_service_weight"]  # without it no rating would earn
    typed = {"says": MARISOL["says"], "revision": "0"} | MARISOL["case"]
    assert client.post(url, typed).status_code == 422  # it says no figure yet
    assert "“4x” is not an amount" in client.post(url, typed | {"rate": "4x", "gives_merit": "1"}).text
    answer = client.post(url, typed | {"gives_new_annual": "$48,503.75", "gives_merit": "1298.15"})
    assert answer.status_code == 302
    text = client.get(plan_url(year_one)).text
    assert "$46,280.00 a year, FTE 1, grade C2" in text
    assert "Passes" in text
    client.post(plan_url(year_one, "plan_effects"), {})
    number = reverse("compensation:plan_example_remove", args=[2027, 1, 1])
    assert client.post(number, {"revision": "1"}).status_code == 302
    assert PayPlan.objects.get(pk=year_one.pk).examples == []


def test_an_example_has_what_a_head_proposed_what_was_earned_and_a_last_day(year_one, as_):
    facts = {"proposed": "2.5%", "earnings": "$51,000", "separated_on": "2026-12-01"}
    typed = {"says": "All facts", "revision": "0", "gives_merit": "1"} | MARISOL["case"] | facts
    assert as_("miguel").post(plan_url(year_one, "plan_example_new"), typed).status_code == 302
    text = as_("miguel").get(plan_url(year_one)).text
    for words in (
        "proposed 2.50%",
        "earned in the performance period $51,000.00",
        "separated December 1, 2026",
    ):
        assert words in text


def test_an_example_fails_whose_proposal_no_head_may_make(year_one, county, as_):
    limits = [{"level": level, "percent": ["1", "5"]} for level in (3, 4, 5)]
    rules = year_one.rules | {
        "pools": {"component": "merit", "percent": "3"},
        "proposals": {"limits": limits},
    }
    example = {
        "says": "Nine",
        "case": MARISOL["case"] | {"proposed": "9%"},
        "gives": {"across_the_board": "925.60"},
    }
    save_plan(year_one.pk, revision=0, rules=rules, examples=[example], by=county.person("miguel"), at=AT)
    text = as_("miguel").get(plan_url(year_one)).text
    assert "“Nine”: 9.00% is not within 1.00% to 5.00%, the limits for level 4." in text


def test_an_example_holds_what_years_of_service_earn(year_one, as_):
    client, url = as_("miguel"), plan_url(year_one, "plan_example_new")
    typed = {"says": MARISOL["says"], "revision": "0", "gives_tenure": "925.60"} | MARISOL["case"]
    assert client.post(url, typed).status_code == 302
    assert "Tenure, a year should be $925.60 and comes to $0.00." in client.get(plan_url(year_one)).text


def test_a_plan_with_a_failing_example_is_not_adopted(year_one, county, as_):
    by, order = county.person("miguel"), county.order("pay_plan")
    plan = with_example(year_one, by, new_annual="50000")
    words = "“Full time in C2, rated 4”: New annual pay should be $50,000.00 and comes to $48,503.75."
    with pytest.raises(Refused, match="can't be adopted") as refused:
        adopt_plan(plan.pk, order.pk, by=by, at=AT)
    assert words in str(refused.value)
    text = as_("miguel").get(plan_url(plan)).text
    assert words in text
    assert "Fails" in text
    plan = with_example(plan, by)
    assert adopt_plan(plan.pk, order.pk, by=by, at=AT).state == "adopted"
    assert copy_plan(plan.pk, by=by, at=AT).examples == plan.examples


def test_a_failing_example_says_what_the_plan_withholds_and_why(year_one, county, as_):
    client, url = as_("miguel"), plan_url(year_one, "plan_example_new")
    facts = MARISOL["case"] | {"service_weight": "", "hired_on": "2020-01-06"}
    client.post(url, {"says": "Unweighted", "revision": "0", "gives_merit": "1298.15"} | facts)
    text = client.get(plan_url(year_one)).text
    assert "hired January 6, 2020" in text
    assert "comes to $0.00. The service weight of the evaluation is not on record." in text


def test_a_failing_example_shows_the_arithmetic_of_what_comes_instead(year_one, county, as_):
    with_example(year_one, county.person("miguel"), new_annual="50000")
    assert "Across the board, 2.00% × $46,280.00: " in as_("grace").get(plan_url(year_one)).text


def test_two_versions_differ_in_the_words_of_the_policy(year_one, county, as_):
    by = county.person("miguel")
    second = copy_plan(year_one.pk, by=by, at=AT)
    assert difference(year_one, second) == []
    rules = second.rules | {"merit": None}
    second = save_plan(second.pk, revision=0, rules=rules, title="No merit", by=by, at=AT)
    changes = {each.title: each for each in difference(year_one, second)}
    assert list(changes) == ["Title", "Merit for", "Merit", "At the maximum"]
    assert changes["Merit"].now == []
    url = reverse("compensation:plan_compare", args=[2027, 2, 2027, 1])
    assert "of base pay after the raise: 3.50% for level 5" in as_("grace").get(url).text
    assert url in as_("grace").get(plan_url(second)).text


RICH = {
    "across_the_board": {"who": {"months_of_service": 1}, "percent": "2", "at_least": "5", "amount": "1"},
    "schedule": {"method": "minimum", "percent": "2", "between": "2.5"},
    "merit": {
        "gives": "percent", "by": "score", "positions": {"cuts": ["80"]}, "who": {"months_of_service": 1},
        "table": [
            {"from": "2.50", "below": "3.50", "percent": ["2", "1"]},
            {"from": "3.50", "percent": ["3", "2"]},
        ],
    },
    "lump_sum": {"gives": "percent", "by": "level", "table": [{"level": 3, "percent": "1"}]},
    "proration": {"by": "days"},
    "groups": [{"name": "Law", "members": {"grades": ["N5"]}, "rules": {"order": "additive"}}],
}  # fmt: skip
OTHER = {"days": "months", "fiscal_year": "performance_period", "compounded": "additive",
         "additive": "compounded", "split": "forfeit",
         "cent": "dollar", "half_up": "up", "minimum": "cells", "compa_ratio": "penetration", "new": "old",
         "on_date": "period_containing", "first_period_on_or_after": "on_date"}  # fmt: skip


def leaves(data, path=()):
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from leaves(value, (*path, key))
    else:
        yield path, data


def another(path, value):
    """Another value that the rule at a path may have; None where the path is the form of the rules."""
    if path[-1] in ("gives", "by") and path[0] in ("merit", "lump_sum") and "positions" not in path:
        return None
    if path[-1] in ("divisor", "follows_fte") or value in (
        "regular",
        "across_the_board",
        "merit",
        "lump_sum",
    ):
        return None  # without effect on what RICH gives, or the only choice of its kind
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1 if path[-1] != "hourly_decimals" else 2
    if value is None:
        days, figures = (
            ("hired_by", "as_of"),
            {"at_least_level": 4, "at_least_score": "3.00", "rounded_down_to": "0.3"},
        )
        return "2026-05-05" if path[-1] in days else figures.get(path[-1])
    if value in OTHER:
        return OTHER[value]
    if value.count("-") == 2:
        return "2026-12-31"
    return "Another" if value in ("Law", "N5") else "0.25"


def test_no_rule_changes_without_a_word(year_one, county):
    by = county.person("miguel")
    year_one.rules |= RICH
    rich = save_plan(year_one.pk, revision=0, rules=year_one.rules, by=by, at=AT)
    silent = []
    for path, value in leaves(rich.rules):
        new = another(path, value)
        if new is None:
            continue
        data = json.loads(json.dumps(rich.rules))
        changed_at(*path, value=new)(data)
        if not difference(
            rich, PayPlan(title=rich.title, rules=data, cycle=rich.cycle, base_on=rich.base_on)
        ):
            silent.append(".".join(map(str, path)))
    assert silent == []


def test_last_year_s_plan_is_copied_with_its_days_moved(year_one, county, as_):
    by = county.person("miguel")
    year_one.rules["who"] |= {"hired_by": "2026-02-28"}
    year_one.rules["groups"] = [
        {"name": "Law", "members": {"grades": ["C1"]}, "rules": {"who": {"hired_by": "2026-04-01"}}}
    ]
    year_one.save()
    with_example(year_one, by)
    made = copy_to_year(year_one.pk, 2028, cycle_id=county.cycle.pk, by=by, at=AT)
    rules = made.rules
    assert (made.fiscal_year, made.version, made.base_on) == (2028, 1, date(2027, 9, 15))
    assert rules["fiscal_year"] == {"starts_on": "2027-10-01", "ends_on": "2028-09-30"}
    assert (rules["effective_on"], rules["who"]["hired_by"]) == ("2027-10-01", "2027-02-28")
    assert rules["performance_period"] == {"starts_on": "2025-09-01", "ends_on": "2026-08-31"}
    assert rules["groups"][0]["rules"]["who"]["hired_by"] == "2027-04-01"
    assert made.examples[0]["case"]["hired_on"] == "2021-01-01"
    page, client = reverse("compensation:plan_new"), as_("miguel")
    year = str(PayPlan.objects.first().fiscal_year)
    assert client.post(page, {"fiscal_year": year, "kind": "copy"}).status_code == 422
    asked = {"fiscal_year": year, "kind": "copy", "source": year_one.pk, "cycle": county.cycle.pk}
    assert client.post(page, asked).status_code == 302
    assert PayPlan.objects.get(fiscal_year=2028, version=2).rules == rules


def test_pages_of_a_plan_ask_as_often_for_many_examples_as_for_one(year_one, county, as_):
    by, client = county.person("miguel"), as_("miguel")
    plan = with_example(year_one, by)
    copy_plan(plan.pk, by=by, at=AT)
    names = ("plan", "plan_effects", "plan_document", "plan_put_in", "plan_example_new")
    pages = [plan_url(plan, name) for name in names]
    pages += [reverse("compensation:plan_compare", args=[2027, 2, 2027, 1]), reverse("compensation:plan_new")]

    def asked():
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            found.append(len(queries))
        return found

    asked()  # what a process asks once
    before = asked()
    examples = [MARISOL | {"says": f"Number {number}"} for number in range(20)]
    save_plan(plan.pk, revision=1, examples=examples, by=by, at=AT)
    assert asked() == before
    assert max(before) <= 15 + 3  # three keep the session
