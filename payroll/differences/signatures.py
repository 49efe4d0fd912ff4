"""What holds a corrected award back from certification, by the rules of the first one (PAY-9)."""

from hashlib import sha256

from certification.checks import find_problems
from certification.services import minimum_service_weight
from certification.standing import exceptions_for
from evaluations.models import RatingOfRecord
from organization.models import the_county
from payroll.models import DifferenceCertificate


def with_signatures(run, found):
    """The Found of a run; those that need a certificate with rating, problems, exception and certificate."""
    asked = [each for each in found if each.needs_certificate]
    if not asked:
        return found
    signed = DifferenceCertificate.objects.filter(line__in=[each.line.pk for each in asked])
    by_digest = {each.digest: each for each in signed.select_related("exception")}
    ratings = RatingOfRecord.objects.filter(
        cycle=run.plan.cycle_id,
        employee__in=[each.line.employee_id for each in asked],
        evaluation__superseded_by=None,
    ).order_by("version")
    ratings = {each.employee_id: each for each in ratings}
    exceptions, least = exceptions_for(ratings.values()), minimum_service_weight(run, the_county())

    def signed_or_not(each):
        rating = ratings.get(each.line.employee_id)
        exception = rating and exceptions.get(rating.pk)
        digest = _digest(each, rating, exception)
        return each._replace(
            rating=rating,
            exception=exception,
            digest=digest,
            certificate=by_digest.get(digest),
            problems=find_problems(rating, minimum_service_weight=least, is_excepted=exception is not None),
        )

    return [signed_or_not(each) if each.needs_certificate else each for each in found]


def _digest(found, rating, exception):
    """That of figures, rating and exception: where one of them is another, the signature counts no more."""
    rests_on = rating and (rating.content_hash, rating.has_progress_review, rating.is_signed)
    written = exception and (exception.pk, exception.reason)
    return sha256(f"{found.digest} {rests_on} {written}".encode()).hexdigest()
