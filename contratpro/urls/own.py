"""The pages of a student, under /contrat-pro/, and those of whoever teaches them."""

from django.urls import URLPattern, URLResolver, include, path

from contratpro.agreements.views import own as own_agreements
from contratpro.certificates import views as certificates
from contratpro.classes.views import own as booklets
from contratpro.classes.views import teacher
from contratpro.contracts.views import own as own_contracts
from contratpro.incidents.views import own as own_incidents
from contratpro.offers import views as offers
from contratpro.pfe.views import own as own_pfe
from contratpro.projects.views import own as own_projects
from contratpro.sheets.views import asking, own, printing
from contratpro.student.views import acts, files, public
from contratpro.transcript import views as transcript

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
    path("<slug:ref>/pfe/report/", own_pfe.own_pfe_deposit, name="contract_pfe_deposit"),
    path(
        "<slug:ref>/pfe/reports/<int:number>/", own_pfe.own_pfe_report, name="contract_pfe_report"
    ),
    path("<slug:ref>/marks/", transcript.own_marks, name="contract_marks"),
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
