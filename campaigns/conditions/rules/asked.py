"""What a notice asks of a candidate: pieces, and fees."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaigns.conditions.rules.eligibility import FRANCE, origin_of, outside_eea
from campaigns.vocabulary import DiplomaKind, NationalityGroup, Needed, Origin, Per, TitleStatus
from common.rules import Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A piece of the notice. Its conditions are all to be met; an empty one is always met."""

    key: str
    per: Per
    needed: Needed
    programmes: frozenset[str]
    everyone: bool  # the notice names no programme: asked for before any is chosen
    grant_holder: bool = False
    nationality: NationalityGroup | None = None
    under: int | None = None
    of_titles: bool = False
    kinds: frozenset[DiplomaKind] = frozenset()
    status: TitleStatus | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleInHand:
    """A title of the dossier; `key` names it in the pieces asked for it."""

    key: str
    kind: DiplomaKind
    status: TitleStatus
    country: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A programme applied to; `key` names the candidacy in the pieces asked for it."""

    code: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFacts:
    """What decides on the pieces. What is not known yet (None) asks for nothing yet."""

    nationality: str | None = None
    age: int | None = None
    grant_holder: bool | None = None
    programmes: tuple[Chosen, ...] = ()
    titles: tuple[TitleInHand, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece asked for: once for the dossier (no subject), for a candidacy, or for a title."""

    key: str
    subject_key: str
    needed: Needed


def pieces(requirements: Iterable[Requirement], facts: DossierFacts) -> tuple[Piece, ...]:
    """The pieces that this dossier must hold, in the order of the notice."""
    return tuple(
        Piece(requirement.key, subject, requirement.needed)
        for requirement in requirements
        if _asked_of(requirement, facts)
        for subject in _subjects(requirement, facts)
    )


def _asked_of(requirement: Requirement, facts: DossierFacts) -> bool:
    if requirement.grant_holder and not facts.grant_holder:
        return False
    if requirement.nationality and not _is_of(requirement.nationality, facts.nationality):
        return False
    if requirement.under is not None and not (
        facts.age is not None and facts.age < requirement.under
    ):
        return False
    return requirement.everyone or any(
        chosen.code in requirement.programmes for chosen in facts.programmes
    )


def _is_of(group: NationalityGroup, nationality: str | None) -> bool:
    if not nationality:
        return False
    return nationality in FRANCE if group is NationalityGroup.FRENCH else outside_eea(nationality)


def _subjects(requirement: Requirement, facts: DossierFacts) -> tuple[str, ...]:
    titles = tuple(title.key for title in facts.titles if _is_meant(requirement, title))
    match requirement.per:
        case Per.PROGRAMME:
            return tuple(
                chosen.key for chosen in facts.programmes if chosen.code in requirement.programmes
            )
        case Per.TITLE:
            return titles
        case _:
            return ("",) if titles or not requirement.of_titles else ()


def _is_meant(requirement: Requirement, title: TitleInHand) -> bool:
    return (
        (not requirement.kinds or title.kind in requirement.kinds)
        and requirement.status in {None, title.status}
        and requirement.origin in {None, origin_of(title.country)}
    )


@dataclass(frozen=True, slots=True)
class TierPrices:
    """Prices by rank: the first programme of a dossier, then each further one."""

    first: Cents
    further: Cents


@dataclass(frozen=True, slots=True)
class FeeLine:
    programme: str
    cents: Cents


def price(codes: Sequence[str], tier: TierPrices) -> tuple[FeeLine, ...]:
    """One line per programme, in the order given: the rank makes the price, whichever the programme."""
    distinct = dict.fromkeys(codes)
    return tuple(
        FeeLine(code, tier.further if rank else tier.first) for rank, code in enumerate(distinct)
    )
