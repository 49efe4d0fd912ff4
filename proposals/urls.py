from django.urls import path

from organization import addresses  # noqa: F401 - registers <office:code>
from proposals.views import files, plans, sheets

app_name = "proposals"
PLAN = "pay/proposals/<int:year>v<int:version>/"
SHEET = PLAN + "<office:code>/"
urlpatterns = [
    path("pay/proposals/", plans.overview, name="overview"),
    path(PLAN, plans.plan, name="plan"),
    path(PLAN + "pools.<str:kind>", plans.export, name="export"),
    path(PLAN + "used", plans.used, name="used"),
    path(PLAN + "work-out", plans.work_out, name="work_out"),
    path(PLAN + "accept", plans.accept, name="accept"),
    path(SHEET, sheets.sheet, name="sheet"),
    *(
        path(SHEET + act, view, name=name)
        for act, view, name in [
            ("save", sheets.save, "save"),
            ("scale", files.scale, "scale"),
            ("send", sheets.send, "send"),
            ("send-back", sheets.send_back, "send_back"),
            ("read", files.read, "read"),
            ("take", files.take, "take"),
            ("proposals.<str:kind>", files.download, "download"),
        ]
    ),
]
