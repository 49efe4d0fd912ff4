from django.apps import AppConfig


class CourtConfig(AppConfig):
    name = "court"
    verbose_name = "Commissioners Court"
