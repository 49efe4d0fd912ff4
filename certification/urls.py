from django.urls import path

from certification.views import certificates, delegations, sets, single_awards
from organization import addresses  # noqa: F401 - registers <office:code>

app_name = "certification"
urlpatterns = [
    path("", sets.overview, name="overview"),
    path("delegations/", delegations.delegations, name="delegations"),
    path("delegations/<int:pk>/revoke/", delegations.revoke, name="revoke"),
    path("certificates/<str:number>/", certificates.certificate, name="certificate"),
    path("certificates/<str:number>/certificate.pdf", certificates.certificate_pdf, name="certificate_pdf"),
    path("certificates/<str:number>/verify/", certificates.verify_certificate, name="verify"),
    path("<int:number>/", sets.run, name="run"),
    path("<int:number>/ask/", sets.ask, name="ask"),
    path("<int:number>/<office:code>/", sets.award_set, name="set"),
    path("<int:number>/<office:code>/return/", sets.return_set, name="return"),
    path("<int:number>/<office:code>/certificates/", certificates.set_history, name="history"),
    path("<int:number>/<office:code>/exceptions/<int:line_id>/", single_awards.exception, name="exception"),
    path(
        "<int:number>/<office:code>/exceptions/<int:line_id>/withdraw/",
        single_awards.withdraw_exception,
        name="withdraw_exception",
    ),
    path("<int:number>/<office:code>/left-out/<int:line_id>/", single_awards.withhold, name="withhold"),
    path("<int:number>/<office:code>/left-out/<int:line_id>/back/", single_awards.put_back, name="put_back"),
]
