"""Every address of the contrat pro: a student’s own, those of one student, those of a year."""

from django.urls import URLPattern, URLResolver, include, path

from contratpro.agreements.views import social
from contratpro.certificates import views as certificates
from contratpro.classes.views import imports as timetables
from contratpro.classes.views import office as classes
from contratpro.export import views as export
from contratpro.incidents.views import office as incidents
from contratpro.invoices.views import cohort as invoices
from contratpro.invoices.views import student as student_invoices
from contratpro.overview import views as overview
from contratpro.service.views import imports, meetings, students
from contratpro.steps.views import grid
from contratpro.transcript import views as transcript
from contratpro.urls.own import own_pages
from contratpro.urls.student import (
    agreement_screens,
    contract_screens,
    incident_screens,
    invoices_of_student,
    pfe_screens,
    project_screens,
    sheet_screens,
    student_booklet,
    student_screens,
    student_steps,
)

cohort_steps = [
    path("", grid.step_grid, name="contract_steps"),
    path("declare/", grid.many_act, {"act": grid.DECLARE_MANY}, name="contract_steps_declare"),
    path("mark/", grid.many_act, {"act": grid.MARK_MANY}, name="contract_steps_mark"),
]
year_invoices = [
    path("", invoices.contract_invoices, name="contract_invoices"),
    path("export/<slug:kind>/", invoices.contract_invoices_export, name="contract_invoices_export"),
    path("<slug:line>/issue/", invoices.contract_invoices_issue, name="contract_invoices_issue"),
]
one_invoice = [
    path("paper/", student_invoices.invoice_paper, name="contract_invoice_paper"),
    path(
        "pay/",
        student_invoices.invoice_act,
        {"act": student_invoices.PAY},
        name="contract_invoice_pay",
    ),
    path(
        "unpay/",
        student_invoices.invoice_act,
        {"act": student_invoices.UNPAY},
        name="contract_invoice_unpay",
    ),
    path(
        "credit/",
        student_invoices.invoice_act,
        {"act": student_invoices.CREDIT},
        name="contract_invoice_credit",
    ),
]
one_absence = [
    path("grant/", incidents.absence_act, {"act": incidents.GRANT}, name="student_absence_grant"),
    path(
        "refuse/", incidents.absence_act, {"act": incidents.REFUSE}, name="student_absence_refuse"
    ),
    path(
        "cancel/", incidents.absence_act, {"act": incidents.CANCEL}, name="student_absence_cancel"
    ),
]
social_screens = [
    path("", social.social_years, name="social_years"),
    path("papers/<slug:ref>/<slug:paper>/", social.social_paper, name="social_paper"),
    path("<slug:year_slug>/", social.social_service, name="social_service"),
]
timetable = [
    path("", classes.class_week, name="class_week"),
    path("new/", classes.class_new, name="class_new"),
    path("import/", timetables.class_import, name="class_import"),
    path("import/write/", timetables.class_import_write, name="class_import_write"),
]
class_screens = [
    path("", classes.class_session, name="class_session"),
    path("change/", classes.class_change, name="class_change"),
    path("cancel/", classes.class_act, {"act": classes.CANCEL}, name="class_cancel"),
    path("restore/", classes.class_act, {"act": classes.RESTORE}, name="class_restore"),
    path("link/", classes.class_act, {"act": classes.SEND}, name="class_send"),
    path("paper/", classes.class_paper, name="class_paper"),
    path("sheet/", classes.class_sheet, name="class_sheet"),
    path("scan/", classes.class_scan, name="class_scan"),
    path("students/<slug:student_ref>/excuse/", classes.class_excuse, name="class_excuse"),
    path("students/<slug:student_ref>/correct/", classes.class_correct, name="class_correct"),
    path("students/<slug:student_ref>/document/", classes.class_document, name="class_document"),
]
certificate_screens = [
    path("", certificates.certificates, name="certificates"),
    path("<slug:semester>/order/", certificates.order, name="certificates_order"),
]
certificate_acts = [
    path("", certificates.certificate_file, name="certificate"),
    path("correct/", certificates.correct, name="certificate_correct"),
]
year_screens = [
    path("", students.contract_students, name="contract_students"),
    path("import/", imports.contract_students_import, name="contract_students_import"),
    path("import/write/", imports.contract_students_write, name="contract_students_write"),
    path("add/", students.contract_student_add, name="contract_student_add"),
    path("invite/", students.contract_students_invite, name="contract_students_invite"),
    path("heads/", students.contract_heads, name="contract_heads"),
    path("heads/<int:head_id>/remove/", students.contract_head_remove, name="contract_head_remove"),
    path("meetings/", meetings.contract_meetings, name="contract_meetings"),
    path("meetings/new/", meetings.contract_meeting_new, name="contract_meeting_new"),
    path("papers/", meetings.contract_papers, name="contract_papers"),
    path("overview/", overview.contract_overview, name="contract_overview"),
    path("export/", export.contract_export, name="contract_export"),
]
year_transcript = [
    path("", transcript.contract_transcript, name="contract_transcript"),
    path(
        "export/<slug:kind>/",
        transcript.contract_transcript_export,
        name="contract_transcript_export",
    ),
]
meeting_screens = [
    path("", meetings.contract_meeting, name="contract_meeting"),
    path("import/", imports.contract_meeting_import, name="contract_meeting_import"),
    path("import/write/", imports.contract_meeting_write, name="contract_meeting_write"),
]
service_screens: list[URLPattern | URLResolver] = [
    path("", students.contract_years, name="contract_years"),
    path("students/<slug:ref>/", include(student_screens)),
    path("meetings/<slug:ref>/", include(meeting_screens)),
    path("papers/<slug:ref>/", meetings.contract_paper_file, name="contract_paper_file"),
    path("<slug:year_slug>/", include(year_screens)),
]
urlpatterns = [
    path("contrat-pro/", include(own_pages)),
    path("admin/contrat-pro/students/<slug:ref>/steps/", include(student_steps)),
    path("admin/contrat-pro/students/<slug:ref>/sheet/", include(sheet_screens)),
    path("admin/contrat-pro/students/<slug:ref>/agreement/", include(agreement_screens)),
    path("admin/contrat-pro/students/<slug:ref>/project/", include(project_screens)),
    path("admin/contrat-pro/students/<slug:ref>/pfe/", include(pfe_screens)),
    path("admin/contrat-pro/social-service/", include(social_screens)),
    path("admin/contrat-pro/students/<slug:ref>/contract/", include(contract_screens)),
    path("admin/contrat-pro/students/<slug:ref>/booklet/", include(student_booklet)),
    path("admin/contrat-pro/classes/<slug:ref>/", include(class_screens)),
    path("admin/contrat-pro/certificates/<slug:ref>/", include(certificate_acts)),
    path("admin/contrat-pro/students/<slug:ref>/invoices/", include(invoices_of_student)),
    path("admin/contrat-pro/students/<slug:ref>/incidents/", include(incident_screens)),
    path("admin/contrat-pro/absences/<slug:ref>/", include(one_absence)),
    path(
        "admin/contrat-pro/incidents/<slug:ref>/document/",
        incidents.document,
        name="student_incident_document",
    ),
    path("admin/contrat-pro/invoices/<slug:ref>/", include(one_invoice)),
    path("admin/contrat-pro/<slug:year_slug>/invoices/", include(year_invoices)),
    path("admin/contrat-pro/<slug:year_slug>/transcript/", include(year_transcript)),
    path("admin/contrat-pro/<slug:year_slug>/steps/", include(cohort_steps)),
    path("admin/contrat-pro/<slug:year_slug>/classes/", include(timetable)),
    path("admin/contrat-pro/<slug:year_slug>/certificates/", include(certificate_screens)),
    path("admin/contrat-pro/", include(service_screens)),
]
