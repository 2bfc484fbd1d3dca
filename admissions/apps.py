from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    name = "admissions"

    def ready(self) -> None:
        from admissions.permissions import can_judge, register_reader
        from admissions.services import lapse_drafts, recap
        from admissions.services.announcing import announce, preview, remind_drafts
        from admissions.services.announcing.letters import KINDS as ANNOUNCEMENT_KINDS
        from admissions.services.announcing.letters import REMINDER_KINDS, SITTING_KINDS
        from admissions.services.booking import free_slots
        from admissions.services.completeness.messages import KINDS as CHECKING_KINDS
        from admissions.services.jury.moves import drop_sealed
        from admissions.services.leaving import register_leaving
        from admissions.services.messages import KINDS as DOSSIER_KINDS
        from admissions.wording import SENTENCES
        from campaigns.calendar.effects import Effect, register_effect
        from campaigns.vocabulary import MilestoneAction
        from common import jobs, journal, refusals
        from notifications.mails import register_kind

        refusals.register(SENTENCES)
        journal.seal("decision", "sitting", "mark", "conflict", "rectification")
        register_reader("admissions.jury", can_judge)
        register_leaving("admissions.jury", drop_sealed)
        register_leaving("admissions.sittings", free_slots)
        jobs.register_handler(recap.KIND, recap.make)
        register_effect(MilestoneAction.ANNOUNCE, Effect(announce, two_people=True, preview=preview))
        register_effect(MilestoneAction.REMIND_DRAFTS, Effect(remind_drafts))
        jobs.register_sweep("admissions.lapse_drafts", lapse_drafts)
        for kind in (*DOSSIER_KINDS, *REMINDER_KINDS, *SITTING_KINDS, *ANNOUNCEMENT_KINDS, *CHECKING_KINDS):
            register_kind(kind)
