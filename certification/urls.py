from django.urls import path

from certification import views

app_name = "certification"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("certificates/<str:number>/", views.certificate, name="certificate"),
    path("<int:number>/", views.run, name="run"),
    path("<int:number>/ask/", views.ask, name="ask"),
    path("<int:number>/<str:code>/", views.award_set, name="set"),
    path("<int:number>/<str:code>/return/", views.return_set, name="return"),
]
