from django.apps import AppConfig


class ApprenticeshipConfig(AppConfig):
    name = "apprenticeship"

    def ready(self) -> None:
        from accounts.links.services import register_purpose
        from admissions.dossier.services.endings import register_leaving
        from admissions.places.selectors.checklist import register_condition
        from admissions.places.selectors.lists import register_signatures
        from admissions.places.services.pools import register_rising
        from apprenticeship.contracts.selectors import read_contracts, signed_in_time
        from apprenticeship.projects import mails as projects
        from apprenticeship.projects.selectors import read_projects
        from apprenticeship.projects.services.locking import PURPOSE
        from apprenticeship.projects.services.seats import leave_projects
        from apprenticeship.projects.views import employer
        from apprenticeship.refusals import SENTENCES
        from apprenticeship.search import mails as search
        from apprenticeship.search.services.closing import CLOSE_SEARCH
        from apprenticeship.search.services.opening import START_SEARCH, tell_those_selected_since
        from apprenticeship.search.services.places import tell_places_left
        from campaigns.calendar.effects import register_effect
        from campaigns.vocabulary import MilestoneAction
        from common import refusals
        from common.jobs import register_sweep
        from notifications.mails import register_mails

        refusals.register(SENTENCES)
        register_leaving("apprenticeship.projects", leave_projects)
        register_condition("project", read_projects)
        register_condition("contract", read_contracts)
        register_signatures("apprenticeship.contracts", signed_in_time)
        register_rising("apprenticeship.projects", projects.tell_risen)
        register_purpose(
            PURPOSE,
            employer.job_sheet,
            save=employer.save,
            send=employer.send,
            decline=employer.decline,
        )
        register_effect(MilestoneAction.START_SEARCH, START_SEARCH)
        register_effect(MilestoneAction.CLOSE_SEARCH, CLOSE_SEARCH)
        register_sweep("apprenticeship.late_search", tell_those_selected_since)
        register_sweep("apprenticeship.places_left", tell_places_left)
        register_mails(search, projects)
