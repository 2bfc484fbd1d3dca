from django.urls import include, path

from apprenticeship.views import candidate, capacity, seat_acts, seats, supplementary, work

seat_screens = [
    path("", seats.seat_board, name="seat_board"),
    path("capacity/<slug:slug>/<slug:pool>/", capacity.seat_capacity, name="seat_capacity"),
    path("list/<slug:slug>/<slug:code>/", supplementary.supplementary_list, name="supplementary_list"),
    path("<slug:ref>/", seats.seat_dossier, name="seat_dossier"),
    path("<slug:ref>/contract/", seat_acts.contract_draft, name="contract_draft"),
    path("<slug:ref>/contract/sign/", seat_acts.contract_sign, name="contract_sign"),
    path("<slug:ref>/contract/countersign/", seat_acts.contract_countersign, name="contract_countersign"),
    path("<slug:ref>/contract/break/", seat_acts.contract_break, name="contract_break"),
    path("<slug:ref>/transfer/", seat_acts.seat_transfer, name="seat_transfer"),
    path("<slug:ref>/release/", seat_acts.seat_release, name="seat_release"),
    path("<slug:ref>/admit/", seat_acts.seat_admit, name="seat_admit"),
    path("<slug:ref>/revert/", seat_acts.seat_revert, name="seat_revert"),
]
search = [
    path("company/", candidate.company, name="application_company"),
    path("projects/<slug:project_ref>/resend/", candidate.resend, name="application_project_resend"),
    path("projects/<slug:project_ref>/commit/", candidate.commit, name="application_project_commit"),
    path("projects/<slug:project_ref>/abandon/", candidate.abandon, name="application_project_abandon"),
]
work_screens = [
    path("", work.projects, name="projects"),
    path("invite/", work.invite, name="project_invite"),
    path("<slug:ref>/", work.project, name="project"),
    path("<slug:ref>/approve/", work.approve, name="project_approve"),
    path("<slug:ref>/changes/", work.changes, name="project_changes"),
    path("<slug:ref>/refuse/", work.refuse, name="project_refuse"),
    path("<slug:ref>/resend/", work.resend, name="project_resend"),
    path("<slug:ref>/abandon/", work.abandon, name="project_abandon"),
]
urlpatterns = [
    path("dossiers/<slug:ref>/", include(search)),
    path("admin/seats/", include(seat_screens)),
    path("admin/projects/", include(work_screens)),
]
