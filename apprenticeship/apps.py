from django.apps import AppConfig


class ApprenticeshipConfig(AppConfig):
    name = "apprenticeship"

    def ready(self) -> None:
        from accounts.services.links import register_purpose  # noqa: PLC0415 - models must be loaded
        from admissions.permissions import register_reader  # noqa: PLC0415
        from admissions.services.leaving import register_leaving  # noqa: PLC0415
        from apprenticeship.permissions import can_follow  # noqa: PLC0415
        from apprenticeship.services import capacity, closing, messages, search, seats, supplementary, transfers  # noqa: PLC0415
        from apprenticeship.services.projects import PURPOSE, letters  # noqa: PLC0415
        from apprenticeship.views.employer import job_sheet  # noqa: PLC0415
        from apprenticeship.wording import SENTENCES  # noqa: PLC0415
        from campaigns.rules.enums import MilestoneAction  # noqa: PLC0415
        from campaigns.services.guards import register_guard  # noqa: PLC0415
        from campaigns.services.milestones import register_action  # noqa: PLC0415
        from common import wording  # noqa: PLC0415
        from common.services import jobs  # noqa: PLC0415
        from notifications.services import register_kind  # noqa: PLC0415

        wording.register(SENTENCES)
        register_reader("apprenticeship", can_follow)
        register_leaving("apprenticeship.seats", seats.leave_seats)
        register_guard("apprenticeship.capacity", capacity.no_place_under_a_seat)
        register_guard("apprenticeship.trainees", supplementary.no_other_last_day_under_a_list)
        register_purpose(PURPOSE, job_sheet)
        register_action(MilestoneAction.START_SEARCH, search.START_SEARCH)
        register_action(MilestoneAction.CLOSE_SEARCH, closing.CLOSE_SEARCH)
        jobs.register_sweep("apprenticeship.fill_pools", seats.fill_pools)
        jobs.register_sweep("apprenticeship.late_search", search.tell_those_selected_since)
        jobs.register_sweep("apprenticeship.end_trainees", supplementary.end_trainees)
        told = (messages, letters, search, closing, supplementary, transfers)
        for kind in (kind for part in told for kind in part.KINDS):
            register_kind(kind)
