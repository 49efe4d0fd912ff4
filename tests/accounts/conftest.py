import pytest
from django.urls import reverse

from audit.models import Entry
from tests.world import PASSWORD


@pytest.fixture
def acts(world):
    """The acts written since the world was built, oldest first: [(act, who, about whom)]."""
    before = Entry.objects.values_list("pk", flat=True).first() or 0

    def written():
        entries = Entry.objects.acts().filter(pk__gt=before).order_by("pk")
        return [(entry.act, entry.actor_name, entry.subject_name) for entry in entries]

    return written


@pytest.fixture
def sign_in(client):
    def post(name, password=PASSWORD, **extra):
        return client.post(reverse("account_login"), {"login": name, "password": password}, **extra)

    return post
