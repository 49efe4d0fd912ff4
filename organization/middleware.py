from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from organization import clock
from organization.models import the_county
from organization.person import Person


class PersonMiddleware:
    """Adds who acts, where and when: `request.person`, `.county`, and its time and date, `.at` and `.on`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.county = SimpleLazyObject(the_county)
        request.at = clock.now(request.county)
        request.on = timezone.localdate(request.at)
        request.person = SimpleLazyObject(lambda: person_of(request))
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not hasattr(view, "audience") and not request.path.startswith(settings.PATHS_WITHOUT_AUDIENCE):
            raise ImproperlyConfigured(f"The view {view.__module__}.{view.__name__} names no audience.")


def person_of(request):
    person = Person(user=request.user if request.user.is_authenticated else None, on=request.on)
    person.county = request.county
    return person
