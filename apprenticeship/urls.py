from django.urls import include, path

from apprenticeship.candidate.views import abandon_project, commit, company, resend_link
from apprenticeship.office.views import acts, board
from apprenticeship.places.views import supplementary_list
from apprenticeship.projects.views import abandon, approve, changes, invite, project, projects, refuse, resend

seat_screens = [
    path("", board.seat_board, name="seat_board"),
    path("capacity/<slug:slug>/<slug:pool>/", board.seat_capacity, name="seat_capacity"),
    path("list/<slug:slug>/<slug:code>/", supplementary_list, name="supplementary_list"),
    path("<slug:ref>/", board.seat_dossier, name="seat_dossier"),
    path("<slug:ref>/contract/", acts.contract_draft, name="contract_draft"),
    path("<slug:ref>/contract/sign/", acts.contract_sign, name="contract_sign"),
    path("<slug:ref>/contract/countersign/", acts.contract_countersign, name="contract_countersign"),
    path("<slug:ref>/contract/break/", acts.contract_break, name="contract_break"),
    path("<slug:ref>/transfer/", acts.seat_transfer, name="seat_transfer"),
    path("<slug:ref>/release/", acts.seat_release, name="seat_release"),
    path("<slug:ref>/admit/", acts.seat_admit, name="seat_admit"),
    path("<slug:ref>/revert/", acts.seat_revert, name="seat_revert"),
]
search = [
    path("company/", company, name="application_company"),
    path("projects/<slug:project_ref>/resend/", resend_link, name="application_project_resend"),
    path("projects/<slug:project_ref>/commit/", commit, name="application_project_commit"),
    path("projects/<slug:project_ref>/abandon/", abandon_project, name="application_project_abandon"),
]
work_screens = [
    path("", projects, name="projects"),
    path("invite/", invite, name="project_invite"),
    path("<slug:ref>/", project, name="project"),
    path("<slug:ref>/approve/", approve, name="project_approve"),
    path("<slug:ref>/changes/", changes, name="project_changes"),
    path("<slug:ref>/refuse/", refuse, name="project_refuse"),
    path("<slug:ref>/resend/", resend, name="project_resend"),
    path("<slug:ref>/abandon/", abandon, name="project_abandon"),
]
urlpatterns = [
    path("dossiers/<slug:ref>/", include(search)),
    path("admin/seats/", include(seat_screens)),
    path("admin/projects/", include(work_screens)),
]
