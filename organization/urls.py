from django.urls import path

from organization.views import county, departments, people, roster

app_name = "organization"
urlpatterns = [
    path("people/", people.people, name="directory"),
    path("people/export/csv/", people.export, {"kind": "csv"}, name="export_csv"),
    path("people/export/xlsx/", people.export, {"kind": "xlsx"}, name="export_xlsx"),
    path("people/add/person/", people.add, name="add_person"),
    path("people/suggest/people/", people.suggest_people, name="suggest_people"),
    path("people/suggest/jobs/", people.suggest_jobs, name="suggest_jobs"),
    path("people/<str:number>/", people.person, name="person"),
    path("people/<str:number>/change/", people.change, name="change"),
    path("people/<str:number>/correct/", people.correct, name="correct"),
    path("people/<str:number>/separate/", people.separate, name="separate"),
    path("people/<str:number>/account/", people.open_account, name="open_account"),
    path("departments/", departments.departments, name="departments"),
    path("departments/add/department/", departments.add_department, name="add_department"),
    path("departments/<str:code>/", departments.department, name="department"),
    path("departments/<str:code>/head/", departments.set_head, name="set_head"),
    path("departments/<str:code>/change/", departments.change_department, name="change_department"),
    path("roster/", roster.imports, name="imports"),
    path("roster/upload/", roster.upload, name="upload"),
    path("roster/<int:import_id>/", roster.roster_import, name="import"),
    path("roster/<int:import_id>/columns/", roster.match_columns, name="match_columns"),
    path("roster/<int:import_id>/changes/", roster.changes, name="import_changes"),
    path("roster/<int:import_id>/refused/", roster.refused_rows, name="refused_rows"),
    path("roster/<int:import_id>/apply/", roster.apply, name="apply"),
    path("roster/<int:import_id>/discard/", roster.discard, name="discard"),
    path("roster/mappings/<int:mapping_id>/delete/", roster.delete_mapping, name="delete_mapping"),
    path("roles/", county.roles, name="roles"),
    path("roles/grant/", county.grant_role, name="grant_role"),
    path("roles/account/", county.outside_account, name="outside_account"),
    path("roles/<int:grant_id>/end/", county.revoke_role, name="revoke_role"),
    path("county/", county.county, name="county"),
    path("county/holidays/fill/", county.fill_holidays, name="fill_holidays"),
    path("county/holidays/remove/", county.remove_holiday, name="remove_holiday"),
]
