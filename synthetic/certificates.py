"""How the heads of the made-up county sign: one by a deputy, one anew after a second thought."""

from datetime import timedelta

from certification.services import (
    ask_to_certify,
    award_of_line,
    certify,
    delegate,
    draft_now,
    note_voids,
    possible_delegates,
    withdraw_exception,
    write_exception,
)
from certification.sets import AwardSet, Signers, awards_in
from organization.models import Department
from organization.person import Person
from synthetic.calendar_of_county import moment

AWAY = "CC"  # its head has her deputy sign
AWAY_WORDS = "I am on leave until the middle of the month. My chief deputy signs for me."
CONFERENCE = "I am at the clerks' conference and on the road this fall. My chief deputy signs for me."
EXCEPTIONS = {
    "EMS": "The supervisor was deployed with the state disaster response from February to May; the notes of "
    "each month's ride-along were read with the medic instead.",
    "RB": "The foreman of the yard retired in March, and the place was filled in June. The new foreman spoke "
    "with the employee in July.",
    "LIB": "The branch was closed for repairs from February on, and its people were lent to other branches.",
}
FRIDAY = 4
SECOND_THOUGHT = "RB"  # one exception is withdrawn after the signature, and the set is signed anew


class Signing:
    """The certificates of one run, from the day on which HR asks."""

    def __init__(self, cast, run, day):
        self.cast, self.run, self.day = cast, run, day

    def take_place(self):
        hr = self.cast.user_on("miguel", self.day)
        ask_to_certify(self.run.pk, by=hr, at=moment(self.day, 11), on=self.day)
        for _, _, act in sorted(self._acts(), key=lambda each: each[:2]):
            act()

    def _acts(self):
        """(moment, place among those of the moment, act): each head signs some days after he was asked."""
        chart = Signers(self.day)
        random = self.cast.random(f"certificates {self.run.plan.fiscal_year}")
        requests = self.run.certification_requests.select_related("department").order_by("department__name")
        for place, request in enumerate(requests):
            head = chart.certifier(request.department)
            if head is None or not head.user_id:
                continue
            signed_on = self.day + timedelta(days=random.randrange(1, 9))
            at = moment(signed_on, 9 + random.randrange(8), random.randrange(60))
            code = request.department.code if request.department else ""
            later = at + timedelta(days=3 if at.weekday() == FRIDAY else 1, hours=1)
            if code in EXCEPTIONS:
                yield at - timedelta(minutes=20), place, self._except(request.department, head, at)
            if code == AWAY and (deputy := possible_delegates(head, on=self.day).order_by("number").first()):
                yield moment(self.day, 16), place, self._delegate(request.department, head, deputy)
                yield at, place, self._sign(request.department, deputy, at)
                at = moment(self.day + timedelta(days=11), 9, 12)
            yield at, place, self._sign(request.department, head, at)
            if code == SECOND_THOUGHT:
                yield later, place, self._think_again(request.department, head, later)

    def _sign(self, department, signer, at):
        def act():
            person, chart = Person(user=signer.user, on=at.date()), Signers(at.date())
            signing = draft_now(AwardSet(self.run, department), chart, person)
            if signing.awards:
                certify(self.run.pk, _key(department), by=person, at=at, seen_hash=signing.hash)

        return act

    def _delegate(self, department, head, deputy):
        def act():
            delegate(
                [department.pk],
                deputy.pk,
                starts_on=self.day,
                last_day=self.day + timedelta(days=10),
                words=AWAY_WORDS,
                may_except=False,
                by=Person(user=head.user, on=self.day),
                at=moment(self.day, 16),
            )

        return act

    def _except(self, department, head, at):
        def act():
            for line, award in self._awards(department, at.date()):
                if award.can_be_excepted:
                    write_exception(
                        self.run.pk,
                        department.pk,
                        line,
                        reason=EXCEPTIONS[department.code],
                        by=Person(user=head.user, on=at.date()),
                        at=at - timedelta(minutes=20),
                    )

        return act

    def _think_again(self, department, head, at):
        """One exception was not so. The certificate falls, and the rest is signed anew."""

        def act():
            excepted = [line for line, award in self._awards(department, at.date()) if award.exception]
            if not excepted:
                return
            by = Person(user=head.user, on=at.date())
            withdraw_exception(self.run.pk, department.pk, excepted[-1], by=by, at=at)
            found_at = at + timedelta(minutes=4)
            note_voids(self.run.pk, by=Person.system(at.date()), at=found_at)
            self._sign(department, head, found_at + timedelta(hours=1))()

        return act

    def _awards(self, department, on):
        award_set, chart = AwardSet(self.run, department), Signers(on)
        lines = awards_in(award_set, chart).filter(case__rating__has_progress_review=False)
        for pk in lines.values_list("pk", flat=True):
            yield pk, award_of_line(award_set, chart, pk)


def _key(department):
    return department and department.pk


def clerk_is_away(cast, day):
    """The County Clerk's chief deputy can sign for her this fall."""
    clerk = cast.user_on("ruth", day)
    deputy = possible_delegates(clerk.employee, on=day).filter(user=cast.users["stephen"]).first()
    delegate(
        [Department.objects.get(code="CC").pk],
        deputy.pk,
        starts_on=day,
        last_day=day + timedelta(days=45),
        words=CONFERENCE,
        may_except=False,
        by=clerk,
        at=moment(day, 8, 10),
    )
