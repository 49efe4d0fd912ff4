from django.urls import path

from payroll.layouts import views as layouts
from payroll.views import differences
from payroll.views import letters as letter_views
from payroll.views import monthly as monthly_views
from payroll.views import releases as views

app_name = "payroll"
urlpatterns = [
    path("", views.batches, name="batches"),
    path("runs/<int:number>/", views.run, name="run"),
    path("runs/<int:number>/differences/", differences.differences, name="differences"),
    path("runs/<int:number>/differences/ask/", differences.ask, name="ask_to_certify_differences"),
    path("runs/<int:number>/differences/certify/", differences.certify, name="certify_differences"),
    path(
        "runs/<int:number>/differences/certify/<int:line_id>/",
        differences.exception,
        name="difference_exception",
    ),
    path(
        "runs/<int:number>/differences/certify/<int:line_id>/withdraw/",
        differences.withdraw_exception,
        name="withdraw_difference_exception",
    ),
    path("runs/<int:number>/payments/", monthly_views.payments, name="payments"),
    path("second/<int:pk>/", views.second_word, name="second_word"),
    path("releases/<int:pk>/", views.release, name="release"),
    path("releases/<int:pk>/progress/", views.release_progress, name="release_progress"),
    path("batches/<int:number>/", views.batch, name="batch"),
    path("batches/<int:number>/file.csv", views.download, name="download"),
    path("batches/<int:number>/letters/", letter_views.letters_of_batch, name="letters"),
    path("batches/<int:number>/letters/progress/", letter_views.letters_progress, name="letters_progress"),
    path("batches/<int:number>/letters.pdf", letter_views.letters_pdf, name="letters_pdf"),
    path("batches/<int:number>/letters-<int:part>.pdf", letter_views.letters_part, name="letters_part"),
    path(
        "batches/<int:number>/differences/<int:line_id>/",
        letter_views.difference_working,
        name="difference_working",
    ),
    path("batches/<int:number>/letters/<int:line_id>/", letter_views.letter, name="letter"),
    path("batches/<int:number>/letters/<int:line_id>/pdf/", letter_views.letter_pdf, name="letter_pdf"),
    path("batches/<int:number>/layouts/<int:pk>/", layouts.download_in_layout, name="download_in_layout"),
    path("layouts/", layouts.layouts, name="layouts"),
    path("layouts/new/<slug:kind>/", layouts.new_layout, name="new_layout"),
    path("layouts/<int:pk>/", layouts.edit_layout, name="edit_layout"),
    path("layouts/<int:pk>/default/", layouts.default_layout, name="default_layout"),
    path("layouts/<int:pk>/remove/", layouts.remove_layout, name="remove_layout"),
]
