from django.apps import AppConfig


class ApprenticeshipConfig(AppConfig):
    name = "apprenticeship"

    def ready(self) -> None:
        from admissions.services.leaving import register_leaving  # noqa: PLC0415 - models must be loaded
        from apprenticeship.services import capacity, messages, seats  # noqa: PLC0415
        from apprenticeship.wording import SENTENCES  # noqa: PLC0415
        from campaigns.services.guards import register_guard  # noqa: PLC0415
        from common import wording  # noqa: PLC0415
        from common.services import jobs  # noqa: PLC0415
        from notifications.services import register_kind  # noqa: PLC0415

        wording.register(SENTENCES)
        register_leaving("apprenticeship.seats", seats.leave_seats)
        register_guard("apprenticeship.capacity", capacity.no_place_under_a_seat)
        jobs.register_sweep("apprenticeship.fill_pools", seats.fill_pools)
        for kind in messages.KINDS:
            register_kind(kind)
