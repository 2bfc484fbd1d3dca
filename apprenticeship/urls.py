from django.urls import include, path

from apprenticeship.candidate import views as candidate
from apprenticeship.office.views import acts, board
from apprenticeship.projects.views import acts as judging
from apprenticeship.projects.views import board as projects

seat_screens = [
    path("", board.seat_board, name="seat_board"),
    path("capacity/<slug:slug>/<slug:pool>/", board.seat_capacity, name="seat_capacity"),
    path("<slug:ref>/", board.seat_dossier, name="seat_dossier"),
    path("<slug:ref>/contract/", acts.seat_act, {"act": acts.DRAFT}, name="contract_draft"),
    path("<slug:ref>/contract/sign/", acts.seat_act, {"act": acts.SIGN}, name="contract_sign"),
    path(
        "<slug:ref>/contract/countersign/",
        acts.seat_act,
        {"act": acts.COUNTERSIGN},
        name="contract_countersign",
    ),
    path("<slug:ref>/contract/break/", acts.seat_act, {"act": acts.BREAK}, name="contract_break"),
    path("<slug:ref>/transfer/", acts.seat_act, {"act": acts.TRANSFER}, name="seat_transfer"),
    path("<slug:ref>/release/", acts.seat_act, {"act": acts.RELEASE}, name="seat_release"),
    path("<slug:ref>/place/", acts.seat_act, {"act": acts.GIVE_PLACE}, name="place_give"),
    path("<slug:ref>/place/end/", acts.seat_act, {"act": acts.RELEASE_PLACE}, name="place_release"),
    path("<slug:ref>/agreement/", acts.seat_act, {"act": acts.AGREE}, name="agreement_record"),
    path("<slug:ref>/agreement/end/", acts.seat_act, {"act": acts.DISAGREE}, name="agreement_end"),
    path("<slug:ref>/admit/", acts.admission_act, {"act": acts.ADMIT}, name="seat_admit"),
    path("<slug:ref>/revert/", acts.admission_act, {"act": acts.REVERT}, name="seat_revert"),
]
search = [
    path("company/", candidate.company, name="application_company"),
    path(
        "projects/<slug:project_ref>/resend/",
        candidate.resend_link,
        name="application_project_resend",
    ),
    path(
        "projects/<slug:project_ref>/commit/",
        candidate.project_act,
        {"act": candidate.COMMIT},
        name="application_project_commit",
    ),
    path(
        "projects/<slug:project_ref>/abandon/",
        candidate.project_act,
        {"act": candidate.ABANDON},
        name="application_project_abandon",
    ),
]
work_screens = [
    path("", projects.projects, name="projects"),
    path("invite/", projects.invite, name="project_invite"),
    path("<slug:ref>/", projects.project, name="project"),
    path("<slug:ref>/approve/", judging.approve, name="project_approve"),
    path(
        "<slug:ref>/changes/",
        judging.project_act,
        {"act": judging.ASK_CHANGES},
        name="project_changes",
    ),
    path("<slug:ref>/refuse/", judging.project_act, {"act": judging.REFUSE}, name="project_refuse"),
    path("<slug:ref>/resend/", projects.resend, name="project_resend"),
    path("<slug:ref>/abandon/", judging.abandon, name="project_abandon"),
]
urlpatterns = [
    path("dossiers/<slug:ref>/", include(search)),
    path("admin/seats/", include(seat_screens)),
    path("admin/projects/", include(work_screens)),
]
