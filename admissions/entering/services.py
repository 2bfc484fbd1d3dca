"""A dossier that came on paper or by telephone: typed by the central service, then claimed by whoever it is for."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from accounts.links.rules import LASTS
from accounts.links.services import is_just_sent, replace_link, sent_today, use_link
from accounts.models import Person, School, SignedLink, User
from accounts.services import (
    IdentityInput,
    claim_person,
    create_person,
    identity_of,
    remove_person,
)
from admissions.checking.mails import EXTEND
from admissions.dossier.permissions import can_handle, is_own
from admissions.dossier.selectors.dossiers import takes_applications
from admissions.dossier.services.drafts import search_keys
from admissions.dossier.services.locking import (
    day_of_dossier,
    lock_addresses,
    lock_dossier,
    lock_handled_dossier,
    stamp_for,
)
from admissions.entering.mails import tell_claimed, tell_entered
from admissions.entering.permissions import entering_school
from admissions.entering.rules import may_enter, may_send_again, may_write_to
from admissions.entering.selectors import (
    ENTER,
    deadline_day,
    entered_today,
    facts_of_address,
    typed_until,
)
from admissions.enums import EntryWay
from admissions.models import Application
from campaigns.models import Campaign
from common.formats import short_day
from common.journal import Stamp, note
from common.refusals import DomainError, NotAllowedError, refuse_unless

PURPOSE = "application_claim"


def enter_application(
    *,
    campaign_slug: str,
    how: EntryWay,
    on: date,
    email: str,
    identity: IdentityInput,
    actor: User,
    now: datetime,
) -> Application:
    """Begin a dossier for someone who has no account, and tell them how to make it theirs.

    What came in time is begun for some days after the deadline, with until then to be submitted.

    Raises DomainError if the address has a dossier of the campaign, or an account: they are not typed a second one;
    and once the actor has begun the most of a day.
    """
    with transaction.atomic():
        campaign = lock_addresses(slug=campaign_slug)
        until = typed_until(campaign, now)
        application = Application(
            campaign=campaign,
            email=email.strip().lower(),
            started_at=now,
            entered_by=_entering_school(actor, campaign),
            entered_how=how,
            entered_on=on,
            late_until=until,
            late_reason=_in_time(on) if until else "",
        )
        verdict = may_enter(
            is_open=takes_applications(campaign, now),
            came_by=deadline_day(campaign) if until else None,
            came_on=on,
            today=day_of_dossier(application, now),
            entered_today=entered_today(campaign, actor, now),
            address=facts_of_address(campaign, application.email, actor),
        )
        refuse_unless(verdict)
        _begin_for(create_person(identity=identity, actor=actor, now=now), application)
        note(application, ENTER, stamp_for(application, actor, now).saying(how=how))
        if until:
            why = application.late_reason
            note(application, EXTEND, Stamp.of(actor, now, why, until=until.isoformat()))
        _send_link(application, Stamp.of(actor, now))
        return application


def _in_time(came_on: date) -> str:
    return gettext("Came on %(day)s, in time; typed after the deadline.") % {
        "day": short_day(came_on)
    }


def _entering_school(actor: User, campaign: Campaign) -> School:
    school = entering_school(actor, campaign)
    if school is None:
        raise NotAllowedError.of("not_your_school")
    return school


def _begin_for(person: Person, application: Application) -> None:
    application.person = person
    for name, value in (identity_of(person) | search_keys(person)).items():
        setattr(application, name, value)
    application.save()


def send_claim_link(*, ref: str, email: str, actor: User, now: datetime) -> Application:
    """The link again, or to another address, at which the dossier is then written to. The former leads nowhere."""
    with transaction.atomic():
        lock_addresses(applications__ref=ref)
        application = lock_handled_dossier(ref, actor)
        address = email.strip().lower()
        sent = {"purpose": PURPOSE, "subject_ref": application.ref}
        verdict = may_send_again(
            is_unclaimed=application.is_unclaimed,
            is_just_sent=is_just_sent(email=address, now=now, **sent),
            sent_today=sent_today(now=now, **sent),
        )
        refuse_unless(verdict)
        if application.email != address:
            refuse_unless(may_write_to(facts_of_address(application.campaign, address, actor)))
            application.email = address
            application.save(update_fields=["email"])
            note(application, "change_address", stamp_for(application, actor, now))
        _send_link(application, Stamp.of(actor, now))
        return application


def _send_link(application: Application, stamp: Stamp) -> None:
    issued = replace_link(
        purpose=PURPOSE,
        subject_ref=application.ref,
        email=application.email,
        expires_at=stamp.at + LASTS,
        actor=stamp.actor,
        now=stamp.at,
    )
    tell_entered(application, issued, stamp.at)


def claim_application(*, link_id: int, actor: User, now: datetime) -> Application:
    """Make the dossier of a link the actor's own: from then on nobody types it for them. Again, nothing more happens.

    Raises DomainError once it is somebody else's, or if they have a dossier of that campaign.
    """
    with transaction.atomic():
        purpose, ref = SignedLink.objects.values_list("purpose", "subject_ref").get(pk=link_id)
        if purpose != PURPOSE:
            raise NotAllowedError.of("not_your_dossier")
        application = lock_dossier(ref)
        if is_own(actor, application):
            return application
        if not application.is_unclaimed:
            raise DomainError.of("dossier_is_claimed")
        if can_handle(actor, application):
            raise DomainError.of("claims_what_they_handle")
        other = Application.objects.filter(campaign=application.campaign_id, person__user=actor)
        if other.exists():
            raise DomainError.of("claims_a_second_dossier")
        use_link(link_id=link_id, now=now)
        typed = application.person
        said = IdentityInput(**identity_of(application))
        application.person = claim_person(person_id=typed.pk, identity=said, user=actor, now=now)
        stamp = Stamp.of(actor, now)
        if application.person != typed:
            application.save(update_fields=["person"])
            stamp = stamp.saying(typed_for=f"person:{typed.pk}")  # as the entries before name them
            remove_person(person_id=typed.pk, actor=actor, now=now)
        note(application, "claim", stamp)
        tell_claimed(application, now)
        return application
