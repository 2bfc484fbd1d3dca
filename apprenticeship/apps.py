from django.apps import AppConfig


class ApprenticeshipConfig(AppConfig):
    name = "apprenticeship"

    def ready(self) -> None:
        from accounts.links.services import register_purpose
        from admissions.dossier.permissions import register_reader
        from admissions.dossier.services.endings import register_leaving
        from apprenticeship.places import mails as places
        from apprenticeship.places.permissions import can_follow
        from apprenticeship.places.services.pools import no_place_under_a_seat, register_rising
        from apprenticeship.places.services.supplementary import (
            end_trainees,
            no_other_last_day_under_a_list,
        )
        from apprenticeship.projects import mails as projects
        from apprenticeship.projects.services.locking import PURPOSE
        from apprenticeship.projects.services.seats import fill_pools, leave_seats
        from apprenticeship.projects.views import employer
        from apprenticeship.refusals import SENTENCES
        from apprenticeship.search import mails as search
        from apprenticeship.search.services import (
            CLOSE_SEARCH,
            START_SEARCH,
            tell_those_selected_since,
        )
        from campaigns.calendar.effects import register_effect
        from campaigns.editing.services.rows import register_guard
        from campaigns.vocabulary import MilestoneAction
        from common import refusals
        from common.jobs import register_sweep
        from notifications.mails import register_mails

        refusals.register(SENTENCES)
        register_reader("apprenticeship", can_follow)
        register_leaving("apprenticeship.seats", leave_seats)
        register_rising("apprenticeship.projects", projects.tell_risen)
        register_guard("apprenticeship.capacity", no_place_under_a_seat)
        register_guard("apprenticeship.trainees", no_other_last_day_under_a_list)
        register_purpose(
            PURPOSE,
            employer.job_sheet,
            save=employer.save,
            send=employer.send,
            decline=employer.decline,
        )
        register_effect(MilestoneAction.START_SEARCH, START_SEARCH)
        register_effect(MilestoneAction.CLOSE_SEARCH, CLOSE_SEARCH)
        register_sweep("apprenticeship.fill_pools", fill_pools)
        register_sweep("apprenticeship.late_search", tell_those_selected_since)
        register_sweep("apprenticeship.end_trainees", end_trainees)
        register_mails(search, projects, places)
