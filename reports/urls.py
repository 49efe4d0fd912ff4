from django.urls import path

from reports import history_views, views

app_name = "reports"
urlpatterns = [
    path("", views.home, name="home"),
    path("home/figures/", views.home_figures, name="home_figures"),
    path("my-pay/", views.my_pay, name="my_pay"),
    path("pay/runs/<int:number>/steps/", views.run_steps, name="run_steps"),
    path("pay/runs/<int:number>/stale/", views.run_stale, name="run_stale"),
    path("pay/awards/<int:line_id>/", views.award, name="award"),
    path("pay/awards/<int:line_id>/award.pdf", views.award_pdf, name="award_pdf"),
    path("history/", history_views.history, name="history"),
    path("history/export.csv", history_views.history_export, name="history_export"),
    path("history/<int:entry_id>/", history_views.history_entry, name="history_entry"),
]
