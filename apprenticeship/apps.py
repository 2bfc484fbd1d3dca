from django.apps import AppConfig


class ApprenticeshipConfig(AppConfig):
    name = "apprenticeship"

    def ready(self) -> None:
        from accounts.links.services import register_purpose
        from admissions.dossier.permissions import register_reader
        from admissions.dossier.services.endings import register_leaving
        from apprenticeship.permissions import can_follow
        from apprenticeship.services.capacity import no_place_under_a_seat
        from apprenticeship.services.closing import CLOSE_SEARCH
        from apprenticeship.services.pools import register_rising
        from apprenticeship.services.project_news import tell_risen
        from apprenticeship.services.projects.links import PURPOSE
        from apprenticeship.services.search import START_SEARCH, tell_those_selected_since
        from apprenticeship.services.seats import fill_pools, leave_seats
        from apprenticeship.services.supplementary.drawing import no_other_last_day_under_a_list
        from apprenticeship.services.supplementary.ending import end_trainees
        from apprenticeship.views.employer import job_sheet
        from apprenticeship.wording import SENTENCES
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
        from apprenticeship.services.closing import KINDS as CLOSING_KINDS
        from apprenticeship.services.messages import KINDS as PLACE_KINDS
        from apprenticeship.services.projects.letters import KINDS as PROJECT_KINDS
        from apprenticeship.services.search import KINDS as SEARCH_KINDS
        from apprenticeship.services.supplementary.letters import KINDS as TRAINEE_KINDS
        from apprenticeship.services.transfers import KINDS as TRANSFER_KINDS
        from notifications.mails import register_kind

        mails = (*PLACE_KINDS, *PROJECT_KINDS, *SEARCH_KINDS, *CLOSING_KINDS, *TRAINEE_KINDS, *TRANSFER_KINDS)
        for kind in mails:
            register_kind(kind)
