"""What those who work with a student open of them, under /admin/contrat-pro/students/<ref>/."""

from django.urls import path

from contratpro.agreements.views import office as agreements
from contratpro.classes.views import own as booklets
from contratpro.contracts.views import office as contracts
from contratpro.incidents.views import office as incidents
from contratpro.invoices.views import student as student_invoices
from contratpro.pfe.views import following as pfe
from contratpro.projects.views import following as projects
from contratpro.service.views import conditions
from contratpro.service.views import files as student_files
from contratpro.sheets.views import answers, asking, printing
from contratpro.steps.views import student as steps

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
invoices_of_student = [
    path("", student_invoices.student_invoices, name="student_invoices"),
    path("payer/", student_invoices.student_payer, name="student_payer"),
    path(
        "<slug:line>/issue/", student_invoices.student_invoice_issue, name="student_invoice_issue"
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
    path("reports/<int:number>/", pfe.pfe_report, name="student_pfe_report"),
    path("approve/", pfe.answer_pfe_sheet, {"act": pfe.APPROVE}, name="student_pfe_approve"),
    path("return/", pfe.answer_pfe_sheet, {"act": pfe.RETURN}, name="student_pfe_return"),
    path("defence/", pfe.plan, name="student_defence"),
    path("defence/report/", pfe.report_due, name="student_defence_report"),
    path("defence/mark/", pfe.defence_act, {"act": pfe.MARK}, name="student_defence_mark"),
    path("defence/reopen/", pfe.defence_act, {"act": pfe.REOPEN}, name="student_defence_reopen"),
    path("defence/minutes/", pfe.minutes, name="student_defence_minutes"),
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
