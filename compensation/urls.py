from django.urls import path

from compensation.views import (
    earnings,
    lines,
    plan_documents,
    plan_examples,
    plans,
    runs,
    scenarios,
    structure,
)

app_name = "compensation"
urlpatterns = [
    path("pay/structure/", structure.structure, name="structure"),
    path("pay/structure/import/", structure.import_file, name="structure_import"),
    path("pay/structure/<int:pk>/changes/", structure.changes, name="structure_changes"),
    path("pay/structure/<int:pk>/raise/", structure.raise_table, name="structure_raise"),
    path("pay/structure/<int:pk>/withdraw/", structure.withdraw_table, name="structure_withdraw"),
    path("pay/structure/<int:pk>/table.csv", structure.export, name="structure_export"),
    path("pay/earnings/", earnings.earnings, name="earnings"),
    path("pay/plans/", plans.plans, name="plans"),
    path("pay/plans/new/", plans.new, name="plan_new"),
    path("pay/plans/<int:year>v<int:version>/", plans.plan, name="plan"),
    path("pay/plans/<int:year>v<int:version>/effects/", plans.effects, name="plan_effects"),
    path("pay/plans/<int:year>v<int:version>/may-run/", plans.may_run_now, name="plan_may_run"),
    path("pay/plans/<int:year>v<int:version>/adopt/", plans.adopt, name="plan_adopt"),
    path("pay/plans/<int:year>v<int:version>/copy/", plans.copy, name="plan_copy"),
    *(
        path(f"pay/plans/<int:year>v<int:version>/{act}", view, name=name)
        for act, view, name in [
            ("plan.json", plan_documents.download, "plan_document"),
            ("document/", plan_documents.put_in, "plan_put_in"),
            ("beside/<int:other_year>v<int:other>/", plan_documents.compare, "plan_compare"),
            ("examples/new/", plan_examples.add, "plan_example_new"),
            ("examples/<int:number>/", plan_examples.change, "plan_example"),
            ("examples/<int:number>/remove/", plan_examples.remove, "plan_example_remove"),
        ]
    ),
    path("pay/scenarios/", scenarios.scenarios, name="scenarios"),
    path("pay/scenarios/<int:year>v<int:version>/begin/", scenarios.begin, name="scenarios_begin"),
    *(
        path(f"pay/scenarios/<int:year>v<int:version>/<str:letter>/{act}", view, name=name)
        for act, view, name in [
            ("", scenarios.scenario, "scenario"),
            ("seek/", scenarios.seek, "scenario_seek"),
            ("keep/", scenarios.keep, "scenario_keep"),
            ("add/", scenarios.add, "scenario_add"),
            ("remove/", scenarios.remove, "scenario_remove"),
            ("take-again/", scenarios.take_again, "scenario_take_again"),
            ("propose/", scenarios.propose, "scenario_propose"),
            ("sheet/", scenarios.sheet, "scenario_sheet"),
        ]
    ),
    path(
        "pay/scenarios/<int:year>v<int:version>/<str:letter>/sheet.pdf",
        scenarios.sheet,
        {"as_pdf": True},
        name="scenario_sheet_pdf",
    ),
    path("pay/runs/", runs.runs, name="runs"),
    path("pay/runs/start/", runs.start, name="run_start"),
    path("pay/runs/<int:number>/", runs.run, name="run"),
    path("pay/runs/<int:number>/recomputed/", runs.recomputed, name="run_recomputed"),
    path("pay/runs/<int:number>/progress/", runs.progress, name="run_progress"),
    path("pay/runs/<int:number>/cancel/", runs.cancel, name="run_cancel"),
    path("pay/runs/<int:number>/resume/", runs.resume, name="run_resume"),
    path("pay/runs/<int:number>/lines/", lines.lines, name="lines"),
    path("pay/runs/<int:number>/lines/export/<str:kind>/", lines.export, name="lines_export"),
]
