"""The acts of a year in a county that begins with nothing, on days that a test chooses."""

import json
import time
from datetime import UTC, date, datetime
from io import StringIO

from django.core.management import call_command

from accounts.models import User
from certification import services as certification
from certification.sets import AwardSet, Signers
from compensation.models import Run
from compensation.services import plans as pay_plans
from compensation.services.runs import start_run
from court import services as court
from court.models import Seat
from evaluations.models import Evaluation
from evaluations.services import journal, plans, ratings, saving, signing, under_way
from organization.models import Department
from organization.person import Person
from payroll import services as payroll
from payroll.models import Release
from payroll.readiness import sum_up
from payroll.releasing import release_here
from tests.workers import worker

ADMINISTRATOR = "pat@county.example"


class Year:
    """The county on a day that the test chooses. People are known by their numbers."""

    def __init__(self, folder, supervisors, *, court_clerk):
        self.folder, self.supervisors, self.court_clerk = folder, supervisors, court_clerk
        self.turn_to(date(2025, 8, 1))

    def turn_to(self, day):
        self.on, self.at = day, datetime(day.year, day.month, day.day, 15, tzinfo=UTC)

    def by(self, who=ADMINISTRATOR):
        found = {"number": who} if who.startswith("R-") else {"email": who}
        return Person(user=User.objects.get(**found), on=self.on)

    @property
    def acting(self):
        return {"by": self.by(), "at": self.at}

    def command(self, *words, file=None):
        """Run an operator's command as the administrator, and return what it answers in JSON."""
        if file:
            (self.folder / file[0]).write_text(file[1])
            words = (words[0], self.folder / file[0], *words[1:])
        acted = ("--by", ADMINISTRATOR, "--as-of", self.on.isoformat())
        out = StringIO()
        call_command(*map(str, words), "--json", *acted, stdout=out)
        return json.loads(out.getvalue())

    def order(self, number, purpose):
        votes = [(seat, "aye") for seat in Seat.objects.in_force(self.on).order_by("position")]
        fields = {
            "number": number, "purpose": purpose, "title": f"Order {number}", "meeting_on": self.on,
            "effective_on": self.on, "motion": "Moved.", "mover": "Member 2", "seconder": "Member 3",
        }  # fmt: skip
        return court.record_action(fields, votes, by=self.by(self.court_clerk), at=self.at)

    def plan(self, cycle, numbers):
        """Each supervisor issues the plan, each employee acknowledges it."""
        for number in numbers:
            pk = evaluation_of(cycle, number).pk
            plans.issue_plan(pk, by=self.by(self.supervisors[number]), at=self.at)
            plans.acknowledge_plan(pk, by=self.by(number), at=self.at)

    def review_progress(self, cycle, numbers):
        for number in numbers:
            said = {"on": self.on, "progress": "on_track", "narrative": "Going well."}
            rater = self.by(self.supervisors[number])
            under_way.add_progress_review(evaluation_of(cycle, number).pk, **said, by=rater, at=self.at)

    def rate(self, cycle, levels):
        """From the self-evaluation to the signature, each step by whose it is. `levels` by number."""
        for number, level in levels.items():
            evaluation = evaluation_of(cycle, number)
            supervisor = self.supervisors[number]
            rater = {"by": self.by(supervisor), "at": self.at}
            under_way.submit_self(evaluation.pk, by=self.by(number), at=self.at)
            for element in evaluation.elements.all():
                of_element = {"element_id": element.pk, "base": 0, **rater}
                saving.save_rating(evaluation.pk, field="level", value=level, **of_element)
                if level in (1, 2, 5):
                    saving.save_rating(evaluation.pk, field="narrative", value="word " * 40, **of_element)
                    journal.state_evidence(evaluation.pk, element_id=element.pk, text="Seen.", **rater)
            ratings.submit_rating(evaluation.pk, **rater)
            reviewer = self.supervisors.get(supervisor, supervisor)
            ratings.approve(evaluation.pk, by=self.by(reviewer), at=self.at)
            ratings.release(evaluation.pk, **rater)
            signing.sign_evaluation(evaluation.pk, by=self.by(number), at=self.at)

    def adopt(self, fiscal_year, kind, cycle, number):
        """A plan that asks for no months in the position, which this roster does not know, by its order."""
        plan = pay_plans.create_plan(fiscal_year, kind, cycle_id=cycle.pk, **self.acting)
        rules = {**plan.rules, "who": {**plan.rules["who"], "months_in_position": 0}}
        plan = pay_plans.save_plan(
            plan.pk, revision=plan.revision, rules=rules, base_on=plan.base_on, cycle_id=cycle.pk,
            schedule_codes=plan.schedule_codes, title=plan.title, **self.acting,
        )  # fmt: skip
        order = self.order(number, "pay_plan")
        return pay_plans.adopt_plan(plan.pk, order.pk, revision=plan.revision, **self.acting)

    def run(self, plan):
        """Compute the plan in real workers; the command computes the same, to the byte."""
        with worker():
            run = start_run(plan.pk, **self.acting)
            until = time.monotonic() + 60
            while run.state != Run.State.DONE and time.monotonic() < until:
                time.sleep(0.1)
                run.refresh_from_db()
        assert self.command("pay_run", f"FY{plan.fiscal_year}", "--dry-run")["result_hash"] == run.result_hash
        return run

    def ask(self, run):
        certification.ask_to_certify(run.pk, on=self.on, **self.acting)

    def certify(self, run, code, who):
        department = Department.objects.filter(code=code).first()
        award_set = AwardSet(run, department)
        read = certification.draft_now(award_set, Signers(self.on), self.by(who)).hash
        certification.certify(
            run.pk, department and department.pk, by=self.by(who), at=self.at, seen_hash=read
        )

    def ask_to_release(self, run, order, who):
        """A batch, or the request for a second word where the clerk's own line is in it."""
        word = {"by": self.by(who), "at": self.at, "seen": sum_up(run).seen, "in_background": False}
        made = payroll.release(run.pk, order.pk, **word)
        return made if made.state == Release.State.ASKED else release_here(made)

    def give_second_word(self, asked, who):
        word = {"by": self.by(who), "at": self.at, "seen": sum_up(asked.run).seen, "in_background": False}
        return release_here(payroll.release_as_second(asked.pk, **word))


def evaluation_of(cycle, number):
    return Evaluation.objects.get(cycle=cycle, employee__number=number)
