from django.apps import AppConfig


class ApprenticeshipConfig(AppConfig):
    name = "apprenticeship"

    def ready(self) -> None:
        from accounts.links.services import register_purpose
        from admissions.dossier.permissions import register_reader
        from admissions.dossier.services.endings import register_leaving
        from apprenticeship.places.permissions import can_follow
        from apprenticeship.places.services.pools import no_place_under_a_seat, register_rising
        from apprenticeship.places.services.supplementary import end_trainees, no_other_last_day_under_a_list
        from apprenticeship.projects.mails import tell_risen
        from apprenticeship.projects.services.access import PURPOSE
        from apprenticeship.projects.services.seats import fill_pools, leave_seats
        from apprenticeship.projects.views import job_sheet
        from apprenticeship.refusals import SENTENCES
        from apprenticeship.search.services import CLOSE_SEARCH, START_SEARCH, tell_those_selected_since
        from campaigns.calendar.effects import register_effect
        from campaigns.editing.services.rows import register_guard
        from campaigns.vocabulary import MilestoneAction
        from common import jobs, refusals

        refusals.register(SENTENCES)
        register_reader("apprenticeship", can_follow)
        register_leaving("apprenticeship.seats", leave_seats)
        register_guard("apprenticeship.capacity", no_place_under_a_seat)
        register_guard("apprenticeship.trainees", no_other_last_day_under_a_list)
        register_purpose(PURPOSE, job_sheet)
        register_effect(MilestoneAction.START_SEARCH, START_SEARCH)
        register_effect(MilestoneAction.CLOSE_SEARCH, CLOSE_SEARCH)
        jobs.register_sweep("apprenticeship.fill_pools", fill_pools)
        jobs.register_sweep("apprenticeship.late_search", tell_those_selected_since)
        jobs.register_sweep("apprenticeship.end_trainees", end_trainees)
        register_rising("apprenticeship.projects", tell_risen)
        self._register_mails()

    def _register_mails(self) -> None:
        from apprenticeship.places.mails import PLACE_KINDS, TRAINEE_KINDS, TRANSFER_KINDS
        from apprenticeship.projects.mails import KINDS as PROJECT_KINDS
        from apprenticeship.search.mails import CLOSED_KINDS as CLOSING_KINDS
        from apprenticeship.search.mails import OPEN_KINDS as SEARCH_KINDS
        from notifications.mails import register_kind

        mails = (*PLACE_KINDS, *PROJECT_KINDS, *SEARCH_KINDS, *CLOSING_KINDS, *TRAINEE_KINDS, *TRANSFER_KINDS)
        for kind in mails:
            register_kind(kind)
