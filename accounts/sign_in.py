"""Who is meant by what was typed, and from where: what axes counts wrong passwords by."""

from allauth.core.internal.httpkit import get_client_ip

from accounts.models import User


def name_typed(request, credentials):
    """The e-mail address or employee number of a try, in one spelling."""
    credentials = credentials or {}
    name = credentials.get("email") or credentials.get("username") or request.POST.get("login") or ""
    return name.strip().lower()


def find_user(credentials):
    name = (credentials.get("email") or credentials.get("username") or "").strip()
    if not name:
        return None
    return User.objects.filter(email__iexact=name).first() or User.objects.filter(number__iexact=name).first()


def client_ip(request):
    """Behind a proxy the address that it passes on, as ALLAUTH_TRUSTED_PROXY_COUNT says."""
    return get_client_ip(request)
