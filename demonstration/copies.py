"""Two more sessions of the demonstration, further on: the dossiers before the jury, the search for a company.

They are played by `rehearsal.campaign`, up to this minute, with readable pieces.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django_countries import countries

from campaigns.document.schema import CampaignDocument
from campaigns.editing.services.loading import load_campaign
from campaigns.models import Campaign
from common.datafile.values import Text
from common.journal import SYSTEM
from demonstration.scene import moved_notice
from rehearsal.campaign.acts.hiring import leave_to_judge
from rehearsal.campaign.crowd import KeptPaper, Paper, keep_paper
from rehearsal.campaign.play import play
from rehearsal.campaign.season import Cast, Season, seat_jury
from rehearsal.people import someone
from rehearsal.people.candidates import Candidate, Script, baccalaureate_year, invent, moved, sure
from rehearsal.people.papers import Bearer, papers
from rehearsal.people.someone import ELISE, HADRIEN, PEOPLE, Someone

PREPARED = timedelta(days=12)  # before the opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Moved by whole weeks so that now falls from `days` to a week more after the date named `anchor`."""

    slug: str
    suffix: Text
    anchor: str
    days: int
    people: int
    known: Someone  # whose account one may use
    fate: Script
    to_judge: int = 0  # job projects that wait for the pedagogical head


REVIEW = Copy(
    slug="ales-demo-jury",
    suffix={
        "fr": "(démonstration, dossiers à l’étude)",
        "en": "(demonstration, applications under review)",
    },
    anchor="deadline",
    days=14,
    people=40,
    known=HADRIEN,
    fate=Script({"file": "excellence"}),
)
SEARCH = Copy(
    slug="ales-demo-entreprises",
    suffix={
        "fr": "(démonstration, recherche d’entreprise)",
        "en": "(demonstration, search for a company)",
    },
    anchor="y2-search",
    days=14,
    people=44,
    known=ELISE,
    fate=Script({"file": "standard", "tests": "admissible"}),
    to_judge=3,
)
COPIES = (REVIEW, SEARCH)


def play_copy(copy: Copy, source: CampaignDocument, cast: Cast, now: datetime) -> Campaign:
    """Make it and play it, in the caller's transaction."""
    document = moved_notice(source, _weeks(copy, source, now), copy.slug, copy.suffix)
    load_campaign(document=document, actor=SYSTEM, now=document.opens_at - PREPARED)
    campaign = Campaign.objects.select_related("organiser", "current_version").get(slug=copy.slug)
    seat_jury(campaign, cast, document.opens_at - PREPARED)
    taken = [who.email for who in PEOPLE]
    people = [
        sure(document, copy.known, copy.fate),
        *invent(document, count=copy.people, seed=copy.slug, taken=taken),
    ]
    season = Season(
        campaign=campaign, notice=document, seed=copy.slug, cast=cast, deliver=_later, watched=0
    )
    play(
        season=season,
        candidates=people,
        paper=_drawn(document, now),
        until=now,
        progress=lambda *_: None,
    )
    leave_to_judge(season, copy.to_judge, now)
    return campaign


def _later(_: datetime) -> int:
    """Messages go out once all is played, each dated as its story says."""
    return 0


def _weeks(copy: Copy, source: CampaignDocument, now: datetime) -> int:
    window = source.window(copy.anchor)
    anchor = window.starts_at or window.ends_at
    assert anchor
    return (now - timedelta(days=copy.days) - anchor).days // 7


def _drawn(document: CampaignDocument, now: datetime) -> Paper:
    """Each piece drawn for who gives it, as in the first session."""

    def draw(candidate: Candidate, key: str, subject: str) -> KeptPaper:
        title = str(document.documents[key].title["fr"])
        paper = papers(key, title, subject, _bearer(candidate, document, now))[0]
        return keep_paper(paper.name, paper.content)

    return draw


def _bearer(candidate: Candidate, document: CampaignDocument, now: datetime) -> Bearer:
    who, (first, last) = candidate.who, document.campaign.academic_year
    postcode, _ = someone.TOWNS[who.city]
    return Bearer(
        who=who,
        nationality=str(countries.name(who.nationality)),
        born_on=candidate.born_on,
        street=someone.street(who.city, who.full_name),
        postcode=postcode,
        field=candidate.path.field,
        baccalaureate=candidate.path.baccalaureate,
        baccalaureate_year=baccalaureate_year(document, candidate.path),
        studies=tuple(
            (
                course.name or course.diploma.replace("-", " "),
                course.institution or someone.lycee(who.city, who.full_name),
                moved(course.on, document),
            )
            for course in reversed(candidate.path.courses)
        ),
        year=(first.year, last.year),
        today=now.date(),
    )
