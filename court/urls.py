from django.urls import path

from court import notice_views, views

app_name = "court"
urlpatterns = [
    path("", views.actions, name="actions"),
    path("record/", views.record_action, name="record"),
    path("members/", views.members, name="members"),
    path("notices/", notice_views.notices, name="notices"),
    path("notices/record/", notice_views.record_notice, name="record_notice"),
    path("notices/<int:pk>/proof/", notice_views.proof, name="notice_proof"),
    path("orders/<str:number>/", views.action, name="action"),
    path("orders/<str:number>/order.pdf", views.document, name="document"),
]
