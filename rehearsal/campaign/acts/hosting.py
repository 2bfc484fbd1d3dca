"""The supplementary lists: drawn up before the start of term, lived through, left (R-JOB-6)."""

from datetime import datetime, timedelta
from functools import partial

from admissions.models import SEARCHING, Candidacy
from admissions.places.rules import RECORDING, Terms, may_draw
from admissions.places.selectors.lists import seekers, terms_of
from admissions.places.services.supplementary import draw_list, end_trainees
from admissions.states import CandidacyState
from campaigns.document.schema import TERM
from campaigns.editing.services.moving import move_milestone
from campaigns.models import Milestone, Programme
from rehearsal.campaign import behaviour
from rehearsal.campaign.acts import contracting, hiring
from rehearsal.campaign.acts.judging import draw_of
from rehearsal.campaign.season import Season

DAY = timedelta(days=1)
LONGEST_MONTH = 31 * DAY
PROOFS, ADMISSIONS = timedelta(days=35), timedelta(days=7)  # before the lists are over
AGREED = "La rentrée est confirmée."


def plan(season: Season) -> None:
    rule = season.notice.search.supplementary
    if rule is None:
        return
    drawn_at = contracting.term(season) - rule.days_before * DAY
    season.agenda.plan(drawn_at - DAY, "", "", partial(_confirm_term, season))
    season.agenda.plan(drawn_at, "list", "Trainees on supplementary lists", partial(_draw, season))
    end = contracting.term(season) + LONGEST_MONTH * rule.months_after
    season.agenda.plan(end - PROOFS, "", "", partial(contracting.plan_proofs, season))
    season.agenda.plan(
        end - ADMISSIONS, "admit", "Candidates admitted", partial(contracting.admit_all, season)
    )
    for days in range((end + RECORDING - drawn_at).days + 1):
        season.agenda.plan(
            drawn_at + (days + 1) * DAY, "leave", "Trainees who leave", partial(_end, season)
        )


def _confirm_term(season: Season, at: datetime) -> int:
    term = Milestone.objects.get(campaign=season.campaign, key=TERM)
    day = contracting.term(season).date()
    move_milestone(
        milestone_id=term.pk, to=day, actor=season.cast.administrator, reason=AGREED, now=at
    )
    return 0


def _draw(season: Season, at: datetime) -> int:
    """As many as each group can host, in the order that chance gives; each then goes on searching."""
    listed = 0
    for programme in Programme.objects.filter(campaign=season.campaign).select_related(
        "campaign", "pool"
    ):
        terms = terms_of(programme, at)
        assert terms, "the notice has the rule"
        if not may_draw(terms, at.astimezone(season.zone).date()):
            continue
        chosen = list(seekers(programme).select_related("application__person__user"))
        chosen.sort(key=lambda row: draw_of(season, row, "list").random())
        ranks = {row.ref: rank for rank, row in enumerate(chosen[: terms.room], terms.listed + 1)}
        draw_list(programme_id=programme.pk, ranks=ranks, actor=season.cast.office, now=at)
        listed += len(ranks)
        _live(season, chosen[: terms.room], terms, at)
    return listed


def _live(season: Season, trainees: list[Candidacy], terms: Terms, at: datetime) -> None:
    months = terms.last_day - terms.term
    for candidacy in trainees:
        draw = draw_of(season, candidacy, "trainee")
        if draw.random() < behaviour.TRAINEE_FINDS:
            moment = at + months * draw.random() / 2
            season.agenda.plan(
                moment, "invite", "Employers invited", partial(hiring.invite, season, candidacy)
            )


def _end(season: Season, at: datetime) -> int:
    trainees = Candidacy.objects.filter(
        programme__campaign=season.campaign, supplementary_entry__isnull=False
    )
    if not trainees.filter(state__in=SEARCHING).exists():
        return 0
    closed = trainees.filter(state=CandidacyState.CLOSED)
    before = closed.count()
    end_trainees(at)
    return closed.count() - before
