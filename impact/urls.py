from django.urls import path

from impact import views

app_name = "impact"
urlpatterns = [
    path("", views.files, name="files"),
    path("people.csv", views.people, name="people"),
    path("<int:pk>/", views.report, name="report"),
    path("<int:pk>/columns/", views.match_columns, name="match_columns"),
    path("<int:pk>/report.csv", views.export, name="export"),
    path("<int:pk>/delete/", views.delete, name="delete"),
]
