from django.apps import AppConfig


class OvertimeConfig(AppConfig):
    name = "overtime"
    verbose_name = "Overtime on lump sums"
