from django.urls import path

from jobs import views

app_name = "jobs"

urlpatterns = [
    path("", views.descriptions, name="list"),
    path("totals/", views.totals, name="totals"),
    path("<int:job_id>/begin/", views.begin, name="begin"),
    path("descriptions/<int:pk>/", views.show, name="show"),
    path("descriptions/<int:pk>/edit/", views.edit, name="edit"),
    path("descriptions/<int:pk>/compare/<int:other>/", views.compare, name="compare"),
    *(
        path(f"descriptions/<int:pk>/{act.replace('_', '-')}/", views.press, {"act": act}, name=act)
        for act in views.BUTTONS
    ),
    *(
        path(f"descriptions/<int:pk>/{act.replace('_', '-')}/", views.give_back, {"act": act}, name=act)
        for act in views.NOTES
    ),
]
