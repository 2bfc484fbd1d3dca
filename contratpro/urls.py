from django.urls import include, path

from contratpro.steps.views import grid
from contratpro.steps.views import student as steps
from contratpro.student.views import acts, files, public

cohort_steps = [
    path("", grid.step_grid, name="contract_steps"),
    path("declare/", grid.many_act, {"act": grid.DECLARE_MANY}, name="contract_steps_declare"),
    path("mark/", grid.many_act, {"act": grid.MARK_MANY}, name="contract_steps_mark"),
]
student_steps = [
    path("", steps.student_steps, name="student_steps"),
    path("mark/give/", steps.mark_act, {"act": steps.OVERRIDE}, name="student_mark_give"),
    path("mark/lift/", steps.mark_act, {"act": steps.LIFT}, name="student_mark_lift"),
    path("<slug:key>/done/", steps.declare, name="student_step_declare"),
    path("<slug:key>/points/", steps.step_act, {"act": steps.MARK}, name="student_step_mark"),
    path("<slug:key>/return/", steps.step_act, {"act": steps.RETURN}, name="student_step_return"),
    path("<slug:key>/reopen/", steps.step_act, {"act": steps.REOPEN}, name="student_step_reopen"),
]
own_pages = [
    path("", files.own_list, name="contract_files"),
    path("<slug:year_slug>/scale/", public.scale, name="contract_scale"),
    path("<slug:ref>/", files.own_file, name="contract_file"),
    path("<slug:ref>/identity/", files.identity, name="contract_identity"),
    path("<slug:ref>/circumstances/", files.circumstances, name="contract_circumstances"),
    path("<slug:ref>/papers/<slug:paper_ref>/", files.paper, name="contract_paper"),
    path("<slug:ref>/risks/<slug:key>/", acts.risk, name="contract_risk"),
    path("<slug:ref>/steps/<slug:key>/", acts.step_done, name="contract_step_done"),
]
urlpatterns = [
    path("contrat-pro/", include(own_pages)),
    path("admin/contrat-pro/students/<slug:ref>/steps/", include(student_steps)),
    path("admin/contrat-pro/<slug:year_slug>/steps/", include(cohort_steps)),
]
