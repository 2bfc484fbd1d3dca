from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    name = "admissions"

    def ready(self) -> None:
        from accounts.links.services import register_purpose
        from admissions.announcing.mails import answers, staff
        from admissions.announcing.services.opening import against_announcing, announce, preview
        from admissions.checking import mails as checking
        from admissions.dossier import mails as dossier
        from admissions.dossier.permissions import register_reader
        from admissions.dossier.services import recap
        from admissions.dossier.services.endings import lapse_drafts, register_leaving
        from admissions.dossier.services.reminding import remind_drafts
        from admissions.entering import mails as entering
        from admissions.entering import views as claiming
        from admissions.entering.services import PURPOSE
        from admissions.jury.permissions import can_judge
        from admissions.jury.services.decisions import drop_sealed
        from admissions.refusals import SENTENCES
        from admissions.sittings import mails as sittings
        from admissions.sittings.services import free_slots
        from campaigns.calendar.effects import Effect, register_effect
        from campaigns.vocabulary import MilestoneAction
        from common import journal, refusals
        from common.jobs import register_handler, register_sweep
        from notifications.mails import register_mails

        refusals.register(SENTENCES)
        journal.seal("decision", "sitting", "mark", "conflict", "rectification")
        register_reader("admissions.jury", can_judge)
        register_leaving("admissions.jury", drop_sealed)
        register_leaving("admissions.sittings", free_slots)
        register_handler(recap.KIND, recap.make)
        register_effect(
            MilestoneAction.ANNOUNCE,
            Effect(announce, two_people=True, preview=preview, against=against_announcing),
        )
        register_effect(MilestoneAction.REMIND_DRAFTS, Effect(remind_drafts))
        register_sweep("admissions.lapse_drafts", lapse_drafts)
        register_purpose(PURPOSE, claiming.claim_page, claim=claiming.claim)
        register_mails(entering, dossier, checking, answers, sittings, staff)
        self._ready_places()

    def _ready_places(self) -> None:
        from admissions.dossier.permissions import register_reader
        from admissions.dossier.services.endings import register_leaving
        from admissions.places import mails as places
        from admissions.places.permissions import can_follow
        from admissions.places.selectors.checklist import (
            read_agreements,
            read_proofs,
            read_seats,
            register_condition,
        )
        from admissions.places.services.admission import no_other_way_for_those_selected
        from admissions.places.services.agreements import leave_agreements
        from admissions.places.services.pools import fill_pools, no_place_under_a_seat
        from admissions.places.services.seats import leave_seats
        from admissions.places.services.supplementary import (
            end_trainees,
            no_other_last_day_under_a_list,
        )
        from campaigns.editing.services.rows import register_guard
        from common.jobs import register_sweep
        from notifications.mails import register_mails

        register_reader("admissions.places", can_follow)
        register_leaving("admissions.agreements", leave_agreements)
        register_leaving("admissions.seats", leave_seats)
        register_guard("admissions.ways", no_other_way_for_those_selected)
        register_guard("admissions.capacity", no_place_under_a_seat)
        register_guard("admissions.trainees", no_other_last_day_under_a_list)
        register_condition("seat", read_seats)
        register_condition("agreement", read_agreements)
        register_condition("proofs", read_proofs)
        register_sweep("admissions.fill_pools", fill_pools)
        register_sweep("admissions.end_trainees", end_trainees)
        register_mails(places)
