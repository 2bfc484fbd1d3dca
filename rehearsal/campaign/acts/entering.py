"""Dossiers brought on paper: a clerk types and submits them, then their candidates make them their own."""

from datetime import datetime, timedelta
from functools import partial

from accounts.models import SignedLink, User
from accounts.services import IdentityInput
from admissions.dossier.selectors.dossiers import get_dossier
from admissions.dossier.services.submission import submit_application
from admissions.entering.services import PURPOSE, claim_application, enter_application
from admissions.enums import EntryWay
from admissions.models import Application
from rehearsal.campaign.crowd import Crowd, identity_of
from rehearsal.campaign.season import Season
from rehearsal.people.candidates import Candidate

CLAIMED_AFTER = timedelta(hours=20)


def plan(season: Season, crowd: Crowd, who: Candidate) -> None:
    season.agenda.plan(
        who.starts_at,
        "enter",
        "Applications typed by the office",
        partial(_enter, season, crowd, who),
    )


def _enter(season: Season, crowd: Crowd, who: Candidate, at: datetime) -> int:
    """All that the paper says is typed at once; what is watched is that it is begun, submitted and claimed."""
    dossier = enter_application(
        campaign_slug=season.campaign.slug,
        how=EntryWay.PAPER,
        on=at.astimezone(season.zone).date(),
        email=who.email,
        identity=IdentityInput(**identity_of(who)),
        actor=season.cast.clerks[0],
        now=at,
    )
    Application.objects.filter(pk=dossier.pk).update(**crowd.path_of(who))
    dossier.refresh_from_db()
    crowd.fill([(who, dossier)])
    assert who.submits_at
    season.agenda.plan(
        who.submits_at, "submit", "Applications submitted", partial(_submit, season, dossier)
    )
    season.agenda.plan(
        who.submits_at + CLAIMED_AFTER,
        "claim",
        "Typed applications claimed",
        partial(_claim, who, dossier),
    )
    return 1


def _submit(season: Season, dossier: Application, at: datetime) -> int:
    version = season.campaign.current_version
    assert version
    submit_application(
        ref=dossier.ref,
        actor=season.cast.clerks[0],
        accepted_version=version.number,
        agreed=get_dossier(ref=dossier.ref, now=at).filmed.keys(),
        received_at=at,
    )
    return 1


def _claim(who: Candidate, dossier: Application, at: datetime) -> int:
    link = SignedLink.objects.get(purpose=PURPOSE, subject_ref=dossier.ref)
    user = User.objects.create_user(who.email, language=who.who.language)
    claim_application(link_id=link.pk, actor=user, now=at)
    return 1
