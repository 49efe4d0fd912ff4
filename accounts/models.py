"""People who can sign in. What they may do follows from the organization, not from here."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower, Now


class UserManager(BaseUserManager):
    def create_user(self, email, name, password=None, *, number=None):
        """`email` may be None for someone without one, who then signs in with his employee number."""
        user = self.model(email=self.normalize_email(email) or None, name=name, number=number or None)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, name, password=None):
        user = self.create_user(email, name, password)
        user.is_staff = user.is_superuser = True
        user.save(using=self._db, update_fields=["is_staff", "is_superuser"])
        return user

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """Signs in by work e-mail or employee number, and has at least one of them.

    `is_staff` opens Django's admin, where an operator has turned it on.
    """

    email = models.EmailField(unique=True, null=True, blank=True)
    number = models.CharField(max_length=20, unique=True, null=True, blank=True, help_text="the employee's")
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(db_default=Now())

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(
                condition=models.Q(email__isnull=False) | models.Q(number__isnull=False),
                name="user_has_a_way_to_sign_in",
            ),
        ]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split(" ")[0]


class Invitation(models.Model):
    """A one-time way to set the first password, by e-mail link or by the code of a printed letter."""

    class By(models.TextChoices):
        EMAIL = "email", "E-mail"
        LETTER = "letter", "Printed letter"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    by = models.CharField(max_length=8, choices=By)
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(by__in=["email", "letter"]), name="invitation_by_known"
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")), name="invitation_expires_later"
            ),
        ]

    def __str__(self):
        return f"invitation of {self.user}"
