from django.urls import URLPattern, URLResolver, include, path

from admissions.announcing import views as announcing
from admissions.candidate.views import bookings, documents, dossiers, steps
from admissions.checking import views as checking
from admissions.correcting import views as correcting
from admissions.entering import views as entering
from admissions.handover import views as handover
from admissions.jury.views import dossiers as jury
from admissions.jury.views import lists as juries
from admissions.places import views as places
from admissions.sittings import views as sittings

dossier = [
    path("", dossiers.application, name="application"),
    path("identity/", steps.identity, name="application_identity"),
    path("studies/", steps.studies, name="application_studies"),
    path("studies/add/", steps.title_new, name="title_new"),
    path("studies/<slug:title_ref>/", steps.title_change, name="title_change"),
    path("studies/<slug:title_ref>/remove/", steps.title_remove, name="title_remove"),
    path("programmes/", steps.programmes, name="application_programmes"),
    path("documents/", documents.documents, name="application_documents"),
    path("documents/<slug:key>/give/", documents.document_give, name="document_give"),
    path("documents/<slug:key>/later/", documents.document_await, name="document_await"),
    path(
        "documents/<slug:key>/<slug:subject_key>/give/",
        documents.document_give,
        name="document_give",
    ),
    path(
        "documents/<slug:key>/<slug:subject_key>/later/",
        documents.document_await,
        name="document_await",
    ),
    path("files/<slug:file_ref>/remove/", documents.file_remove, name="file_remove"),
    path("review/", dossiers.review, name="application_review"),
    path("submit/", dossiers.submit, name="application_submit"),
    path("sittings/<slug:sitting_ref>/book/", bookings.book, name="sitting_book"),
    path("recap.pdf", dossiers.recap, name="application_recap"),
    path("submissions/<int:number>.pdf", dossiers.recap, name="application_submission"),
    path("messages/", dossiers.correspondence, name="application_messages"),
    path("address/", dossiers.address, name="application_address"),
    path("withdraw/", dossiers.withdraw, name="application_withdraw"),
    path("reopen/", dossiers.reopen, name="application_reopen"),
]
work_screens = [
    path("", checking.work_list, name="work_list"),
    path("enter/", entering.enter, name="work_enter"),
    path("<slug:ref>/", checking.work_dossier, name="work_dossier"),
    path("<slug:ref>/refuse/", checking.dossier_act, {"act": checking.REFUSE}, name="work_refuse"),
    path(
        "<slug:ref>/pieces/<slug:document_ref>/accept/",
        checking.piece_accept,
        name="work_piece_accept",
    ),
    path(
        "<slug:ref>/pieces/<slug:document_ref>/refuse/",
        checking.piece_refuse,
        name="work_piece_refuse",
    ),
    path(
        "<slug:ref>/pieces/<slug:document_ref>/undo/",
        checking.piece_uncheck,
        name="work_piece_uncheck",
    ),
    path("<slug:ref>/payment/", checking.payment_record, name="work_payment"),
    path(
        "<slug:ref>/payments/<slug:payment_ref>/cancel/",
        checking.payment_cancel,
        name="work_payment_cancel",
    ),
    path("<slug:ref>/waive/", checking.dossier_act, {"act": checking.WAIVE}, name="work_waive"),
    path(
        "<slug:ref>/identity/",
        checking.dossier_act,
        {"act": correcting.CORRECT},
        name="work_correct",
    ),
    path(
        "<slug:ref>/titles/add/",
        checking.dossier_act,
        {"act": correcting.SUPPLY_TITLE},
        name="work_title_add",
    ),
    path(
        "<slug:ref>/titles/<slug:title_ref>/",
        correcting.title_act,
        {"act": correcting.CORRECT_TITLE},
        name="work_title",
    ),
    path(
        "<slug:ref>/titles/<slug:title_ref>/strike/",
        correcting.title_act,
        {"act": correcting.STRIKE_TITLE},
        name="work_title_strike",
    ),
    path(
        "<slug:ref>/programmes/",
        checking.dossier_act,
        {"act": correcting.CORRECT_PROGRAMMES},
        name="work_programmes",
    ),
    path("<slug:ref>/claim-link/", entering.claim_link, name="work_claim_link"),
    path("<slug:ref>/extend/", checking.dossier_act, {"act": checking.EXTEND}, name="work_extend"),
    path("<slug:ref>/ask/", checking.dossier_act, {"act": checking.ASK}, name="work_ask"),
    path(
        "<slug:ref>/complete/",
        checking.dossier_act,
        {"act": checking.DECLARE_COMPLETE},
        name="work_complete",
    ),
]
office_screens = [
    path("", handover.office_list, name="office_list"),
    path("campaigns/<slug:slug>/ticked/", handover.office_ticked, name="office_ticked"),
    path("campaigns/<slug:slug>/all/", handover.office_all, name="office_all"),
    path("<slug:ref>/", handover.office_dossier, name="office_dossier"),
    path(
        "<slug:ref>/hand-over/",
        handover.office_act,
        {"act": handover.HAND_OVER},
        name="office_hand_over",
    ),
    path(
        "<slug:ref>/send-back/",
        handover.office_act,
        {"act": handover.SEND_BACK},
        name="office_send_back",
    ),
]
of_candidacy = [
    path("", jury.study, name="jury_dossier"),
    path("propose/", jury.propose, name="jury_propose"),
    path("record/", jury.record, name="jury_record"),
    path("undo/", jury.undo, name="jury_undo"),
    path("tests/<slug:assessment>/mark/", jury.mark, name="jury_mark"),
    path("tests/<slug:assessment>/plan/", jury.plan, name="jury_plan"),
    path("tests/<slug:assessment>/unplan/", jury.unplan, name="jury_unplan"),
    path("tests/<slug:assessment>/<slug:presence>/", jury.presence, name="jury_presence"),
    path("conflict/", jury.conflict, name="jury_conflict"),
]
jury_screens: list[URLPattern | URLResolver] = [
    path("", juries.juries, name="jury"),
    path("<slug:slug>/<slug:selection>/<slug:stage>/", juries.stage_list, name="jury_stage"),
    path(
        "<slug:slug>/<slug:selection>/<slug:stage>/announced/",
        announcing.announced,
        name="jury_announced",
    ),
    path(
        "<slug:slug>/<slug:selection>/<slug:stage>/announced/<slug:candidacy_ref>/",
        announcing.rectify,
        name="jury_rectify",
    ),
    path(
        "<slug:slug>/<slug:selection>/<slug:stage>/announced/<slug:candidacy_ref>/marks/<int:mark>/",
        announcing.told_mark,
        name="jury_told_mark",
    ),
    path("<slug:slug>/<slug:selection>/<slug:stage>/<slug:candidacy_ref>/", include(of_candidacy)),
]
rectification_screens = [
    path("", announcing.rectifications, name="rectifications"),
    path("<slug:rectification_ref>/", announcing.rectification, name="rectification"),
    path("<slug:rectification_ref>/give-up/", announcing.give_up, name="rectification_give_up"),
]
urlpatterns = [
    path("landing/", dossiers.landing, name="landing"),
    path("apply/<slug:slug>/", dossiers.apply, name="apply"),
    path("dossiers/", dossiers.applications, name="applications"),
    path("dossiers/<slug:ref>/", include(dossier)),
    path("documents/<slug:ref>", documents.document_file, name="document_file"),
    path("admin/jury/", include(jury_screens)),
    path("admin/rectifications/", include(rectification_screens)),
    path("admin/sittings/", sittings.sittings_home, name="sittings_home"),
    path("admin/sittings/<slug:slug>/", sittings.sittings, name="sittings"),
    path("admin/sittings/<slug:slug>/<int:test>/slots/", sittings.slots, name="slots"),
    path(
        "admin/sittings/<slug:slug>/<int:test>/slots/<slug:slot_ref>/close/",
        sittings.slot_close,
        name="slot_close",
    ),
    path("admin/dossiers/", include(work_screens)),
    path("admin/office/", include(office_screens)),
    path(
        "admin/seats/list/<slug:slug>/<slug:code>/",
        places.supplementary_list,
        name="supplementary_list",
    ),
]
