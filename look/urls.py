from django.conf import settings
from django.urls import path

from look import views

app_name = "look"

urlpatterns = [path("theme", views.theme, name="theme")]

if not getattr(settings, "PRODUCTION", False):
    urlpatterns.append(path("parts", views.parts, name="parts"))
