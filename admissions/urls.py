from django.urls import include, path

from admissions.views import correspondence, documents, dossiers, landing, steps, submission, work

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
    path("documents/<slug:key>/<slug:subject_key>/give/", documents.document_give, name="document_give"),
    path("documents/<slug:key>/<slug:subject_key>/later/", documents.document_await, name="document_await"),
    path("files/<slug:file_ref>/remove/", documents.file_remove, name="file_remove"),
    path("review/", submission.review, name="application_review"),
    path("submit/", submission.submit, name="application_submit"),
    path("recap.pdf", dossiers.recap, name="application_recap"),
    path("messages/", correspondence.correspondence, name="application_messages"),
    path("withdraw/", dossiers.withdraw, name="application_withdraw"),
    path("reopen/", dossiers.reopen, name="application_reopen"),
]
work_screens = [
    path("", work.work_list, name="work_list"),
    path("<slug:ref>/", work.work_dossier, name="work_dossier"),
    path("<slug:ref>/refuse/", work.work_refuse, name="work_refuse"),
]
urlpatterns = [
    path("landing/", landing.landing, name="landing"),
    path("apply/<slug:slug>/", dossiers.apply, name="apply"),
    path("dossiers/", dossiers.applications, name="applications"),
    path("dossiers/<slug:ref>/", include(dossier)),
    path("documents/<slug:ref>", documents.document_file, name="document_file"),
    path("admin/jury/", landing.juror, name="juror"),
    path("admin/dossiers/", include(work_screens)),
]
