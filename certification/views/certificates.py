"""A certificate as it was signed: page, PDF, check, and its place among those of the set."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from certification import permissions
from certification.document import pdf_of
from certification.history import history_of, turns_of
from certification.models import Certificate
from certification.sets import AwardSet, Signers
from certification.verifying import stands, verify
from certification.views.fetching import for_certifiers, for_readers_of_certificates, readable_set


def _readable(request, number):
    """(Certificate, its AwardSet, whether that is open to the person), for whoever signed, had it signed, or
    may read the set; a 404 for others. Who signed once reads it for good, and nothing else of the set.
    """
    found = get_object_or_404(Certificate.objects.to_verify(), number=number)
    chosen = AwardSet(found.run, found.department)
    reads_set = permissions.can_read(request.person, chosen, Signers(request.on))
    if not reads_set and not found.is_of(request.person):
        raise Http404
    return found, chosen, reads_set


@for_readers_of_certificates
def certificate(request, number):
    found, chosen, reads_set = _readable(request, number)
    verdict = verify(found)
    if not verdict.is_unaltered:  # what is wrong with it stands there
        return redirect("certification:verify", number)
    return render(
        request, "certification/certificate.html", {"set": chosen, "verdict": verdict, "reads_set": reads_set}
    )


@for_readers_of_certificates
def certificate_pdf(request, number):
    found, *_ = _readable(request, number)
    verdict = verify(found)
    if not verdict.is_unaltered:
        return redirect("certification:verify", number)
    content = pdf_of(verdict.document, stands=stands(verdict), on=request.on)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="certificate-{found.number}.pdf"'
    return answer


@for_readers_of_certificates
def verify_certificate(request, number):
    found, *_ = _readable(request, number)
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
        request,
        "certification/history.html",
        {"set": chosen, "run": chosen.run, "records": records, "turns": turns_of(chosen)},
    )
