from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from organization import clock
from organization.person import Person


class PersonMiddleware:
    """Adds who acts and when: `request.person`, `request.at` and `request.on`, the county's time and date."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.at = clock.now()
        request.on = timezone.localdate(request.at)
        request.person = SimpleLazyObject(
            lambda: Person(user=request.user if request.user.is_authenticated else None, on=request.on)
        )
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not hasattr(view, "audience") and not request.path.startswith(settings.PATHS_WITHOUT_AUDIENCE):
            raise ImproperlyConfigured(f"The view {view.__module__}.{view.__name__} names no audience.")
