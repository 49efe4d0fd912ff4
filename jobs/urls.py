from django.urls import path

from jobs.views import acts, editing, listing, showing

app_name = "jobs"

urlpatterns = [
    path("", listing.descriptions, name="list"),
    path("totals/", editing.totals, name="totals"),
    path("<int:job_id>/begin/", acts.begin, name="begin"),
    path("descriptions/<int:pk>/", showing.show, name="show"),
    path("descriptions/<int:pk>/edit/", editing.edit, name="edit"),
    path("descriptions/<int:pk>/compare/<int:other>/", showing.compare, name="compare"),
    *(
        path(f"descriptions/<int:pk>/{act.replace('_', '-')}/", acts.press, {"act": act}, name=act)
        for act in acts.BUTTONS
    ),
    *(
        path(f"descriptions/<int:pk>/{act.replace('_', '-')}/", acts.give_back, {"act": act}, name=act)
        for act in acts.NOTES
    ),
]
