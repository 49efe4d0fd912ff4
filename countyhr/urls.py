from django.conf import settings
from django.urls import include, path

from countyhr import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("account/", include("accounts.sign_in_urls")),
    path("account/", include("accounts.urls")),
    path("look/", include("look.urls")),
    path("", include("organization.urls")),
    path("jobs/", include("jobs.urls")),
    path("court/", include("court.urls")),
    path("", include("evaluations.urls")),
    path("certification/", include("certification.urls")),
    path("payroll/", include("payroll.urls")),
    path("overtime/", include("overtime.urls")),
    path("impact/", include("impact.urls")),
    path("", include("compensation.urls")),
    path("", include("proposals.urls")),
    path("", include("reports.urls")),
]

handler400 = "look.views.bad_request"
handler403 = "look.views.permission_denied"
handler404 = "look.views.page_not_found"
handler500 = "look.views.server_error"

if settings.ADMIN:
    from allauth.account.decorators import secure_admin_login
    from django.contrib import admin

    admin.site.login = secure_admin_login(admin.site.login)  # our sign-in, second factor included
    urlpatterns.append(path("admin/", admin.site.urls))
