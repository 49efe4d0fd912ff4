from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("sessions/end/", views.end_sessions, name="end_sessions"),
    path("invitation/", views.enter_code, name="enter_code"),
    path("invitation/<str:code>/", views.accept, name="accept"),
    path("invite/<int:user_id>/", views.invite, name="invite"),
]
