from django.urls import include, path

from apprenticeship.views import seat_acts, seats

seat_screens = [
    path("", seats.seat_board, name="seat_board"),
    path("<slug:ref>/", seats.seat_dossier, name="seat_dossier"),
    path("<slug:ref>/contract/", seat_acts.contract_draft, name="contract_draft"),
    path("<slug:ref>/contract/sign/", seat_acts.contract_sign, name="contract_sign"),
    path("<slug:ref>/contract/countersign/", seat_acts.contract_countersign, name="contract_countersign"),
    path("<slug:ref>/contract/break/", seat_acts.contract_break, name="contract_break"),
    path("<slug:ref>/release/", seat_acts.seat_release, name="seat_release"),
    path("<slug:ref>/admit/", seat_acts.seat_admit, name="seat_admit"),
    path("<slug:ref>/revert/", seat_acts.seat_revert, name="seat_revert"),
]
urlpatterns = [
    path("admin/seats/", include(seat_screens)),
]
