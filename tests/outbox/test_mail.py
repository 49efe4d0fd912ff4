"""What a mail looks like: lines that every program shows whole, and the address of the page it is about."""

from django.urls import reverse

from evaluations.services import plans, ratings
from outbox.models import Message
from outbox.services import WIDTH, link, wrapped
from tests.evaluations.conftest import desk  # noqa: F401 (fixture)
from tests.world import AT


def test_long_lines_are_wrapped_and_addresses_are_not_broken():
    address = "https://hr.county.gov/" + "a-very-long-address/" * 6

    lines = wrapped(f"{'word ' * 40}\n\n- {'reason ' * 20}\n\n{address}").splitlines()

    assert max(len(line) for line in lines if line != address) <= WIDTH
    assert address in lines
    assert [line[:3] for line in lines if "reason" in line][:2] == ["- r", "  r"]
    assert lines.count("") == 2


def test_each_mail_of_an_evaluation_leads_to_its_page(desk, world):  # noqa: F811
    evaluation = desk.planning()
    plans.issue_plan(evaluation.pk, by=world.person("denise"), at=AT)
    assert led_to("evaluation.plan_issued") == f"/evaluations/{evaluation.pk}/"

    evaluation = desk.rated("quang")
    ratings.return_rating(evaluation.pk, note="Too few facts.", by=world.person("stephen"), at=AT)
    assert led_to("evaluation.returned") == reverse("evaluations:rate", args=[evaluation.pk])

    evaluation = desk.rated("stephen")
    ratings.approve(evaluation.pk, by=world.person("ruth"), at=AT)
    ratings.release(evaluation.pk, by=world.person("ruth"), at=AT)
    assert led_to("evaluation.released") == reverse("evaluations:sign", args=[evaluation.pk])


def led_to(about):
    """The path of the one address in the mail, which stands on a line of its own."""
    body = Message.objects.get(about=about).body
    (line,) = [line for line in body.splitlines() if "://" in line]
    assert line.startswith(link("reports:home"))
    return line.removeprefix(link("reports:home").rstrip("/"))
