"""Where the admission rests on it: employers who agree, and those who go back on it. Seats follow."""

from datetime import datetime, timedelta
from functools import partial

from admissions.models import SEARCHING, Candidacy
from admissions.places.rules import may_record_agreement
from admissions.places.selectors.agreements import agreement_facts, agreement_in_force
from admissions.places.services.agreements import record_agreement, withdraw_agreement
from campaigns.models import Milestone
from campaigns.vocabulary import AdmissionWay, MilestoneAction
from companies.services import company_said
from rehearsal.campaign import behaviour
from rehearsal.campaign.acts import contracting
from rehearsal.campaign.acts.dates import LATE
from rehearsal.campaign.acts.judging import draw_of, hour
from rehearsal.campaign.behaviour import sheet_of
from rehearsal.campaign.season import Season

TOLD = timedelta(hours=2)  # after the results, or what was told late
BEFORE_TERM = timedelta(days=40)  # the last agreement comes
DEFAULTS = timedelta(days=4)
GONE = "L’employeur renonce à financer la formation."


def plan(season: Season) -> None:
    """Those selected ask their employer once they are told."""
    for milestone in Milestone.objects.filter(
        campaign=season.campaign, action=MilestoneAction.ANNOUNCE
    ):
        for at in (hour(milestone) + TOLD, hour(milestone) + LATE + TOLD):
            season.agenda.plan(at, "agree", "", partial(_ask, season))


def _ask(season: Season, at: datetime) -> int:
    last = max(at, contracting.term(season) - BEFORE_TERM)
    rows = Candidacy.objects.filter(
        programme__campaign=season.campaign,
        programme__admission=AdmissionWay.AGREEMENT,
        state__in=SEARCHING,
    ).select_related("application__campaign", "application__person__user", "programme")
    for candidacy in rows.order_by("pk"):
        if candidacy.ref in season.searching:
            continue
        season.searching.add(candidacy.ref)
        draw = draw_of(season, candidacy, "agreement")
        if draw.random() < behaviour.FINDS_A_COMPANY:
            moment = at + (last - at) * draw.random()
            season.agenda.plan(
                moment, "agree", "Employers’ agreements", partial(_agree, season, candidacy)
            )
    return 0


def _agree(season: Season, candidacy: Candidacy, at: datetime) -> int:
    candidacy.refresh_from_db(fields=["state"])
    today = at.astimezone(season.zone).date()
    if not may_record_agreement(agreement_facts(candidacy), today, today):
        return 0
    draw = draw_of(season, candidacy, "employer")
    company = company_said(sheet_of(draw, today))
    office = season.cast.office
    record_agreement(
        candidacy_ref=candidacy.ref, company=company, agreed_on=today, actor=office, now=at
    )
    contracting.count_seats(season)
    if draw.random() < behaviour.EMPLOYER_DEFAULTS:
        season.agenda.plan(
            at + DEFAULTS, "release", "Seats given back", partial(_go_back, season, candidacy)
        )
    return 1


def _go_back(season: Season, candidacy: Candidacy, at: datetime) -> int:
    candidacy.refresh_from_db(fields=["state"])
    if agreement_in_force(candidacy) is None:
        return 0
    withdraw_agreement(candidacy_ref=candidacy.ref, reason=GONE, actor=season.cast.office, now=at)
    contracting.count_seats(season)
    return 1
