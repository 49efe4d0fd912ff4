from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.audience import for_signed_in
from court import permissions, services
from court.models import Notice
from court.notice_form import NoticeForm, officers_on
from court.notices import is_in_time, last_day_to_publish
from organization.audience import for_roles
from organization.models import Role, the_county
from organization.refusal import Refused


@for_signed_in
def notices(request):
    """The register of published notices. They were in the newspaper: everybody may read them."""
    days = the_county().officer_notice_days
    found = Notice.objects.defer("proof").select_related("corrected_by").prefetch_related("officers")
    page = Paginator(found, 10).get_page(request.GET.get("page"))
    for notice in page:
        notice.is_in_time = is_in_time(notice.published_on, notice.meeting_on, days)
        notice.last_day = last_day_to_publish(notice.meeting_on, days)
    context = {"page": page, "days": days, "can_record": permissions.can_record(request.person)}
    return render(request, "court/notices.html", context)


@for_roles(Role.COURT_CLERK)
def record_notice(request):
    corrects = None
    if wanted := request.GET.get("corrects", ""):
        corrects = get_object_or_404(Notice.objects.defer("proof"), pk=wanted if wanted.isdecimal() else None)
    form = NoticeForm(
        request.POST or None,
        request.FILES or None,
        officers=officers_on(request.on),
        today=request.on,
        initial=_initial(corrects),
    )
    if request.method == "POST" and form.is_valid():
        proof, content = form.cleaned_data["proof"], None
        if proof:
            proof.seek(0)
            content = proof.read()
        try:
            notice = services.record_notice(
                {name: form.cleaned_data[name] for name in ("newspaper", "published_on", "meeting_on")},
                form.noticed,
                by=request.person,
                at=request.at,
                proof=content,
                proof_name=proof.name[:200] if proof else "",
                corrects=corrects,
            )
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"The notice in the {notice.newspaper} is on record.")
            return redirect("court:notices")
    context = {"form": form, "corrects": corrects, "days": the_county().officer_notice_days}
    return render(request, "court/record_notice.html", context, status=422 if form.errors else 200)


def _initial(corrects):
    if corrects is None:
        return {}
    found = {name: getattr(corrects, name) for name in ("newspaper", "published_on", "meeting_on")}
    for each in corrects.officers.all():
        for name in ("current_salary", "proposed_salary", "current_expenses", "proposed_expenses"):
            found[f"{name}_{each.employee_id}"] = getattr(each, name)
    return found


@for_signed_in
def proof(request, pk):
    """The proof of publication: a page of a newspaper."""
    found = get_object_or_404(Notice, pk=pk)
    if not found.proof:
        raise Http404("No proof is attached.")
    answer = HttpResponse(bytes(found.proof), content_type="application/pdf")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.proof_name)}"
    return answer
