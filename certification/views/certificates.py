"""A certificate as it was signed: page, PDF, check, and its place among those of the set."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from certification import permissions
from certification.document import pdf_of
from certification.history import history_of
from certification.models import Certificate
from certification.sets import AwardSet, Signers
from certification.verifying import stands, verify
from certification.views.fetching import for_certifiers, readable_set


def _readable(request, number):
    """The certificate, for whoever signed, had it signed, or may read its set; a 404 for others."""
    found = get_object_or_404(Certificate.objects.to_verify(), number=number)
    chosen = AwardSet(found.run, found.department)
    person = request.person
    if not found.is_of(person) and not permissions.can_read(person, chosen, Signers(request.on)):
        raise Http404
    return found, chosen


@for_certifiers
def certificate(request, number):
    found, chosen = _readable(request, number)
    verdict = verify(found)
    if not verdict.is_unaltered:  # what is wrong with it stands there
        return redirect("certification:verify", number)
    return render(request, "certification/certificate.html", {"set": chosen, "verdict": verdict})


@for_certifiers
def certificate_pdf(request, number):
    found, _ = _readable(request, number)
    verdict = verify(found)
    if not verdict.is_unaltered:
        return redirect("certification:verify", number)
    content = pdf_of(verdict.document, stands=stands(verdict), on=request.on)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="certificate-{found.number}.pdf"'
    return answer


@for_certifiers
def verify_certificate(request, number):
    found, _ = _readable(request, number)
    verdict = verify(found)
    return render(
        request,
        "certification/verify.html",
        {"certificate": found, "verdict": verdict, "stands": stands(verdict)},
    )


@for_certifiers
def set_history(request, number, code):
    """What was signed for a set in a fiscal year, what fell and why, and what took its place."""
    chosen, _ = readable_set(request, number, code)
    records = history_of(chosen.run, chosen.department)
    return render(
        request, "certification/history.html", {"set": chosen, "run": chosen.run, "records": records}
    )
