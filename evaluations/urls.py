from django.urls import path

from evaluations.views import cycles, journal, listing, plan, rating, record, templates, words

app_name = "evaluations"

urlpatterns = [
    path("evaluations/", listing.evaluations, name="list"),
    path("evaluations/export.<str:kind>", listing.export, name="export"),
    path("evaluations/mine/", listing.mine, name="mine"),
    path("evaluations/<int:pk>/", record.show, name="show"),
    path("evaluations/<int:pk>/rating.pdf", record.rating_pdf, name="rating_pdf"),
    path("evaluations/<int:pk>/plan/", plan.plan, name="plan"),
    path("evaluations/<int:pk>/plan/totals/", plan.plan_totals, name="plan_totals"),
    path("evaluations/<int:pk>/progress/", words.progress, name="progress"),
    path("evaluations/<int:pk>/self/", rating.self_evaluation, name="self"),
    path("evaluations/<int:pk>/self/save/", rating.save_self, name="save_self"),
    path("evaluations/<int:pk>/rate/", rating.rate, name="rate"),
    path("evaluations/<int:pk>/rate/save/", rating.save_rating, name="save_rating"),
    path("evaluations/<int:pk>/send/", record.submit, name="submit"),
    path("evaluations/<int:pk>/review/", record.review, name="review"),
    path("evaluations/<int:pk>/sign/", record.sign, name="sign"),
    path("evaluations/<int:pk>/refusal/", words.refusal, name="refusal"),
    *(
        path(f"evaluations/<int:pk>/{act.replace('_', '-')}/", record.press, {"act": act}, name=act)
        for act in record.BUTTONS
    ),
    *(
        path(f"evaluations/<int:pk>/{act.replace('_', '-')}/", words.with_reason, {"act": act}, name=act)
        for act in words.REASONS
    ),
    path("evaluations/journal/<str:number>/", journal.entries, name="journal"),
    path("evaluations/journal/entries/<int:pk>/share/", journal.share, name="share_entry"),
    path("cycles/", cycles.cycles, name="cycles"),
    path("cycles/new/", cycles.new, name="new_cycle"),
    path("cycles/<int:pk>/", cycles.cycle, name="cycle"),
    path("cycles/<int:pk>/filling/", cycles.filling, name="filling"),
    path("cycles/<int:pk>/change/", cycles.change, name="change_cycle"),
    path("cycles/<int:pk>/open/", cycles.open_cycle, name="open_cycle"),
    path("cycles/<int:pk>/close/", cycles.close, name="close_cycle"),
    path("templates/", templates.templates, name="templates"),
    path("templates/standard/", templates.load_standard, name="load_standard"),
    path("templates/new/", templates.template, name="new_template"),
    path("templates/totals/", templates.template_totals, name="template_totals"),
    path("templates/<int:pk>/", templates.template, name="template"),
    path("templates/library/", templates.library, name="library"),
    path("templates/library/new/", templates.library_element, name="new_library_element"),
    path("templates/library/<int:pk>/", templates.library_element, name="library_element"),
]
