from django.urls import path

from court import views

app_name = "court"
urlpatterns = [
    path("", views.actions, name="actions"),
    path("record/", views.record_action, name="record"),
    path("members/", views.members, name="members"),
    path("<str:number>/", views.action, name="action"),
    path("<str:number>/order.pdf", views.document, name="document"),
]
