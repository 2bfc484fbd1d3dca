from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    name = "admissions"

    def ready(self) -> None:
        from admissions.announcing.mails import KINDS as ANNOUNCEMENT_KINDS
        from admissions.announcing.services.opening import announce, preview
        from admissions.checking.mails import KINDS as CHECKING_KINDS
        from admissions.dossier.mails import KINDS as DOSSIER_KINDS
        from admissions.dossier.mails import REMINDER_KINDS
        from admissions.dossier.permissions import register_reader
        from admissions.dossier.services import recap
        from admissions.dossier.services.endings import lapse_drafts, register_leaving
        from admissions.dossier.services.reminding import remind_drafts
        from admissions.jury.permissions import can_judge
        from admissions.jury.services.moves import drop_sealed
        from admissions.refusals import SENTENCES
        from admissions.sittings.mails import SITTING_KINDS
        from admissions.sittings.services import free_slots
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
