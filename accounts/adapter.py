"""How allauth does things here: no self sign-up, mail through the outbox, secrets stored encrypted."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.urls import reverse

from outbox.services import send


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "This e-mail address and password do not go together.",
        "username_password_mismatch": "This employee number and password do not go together.",
        "too_many_login_attempts": "That was wrong too often. Wait five minutes, then try again.",
        "incorrect_code": "This is not the code. It changes every 30 seconds.",
        "invalid_password_reset": "This link was used already or has expired. Ask for another.",
        "rate_limited": "That was too often. Wait a few minutes, then try again.",
    }

    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        message = self.render_mail(template_prefix, email, context | {"request": self.request})
        send(email, message.subject, message.body, about=template_prefix.rpartition("/")[2])

    def pre_authenticate(self, request, **credentials):
        """Axes alone counts wrong passwords; allauth's counter remains for the codes of second factors."""

    def get_password_change_redirect_url(self, request):
        return reverse("accounts:account")


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This is not the code. It changes every 30 seconds.",
        "cannot_generate_recovery_codes": "Add an authenticator app or a passkey first.",
    }

    def encrypt(self, text):
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _box().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user, type):
        return "Passkey"

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": "County HR"}


def _box():
    """Encrypts with SECRET_KEY, and still opens what an earlier one of SECRET_KEY_FALLBACKS has encrypted."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        Fernet(urlsafe_b64encode(sha256(f"second factor {key}".encode()).digest())) for key in keys
    )
