"""How far each invented person went, played from the opening to this minute."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from accounts.models import User
from admissions.dossier.selectors.read_model import PieceRow
from admissions.dossier.services.drafts import choose_programmes
from admissions.dossier.services.endings import (
    refuse_application,
    reopen_application,
    withdraw_application,
    withdraw_candidacy,
)
from campaigns.vocabulary import Needed
from demonstration.dossier import Filling
from demonstration.scene import MORNING, Scene, Watch
from rehearsal.people.someone import PEOPLE, Someone, Story, chance

REASONS = (
    "La pièce d’identité donnée est celle d’une autre personne. La bonne, demandée par téléphone, n’est pas parvenue.",
    "Les relevés de notes de l’année précédente sont illisibles et n’ont pas été remplacés après notre rappel.",
    "Le titre déclaré n’est attesté par aucune pièce : le relevé de notes donné porte sur une autre formation.",
    "La lettre de motivation s’adresse à une autre école. Celle qui convient n’est pas parvenue à la date convenue.",
)
# Between which parts of the time since the opening the last act falls.
WHEN = {
    Story.LATE: (0.25, 0.6),
    Story.REFUSED: (0.2, 0.6),
    Story.WITHDRAWN: (0.2, 0.8),
    Story.ONE_WITHDRAWN: (0.2, 0.8),
    Story.ADDED: (0.2, 0.7),
    Story.REOPENED: (0.3, 0.7),
    Story.SUBMITTED: (0.12, 0.98),
}
UNFINISHED = (0.4, 0.99)


def play(who: Someone, user: User, scene: Scene) -> None:
    draw = chance("story", who.full_name)
    if who.story is Story.LAST_HOUR:
        end = scene.now - timedelta(minutes=draw.uniform(4, 56))
    else:
        end = scene.moment(draw, *WHEN.get(who.story, UNFINISHED))
    first = scene.notice.opens_at + MORNING + timedelta(minutes=draw.uniform(1, 300))
    start = max(scene.awake(end - timedelta(hours=draw.uniform(8, 190))), first)
    PLAYS[who.story](Filling(who, user, scene, Watch(draw, start, end)))


def _started(_: Filling) -> None:
    """An account, a dossier, and nothing yet."""


def _identity(filling: Filling) -> None:
    filling.identity()


def _studies(filling: Filling) -> None:
    filling.identity()
    filling.studies()


def _programmes(filling: Filling) -> None:
    _studies(filling)
    filling.programmes(filling.who.programmes)


def _half(filling: Filling) -> None:
    _programmes(filling)
    filling.grant()
    filling.pieces(
        take=lambda piece: piece.key in {"photo", "identity", "baccalaureate-marks", "grant-notice"}
    )


def _mending(filling: Filling) -> None:
    """Chose a second-year programme, then corrected a title that does not lead there."""
    course = filling.path.last
    _studies(filling)
    filling.change_last_title(replace(course, kind="M1", name="Master 1 informatique", ects=240))
    filling.programmes(filling.who.programmes)
    filling.grant()
    filling.pieces(take=lambda piece: piece.key in {"photo", "identity", "cv", "previous-marks"})
    filling.change_last_title(course)


def _ready(filling: Filling) -> None:
    filling.everything()


def _draft_withdrawn(filling: Filling) -> None:
    _half(filling)
    withdraw_application(ref=filling.ref, actor=filling.user, now=filling.watch.last())


def _submitted(filling: Filling) -> None:
    filling.everything()
    filling.submit()


def _late(filling: Filling) -> None:
    yesterday = filling.scene.now.date() - timedelta(days=1)
    filling.everything(late_on=min(filling.watch.last().date() + timedelta(days=4), yesterday))
    filling.submit()


def _added(filling: Filling) -> None:
    filling.identity()
    filling.studies()
    filling.programmes(filling.who.programmes[:1])
    filling.grant()
    filling.pieces()
    filling.submit()
    later = _after(filling, 30)
    choose_programmes(ref=filling.ref, actor=filling.user, codes=filling.who.programmes, now=later)
    filling.watch = Watch(filling.draw, later, later + timedelta(minutes=40))
    filling.pieces(take=_is_for_submission)
    filling.submit()


def _one_withdrawn(filling: Filling) -> None:
    _submitted(filling)
    later = _after(filling, 20)
    candidacy = filling.dossier(later).chosen[-1].candidacy
    assert candidacy
    withdraw_candidacy(ref=filling.ref, candidacy_ref=candidacy.ref, actor=filling.user, now=later)


def _withdrawn(filling: Filling) -> None:
    _submitted(filling)
    withdraw_application(ref=filling.ref, actor=filling.user, now=_after(filling, 20))


def _reopened(filling: Filling) -> None:
    _submitted(filling)
    withdraw_application(ref=filling.ref, actor=filling.user, now=_after(filling, 12))
    reopen_application(ref=filling.ref, actor=filling.user, now=_after(filling, 60))


def _refused(filling: Filling) -> None:
    _submitted(filling)
    refused = [who for who in PEOPLE if who.story is Story.REFUSED]
    reason = REASONS[refused.index(filling.who) % len(REASONS)]
    refuse_application(
        ref=filling.ref, actor=filling.scene.clerk, reason=reason, now=_after(filling, 70)
    )


def _after(filling: Filling, hours: float) -> datetime:
    """Some hours later, and in the past."""
    return min(
        filling.watch.last() + timedelta(hours=hours), filling.scene.now - timedelta(minutes=90)
    )


def _is_for_submission(piece: PieceRow) -> bool:
    return piece.needed is Needed.SUBMISSION


PLAYS: dict[Story, Callable[[Filling], None]] = {
    Story.STARTED: _started,
    Story.IDENTITY: _identity,
    Story.STUDIES: _studies,
    Story.PROGRAMMES: _programmes,
    Story.HALF: _half,
    Story.MENDING: _mending,
    Story.READY: _ready,
    Story.DRAFT_WITHDRAWN: _draft_withdrawn,
    Story.REOPENED: _reopened,
    Story.SUBMITTED: _submitted,
    Story.LATE: _late,
    Story.LAST_HOUR: _submitted,
    Story.ADDED: _added,
    Story.ONE_WITHDRAWN: _one_withdrawn,
    Story.WITHDRAWN: _withdrawn,
    Story.REFUSED: _refused,
}
