from django.apps import AppConfig


class ApprenticeshipConfig(AppConfig):
    name = "apprenticeship"

    def ready(self) -> None:
        from accounts.services.links import register_purpose  # noqa: PLC0415 - models must be loaded
        from admissions.permissions import register_reader  # noqa: PLC0415
        from admissions.services.leaving import register_leaving  # noqa: PLC0415
        from apprenticeship.permissions import can_follow  # noqa: PLC0415
        from apprenticeship.services.capacity import no_place_under_a_seat  # noqa: PLC0415
        from apprenticeship.services.closing import CLOSE_SEARCH  # noqa: PLC0415
        from apprenticeship.services.pools import register_rising  # noqa: PLC0415
        from apprenticeship.services.project_news import tell_risen  # noqa: PLC0415
        from apprenticeship.services.projects.links import PURPOSE  # noqa: PLC0415
        from apprenticeship.services.search import START_SEARCH, tell_those_selected_since  # noqa: PLC0415
        from apprenticeship.services.seats import fill_pools, leave_seats  # noqa: PLC0415
        from apprenticeship.services.supplementary.drawing import no_other_last_day_under_a_list  # noqa: PLC0415
        from apprenticeship.services.supplementary.ending import end_trainees  # noqa: PLC0415
        from apprenticeship.views.employer import job_sheet  # noqa: PLC0415
        from apprenticeship.wording import SENTENCES  # noqa: PLC0415
        from campaigns.rules.enums import MilestoneAction  # noqa: PLC0415
        from campaigns.services.guards import register_guard  # noqa: PLC0415
        from campaigns.services.milestones import register_action  # noqa: PLC0415
        from common import wording  # noqa: PLC0415
        from common.services import jobs  # noqa: PLC0415

        wording.register(SENTENCES)
        register_reader("apprenticeship", can_follow)
        register_leaving("apprenticeship.seats", leave_seats)
        register_guard("apprenticeship.capacity", no_place_under_a_seat)
        register_guard("apprenticeship.trainees", no_other_last_day_under_a_list)
        register_purpose(PURPOSE, job_sheet)
        register_action(MilestoneAction.START_SEARCH, START_SEARCH)
        register_action(MilestoneAction.CLOSE_SEARCH, CLOSE_SEARCH)
        jobs.register_sweep("apprenticeship.fill_pools", fill_pools)
        jobs.register_sweep("apprenticeship.late_search", tell_those_selected_since)
        jobs.register_sweep("apprenticeship.end_trainees", end_trainees)
        register_rising("apprenticeship.projects", tell_risen)
        self._register_mails()

    def _register_mails(self) -> None:
        from apprenticeship.services.closing import KINDS as CLOSING_KINDS  # noqa: PLC0415
        from apprenticeship.services.messages import KINDS as PLACE_KINDS  # noqa: PLC0415
        from apprenticeship.services.projects.letters import KINDS as PROJECT_KINDS  # noqa: PLC0415
        from apprenticeship.services.search import KINDS as SEARCH_KINDS  # noqa: PLC0415
        from apprenticeship.services.supplementary.letters import KINDS as TRAINEE_KINDS  # noqa: PLC0415
        from apprenticeship.services.transfers import KINDS as TRANSFER_KINDS  # noqa: PLC0415
        from notifications.services import register_kind  # noqa: PLC0415

        mails = (*PLACE_KINDS, *PROJECT_KINDS, *SEARCH_KINDS, *CLOSING_KINDS, *TRAINEE_KINDS, *TRANSFER_KINDS)
        for kind in mails:
            register_kind(kind)
