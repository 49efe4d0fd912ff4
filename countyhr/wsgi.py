import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "countyhr.settings")

application = get_wsgi_application()
# All code is loaded now, not by the first request, and stays. A full collection would walk through it each
# time, for 60 ms in the midst of a scenario; what requests make is still collected.
get_resolver().url_patterns  # noqa: B018
gc.collect()
gc.freeze()
