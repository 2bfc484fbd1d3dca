from django.urls import URLPattern, URLResolver, include, path

from contratpro.agreements.views import office as agreements
from contratpro.agreements.views import own as own_agreements
from contratpro.agreements.views import social
from contratpro.certificates import views as certificates
from contratpro.classes.views import imports as timetables
from contratpro.classes.views import office as classes
from contratpro.classes.views import own as booklets
from contratpro.classes.views import teacher
from contratpro.contracts.views import office as contracts
from contratpro.contracts.views import own as own_contracts
from contratpro.incidents.views import office as incidents
from contratpro.incidents.views import own as own_incidents
from contratpro.invoices.views import cohort as invoices
from contratpro.invoices.views import student as student_invoices
from contratpro.offers import views as offers
from contratpro.pfe.views import following as pfe
from contratpro.pfe.views import own as own_pfe
from contratpro.projects.views import following as projects
from contratpro.projects.views import own as own_projects
from contratpro.service.views import conditions, imports, meetings, students
from contratpro.service.views import files as student_files
from contratpro.sheets.views import answers, asking, own, printing
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
sheet_screens = [
    path("", answers.student_sheet, name="student_sheet"),
    path(
        "validate/",
        answers.answer_sheet,
        {"act": answers.VALIDATE},
        name="student_sheet_validate",
    ),
    path("return/", answers.answer_sheet, {"act": answers.RETURN}, name="student_sheet_return"),
    path("home-school/", answers.home_signature, name="student_sheet_sign"),
    path("home-school/link/", asking.office_ask_home, name="student_sheet_ask_home"),
    path("versions/<int:number>/", printing.student_pdf, name="student_sheet_pdf"),
    path("home-school/scan/", answers.home_scan, name="student_sheet_scan"),
]
agreement_screens = [
    path("", agreements.student_agreement, name="student_agreement"),
    path("prepare/", agreements.prepare, name="student_agreement_prepare"),
    path("<int:number>/paper/", agreements.paper, name="student_agreement_paper"),
    path("<int:number>/scan/<slug:party>/", agreements.scan, name="student_agreement_scan"),
    path(
        "<int:number>/record/",
        agreements.record,
        {"act": agreements.RECEIVED},
        name="student_agreement_record",
    ),
    path(
        "<int:number>/sign/",
        agreements.record,
        {"act": agreements.SCHOOL_SIGNS},
        name="student_agreement_sign",
    ),
    path(
        "<int:number>/receive/",
        agreements.act_on,
        {"act": agreements.RECEIVE},
        name="student_agreement_receive",
    ),
    path(
        "<int:number>/return/",
        agreements.act_on,
        {"act": agreements.RETURN},
        name="student_agreement_return",
    ),
    path(
        "<int:number>/company/",
        agreements.act_on,
        {"act": agreements.TO_COMPANY},
        name="student_agreement_company",
    ),
    path(
        "<int:number>/social-service/",
        agreements.act_on,
        {"act": agreements.TO_SOCIAL_SERVICE},
        name="student_agreement_social",
    ),
]
year_invoices = [
    path("", invoices.contract_invoices, name="contract_invoices"),
    path("export/<slug:kind>/", invoices.contract_invoices_export, name="contract_invoices_export"),
    path("<slug:line>/issue/", invoices.contract_invoices_issue, name="contract_invoices_issue"),
]
invoices_of_student = [
    path("", student_invoices.student_invoices, name="student_invoices"),
    path("payer/", student_invoices.student_payer, name="student_payer"),
    path(
        "<slug:line>/issue/", student_invoices.student_invoice_issue, name="student_invoice_issue"
    ),
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
incident_screens = [
    path("", incidents.student_incidents, name="student_incidents"),
    path("report/", incidents.report, name="student_incident_report"),
    path("breach/", incidents.student_act, {"act": incidents.BREAK}, name="student_breach"),
    path(
        "breach/undo/",
        incidents.student_act,
        {"act": incidents.TAKE_BACK},
        name="student_breach_undo",
    ),
    path("absence/", incidents.student_act, {"act": incidents.ASK}, name="student_absence_ask"),
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
own_incident_pages = [
    path("", own_incidents.own_incidents, name="contract_incidents"),
    path("report/", own_incidents.own_report, name="contract_incident_report"),
    path(
        "<slug:incident_ref>/document/",
        own_incidents.own_document,
        name="contract_incident_document",
    ),
    path("absence/", own_incidents.own_ask, name="contract_absence_ask"),
    path(
        "absence/<slug:absence_ref>/cancel/",
        own_incidents.own_cancel,
        name="contract_absence_cancel",
    ),
]
social_screens = [
    path("", social.social_years, name="social_years"),
    path("papers/<slug:ref>/<slug:paper>/", social.social_paper, name="social_paper"),
    path("<slug:year_slug>/", social.social_service, name="social_service"),
]
contract_screens = [
    path("", contracts.office_contract, name="student_contract"),
    path("save/", contracts.office_save, name="student_contract_save"),
    path("nir/", contracts.office_nir, name="student_contract_nir"),
    path("disability/", contracts.office_disability, name="student_contract_disability"),
    path("company/", contracts.office_invite, name="student_contract_invite"),
    path("complete/", contracts.office_complete, name="student_contract_complete"),
    path(
        "reopen/", contracts.office_act, {"act": contracts.REOPEN}, name="student_contract_reopen"
    ),
    path("copy/", contracts.office_copy, name="student_contract_copy"),
    path("copy/correct/", contracts.office_correct_copy, name="student_contract_correct_copy"),
    path(
        "deposit/",
        contracts.office_act,
        {"act": contracts.DEPOSIT},
        name="student_contract_deposit",
    ),
    path("copy/scan/", contracts.office_scan, name="student_contract_scan"),
    path("apart/", contracts.office_read, name="student_contract_read"),
    path("sheet/", contracts.office_data_sheet, name="student_contract_sheet"),
    path("sheet/whole/", contracts.office_whole_sheet, name="student_contract_whole_sheet"),
]
own_contract = [
    path("", own_contracts.own_contract, name="contract_employment"),
    path("save/", own_contracts.own_save, name="contract_employment_save"),
    path("nir/", own_contracts.own_nir, name="contract_employment_nir"),
    path("disability/", own_contracts.own_disability, name="contract_employment_disability"),
    path("company/", own_contracts.own_invite, name="contract_employment_invite"),
    path("sheet/", own_contracts.own_data_sheet, name="contract_employment_sheet"),
]
own_classes = [
    path("", booklets.own_classes, name="contract_classes"),
    path("hand-in/", booklets.own_hand_in, name="contract_booklet_hand_in"),
    path("booklet/<slug:month>/", booklets.own_booklet, name="contract_booklet"),
    path("<slug:class_ref>/sign/", booklets.own_sign, name="contract_class_sign"),
    path("<slug:class_ref>/excuse/", booklets.own_excuse, name="contract_class_excuse"),
    path("<slug:class_ref>/document/", booklets.own_document, name="contract_class_document"),
]
teaching = [
    path("", teacher.teaching, name="teaching"),
    path("<slug:ref>/", teacher.taught_class, name="taught_class"),
    path("<slug:ref>/open/", teacher.taught_open, name="taught_class_open"),
    path("<slug:ref>/roll/", teacher.taught_roll, name="taught_class_roll"),
    path("<slug:ref>/countersign/", teacher.taught_countersign, name="taught_class_countersign"),
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
student_booklet = [
    path("", booklets.student_booklet, name="student_booklet"),
    path("<slug:month>/", booklets.student_booklet_pdf, name="student_booklet_pdf"),
]
project_screens = [
    path("", projects.student_project, name="student_project"),
    path("reports/<int:number>/", projects.report, name="student_project_report"),
    path("proof/", projects.proof, name="student_project_proof"),
    path("evaluation/", projects.follow_act, {"act": projects.ASK}, name="student_project_ask"),
    path(
        "evaluation/correction/",
        projects.follow_act,
        {"act": projects.REOPEN},
        name="student_project_reopen",
    ),
    path("mark/", projects.mark_act, name="student_project_mark"),
    path("registrar/", projects.pass_on_act, name="student_project_pass_on"),
    path("publish/", projects.publish_act, name="student_project_publish"),
    path(
        "take-back/",
        projects.office_act,
        {"act": projects.TAKE_BACK},
        name="student_project_take_back",
    ),
]
pfe_screens = [
    path("", pfe.student_pfe, name="student_pfe"),
    path("approve/", pfe.answer_pfe_sheet, {"act": pfe.APPROVE}, name="student_pfe_approve"),
    path("return/", pfe.answer_pfe_sheet, {"act": pfe.RETURN}, name="student_pfe_return"),
    path("defence/", pfe.plan, name="student_defence"),
    path("defence/report/", pfe.report_due, name="student_defence_report"),
    path("defence/mark/", pfe.defence_act, {"act": pfe.MARK}, name="student_defence_mark"),
    path("defence/reopen/", pfe.defence_act, {"act": pfe.REOPEN}, name="student_defence_reopen"),
    path("defence/minutes/", pfe.minutes, name="student_defence_minutes"),
]
own_pages: list[URLPattern | URLResolver] = [
    path("", files.own_list, name="contract_files"),
    path("digest/<str:token>/", offers.digest_by_mail, name="offer_digest"),
    path("teaching/", include(teaching)),
    path("<slug:year_slug>/scale/", public.scale, name="contract_scale"),
    path("<slug:ref>/", files.own_file, name="contract_file"),
    path("<slug:ref>/identity/", files.identity, name="contract_identity"),
    path("<slug:ref>/circumstances/", files.circumstances, name="contract_circumstances"),
    path("<slug:ref>/papers/<slug:paper_ref>/", files.paper, name="contract_paper"),
    path("<slug:ref>/sheet/", own.own_sheet, name="contract_sheet"),
    path("<slug:ref>/sheet/save/", own.own_save, name="contract_sheet_save"),
    path("<slug:ref>/sheet/send/", own.own_send, name="contract_sheet_send"),
    path("<slug:ref>/sheet/company/", own.own_invite, name="contract_sheet_invite"),
    path("<slug:ref>/agreement/", own_agreements.own_agreement, name="contract_agreement"),
    path(
        "<slug:ref>/agreement/<int:number>/paper/",
        own_agreements.own_paper,
        name="contract_agreement_paper",
    ),
    path(
        "<slug:ref>/agreement/<int:number>/copy/",
        own_agreements.own_copy,
        name="contract_agreement_copy",
    ),
    path("<slug:ref>/contract/", include(own_contract)),
    path("<slug:ref>/incidents/", include(own_incident_pages)),
    path("<slug:ref>/project/", own_projects.own_project, name="contract_project"),
    path(
        "<slug:ref>/project/reports/<int:number>/",
        own_projects.own_report,
        name="contract_project_report",
    ),
    path("<slug:ref>/pfe/", own_pfe.own_pfe, name="contract_pfe"),
    path("<slug:ref>/pfe/save/", own_pfe.own_pfe_save, name="contract_pfe_save"),
    path("<slug:ref>/pfe/send/", own_pfe.own_pfe_send, name="contract_pfe_send"),
    path("<slug:ref>/offers/", offers.contract_offers, name="contract_offers"),
    path("<slug:ref>/offers/digest/", offers.contract_digest, name="contract_digest"),
    path("<slug:ref>/offers/<slug:offer_ref>/", offers.contract_offer, name="contract_offer"),
    path(
        "<slug:ref>/offers/<slug:offer_ref>/file/",
        offers.contract_offer_file,
        name="contract_offer_file",
    ),
    path("<slug:ref>/sheet/home-school/", asking.own_ask_home, name="contract_sheet_ask_home"),
    path("<slug:ref>/sheet/versions/<int:number>/", printing.own_pdf, name="contract_sheet_pdf"),
    path("<slug:ref>/classes/", include(own_classes)),
    path(
        "<slug:ref>/certificates/<slug:certificate_ref>/",
        certificates.own_certificate,
        name="contract_certificate",
    ),
    path("<slug:ref>/risks/<slug:key>/", acts.risk, name="contract_risk"),
    path("<slug:ref>/steps/<slug:key>/", acts.step_done, name="contract_step_done"),
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
]
student_screens = [
    path("", student_files.contract_student, name="contract_student"),
    path("change/", student_files.contract_student_change, name="contract_student_change"),
    path(
        "invite/",
        student_files.student_act,
        {"act": student_files.INVITE_ONE},
        name="contract_student_invite",
    ),
    path(
        "withdraw/",
        student_files.student_act,
        {"act": student_files.WITHDRAW},
        name="contract_student_withdraw",
    ),
    path(
        "reopen/",
        student_files.student_act,
        {"act": student_files.REOPEN},
        name="contract_student_reopen",
    ),
    path("tutor/", student_files.contract_student_tutor, name="contract_student_tutor"),
    path(
        "feasible/",
        student_files.student_act,
        {"act": student_files.ACCEPT},
        name="contract_student_accept",
    ),
    path(
        "refuse/",
        student_files.student_act,
        {"act": student_files.REFUSE},
        name="contract_student_refuse",
    ),
    path(
        "conditions/<slug:key>/held/",
        conditions.contract_condition_say,
        {"saying": conditions.HOLD},
        name="contract_condition_hold",
    ),
    path(
        "conditions/<slug:key>/not-held/",
        conditions.contract_condition_say,
        {"saying": conditions.DENY},
        name="contract_condition_deny",
    ),
    path(
        "conditions/<slug:key>/forget/",
        conditions.contract_condition_forget,
        name="contract_condition_forget",
    ),
    path(
        "conditions/<slug:key>/evidence/", student_files.contract_evidence, name="contract_evidence"
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
    path("admin/contrat-pro/<slug:year_slug>/steps/", include(cohort_steps)),
    path("admin/contrat-pro/<slug:year_slug>/classes/", include(timetable)),
    path("admin/contrat-pro/<slug:year_slug>/certificates/", include(certificate_screens)),
    path("admin/contrat-pro/", include(service_screens)),
]
