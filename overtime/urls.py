from django.urls import path

from overtime import views

app_name = "overtime"
urlpatterns = [
    path("", views.worksheets, name="worksheets"),
    path("new/", views.new, name="new"),
    path("rows/<str:kind>-<int:number>.csv", views.rows_to_fill, name="rows_to_fill"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/columns/", views.match_columns, name="match_columns"),
    path("<int:pk>/keep/", views.keep, name="keep"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("<int:pk>/weeks.csv", views.weeks, name="weeks"),
    path("<int:pk>/payroll.csv", views.payroll, name="payroll"),
    path("<int:pk>/people/<int:person_id>/", views.person, name="person"),
]
