from allauth.account import views as allauth_account
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import services
from accounts.actor import Actor
from accounts.audience import for_signed_in, for_those_who_invite, public
from accounts.devices import device_name
from accounts.forms import FirstPasswordForm, InvitationCodeForm, InviteForm
from accounts.models import User
from accounts.permissions import can_invite
from audit.services import record


@for_signed_in
def account(request):
    """One's own account: name, password, second factors, where one is signed in."""
    factors = Authenticator.objects.filter(user=request.user).order_by("created_at")
    sessions = UserSession.objects.purge_and_list(request.user)
    return render(
        request,
        "accounts/account.html",
        {
            "has_app": any(factor.type == Authenticator.Type.TOTP for factor in factors),
            "passkeys": [factor for factor in factors if factor.type == Authenticator.Type.WEBAUTHN],
            "recovery_codes": next(
                (factor.wrap() for factor in factors if factor.type == Authenticator.Type.RECOVERY_CODES),
                None,
            ),
            "sessions": [
                {
                    "session": session,
                    "device": device_name(session.user_agent),
                    "is_this": session.is_current(),
                }
                for session in sorted(sessions, key=lambda session: session.created_at, reverse=True)
            ],
        },
    )


@for_signed_in
@require_POST
def end_sessions(request):
    """Sign out everywhere else, or in one other place."""
    others = [
        session for session in UserSession.objects.purge_and_list(request.user) if not session.is_current()
    ]
    if wanted := request.POST.get("session"):
        others = [session for session in others if str(session.pk) == wanted]
    for session in others:
        session.end()
        record(
            "session.ended",
            request.user,
            by=Actor.of(request.user, request),
            at=request.at,
            after={"device": device_name(session.user_agent), "address": session.ip},
        )
    if others:
        messages.success(request, "Signed out there." if wanted else "Signed out everywhere else.")
    return redirect("accounts:account")


@public
def sign_out(request):
    """Sign out, and have the browser forget what it kept for this person."""
    response = allauth_account.logout(request)
    if isinstance(response, HttpResponseRedirect):
        response["Clear-Site-Data"] = '"storage"'
    return response


@public
@never_cache
def enter_code(request):
    """For the code of a printed letter."""
    form = InvitationCodeForm(request.POST or None)
    if form.is_valid():
        try:
            services.open_invitation(form.cleaned_data["code"], at=request.at)
        except services.InvitationRefused as problem:
            form.add_error("code", str(problem))
        else:
            return redirect("accounts:accept", code=services.plain(form.cleaned_data["code"]))
    return render(request, "accounts/enter_code.html", {"form": form}, status=400 if form.errors else 200)


@public
@never_cache
@sensitive_post_parameters("password1", "password2")
def accept(request, code):
    """Choose the first password. Only the POST uses the code up: mail scanners follow links."""
    try:
        invitation = services.open_invitation(code, at=request.at)
        form = FirstPasswordForm(request.POST or None, user=invitation.user)
        if form.is_valid():
            user = services.accept_invitation(code, form.cleaned_data["password1"], at=request.at)
            messages.success(request, f"Your password is set. Sign in with {user.email or user.number}.")
            return redirect("account_login")
    except services.InvitationRefused as problem:
        return render(request, "accounts/invitation_refused.html", {"problem": str(problem)}, status=410)
    context = {"form": form, "invited": invitation.user}
    return render(request, "accounts/accept.html", context, status=400 if form.errors else 200)


@for_those_who_invite
@never_cache
def invite(request, user_id):
    """Invite someone by e-mail, or show the letter to print: its code is shown this once."""
    user = get_object_or_404(User, pk=user_id)
    if not can_invite(request.person, user):
        raise Http404
    form = InviteForm(request.POST or None, user=user)
    if form.is_valid():
        via = form.cleaned_data["via"]
        try:
            code = services.invite_user(user, by=request.person, at=request.at, via=via)
        except services.InvitationRefused as problem:
            form.add_error(None, str(problem))
        else:
            if via == "letter":
                return _letter(request, user, code)
            messages.success(request, f"An invitation is on its way to {user.email}.")
            return redirect("accounts:invite", user_id=user.pk)
    context = {"form": form, "invited": user, "last": user.invitations.order_by("-created_at").first()}
    return render(request, "accounts/invite.html", context, status=400 if form.errors else 200)


def _letter(request, user, code):
    context = {
        "invited": user,
        "code": services.in_groups(code),
        "address": request.build_absolute_uri(reverse("accounts:enter_code")),
        "until": request.at + services.INVITATION_LASTS,
    }
    return render(request, "accounts/letter.html", context)
