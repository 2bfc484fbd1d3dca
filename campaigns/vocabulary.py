"""The closed vocabularies of a campaign file. Labels are data; these carry the logic."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class DiplomaKind(StrEnum):
    BTS = "BTS"
    BTSA = "BTSA"
    DUT = "DUT"
    BUT = "BUT"
    CPGE = "CPGE"
    L2 = "L2"
    L3 = "L3"
    LP = "LP"
    M1 = "M1"
    M2 = "M2"
    OTHER = "OTHER"


# How many years lead to a diploma from the baccalauréat on, where every course of that kind takes as many.
YEARS_OF: Mapping[DiplomaKind, int] = MappingProxyType(
    {
        DiplomaKind.BTS: 2,
        DiplomaKind.BTSA: 2,
        DiplomaKind.DUT: 2,
        DiplomaKind.BUT: 3,
        DiplomaKind.L2: 2,
        DiplomaKind.L3: 3,
    }
)
MOST_YEARS = 6  # of any other course


def years_of(kind: DiplomaKind) -> int:
    """How many years of its course one may name."""
    return YEARS_OF.get(kind, MOST_YEARS)


class VerdictKind(StrEnum):
    """Best first: a candidate gets the best verdict over the routes (R-ELI-6)."""

    ELIGIBLE = "eligible"
    JURY = "jury"
    NOT_ELIGIBLE = "not_eligible"


class CampaignState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class MilestoneStatus(StrEnum):
    FIRM = "firm"
    PROVISIONAL = "provisional"
    ASSUMED = "assumed"


class MilestoneAction(StrEnum):
    """What a milestone does by itself on its date (R-CAL-2)."""

    ANNOUNCE = "announce"
    REMIND_DRAFTS = "remind_drafts"
    START_SEARCH = "start_search"
    CLOSE_SEARCH = "close_search"


class ProgrammeStatus(StrEnum):
    APPRENTICESHIP = "apprenticeship"
    CONTINUING = "continuing"
    CONTRAT_PRO = "contrat_pro"


class Intake(StrEnum):
    """Where one applies to a programme."""

    ONLINE = "online"
    OFFICE = "office"  # candidates are sent to the admissions office


class OutcomeKind(StrEnum):
    NEXT = "next"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    LISTED = "listed"


class AdmissionWay(StrEnum):
    """What the admission of someone selected rests on, besides a place and the proofs."""

    CONTRACT = "contract"  # an approved job project and the apprenticeship contract
    AGREEMENT = "agreement"  # the employer's agreement: no search, no apprenticeship contract
    RESULTS = "results"  # nothing else: who is accepted has the place


class RuleSection(StrEnum):
    """Where on the page of a notice a rule stands that the product states and does not run."""

    PLACES = "places"
    CALENDAR = "calendar"
    WHO = "who"
    APPLICATION = "application"
    DOCUMENTS = "documents"
    FEES = "fees"
    SELECTION = "selection"
    SEARCH = "search"
    ADMISSION = "admission"
    TRAINING = "training"
    DATA = "data"
    APPEALS = "appeals"


class Medium(StrEnum):
    ONLINE = "online"
    VIDEO = "video"
    ON_SITE = "on_site"


class Precision(StrEnum):
    """How the notice gives a duration: "35 minutes", "about 30 minutes", "20 minutes at most"."""

    EXACT = "exact"
    ABOUT = "about"
    AT_MOST = "at_most"


class Who(StrEnum):
    """Who sits an assessment: everyone at its stage, or those the jury names."""

    ALL = "all"
    JURY = "jury"


class Booking(StrEnum):
    NONE = "none"
    ASSIGNED = "assigned"
    SLOT = "slot"
    DAY = "day"


BY_CANDIDATES = (Booking.SLOT, Booking.DAY)  # the others are not booked, or by the school


class Tier(StrEnum):
    STANDARD = "standard"
    GRANT_HOLDER = "grant_holder"


class Per(StrEnum):
    """What a document is asked for: once per dossier, per programme applied to, per title."""

    DOSSIER = "dossier"
    PROGRAMME = "programme"
    TITLE = "title"


class Needed(StrEnum):
    """What a missing document blocks (R-APP-5)."""

    SUBMISSION = "submission"
    ADMISSION = "admission"
    OPTIONAL = "optional"


class FileFormat(StrEnum):
    JPG = "jpg"
    PNG = "png"
    PDF = "pdf"


class AgeReference(StrEnum):
    """The date at which an age rule is read: the notices differ."""

    TRAINING_START = "training_start"
    CONTRACT_START = "contract_start"
    SIGNING = "signing"


class Origin(StrEnum):
    """Where a title was awarded."""

    FRENCH = "french"
    FOREIGN = "foreign"


class TitleStatus(StrEnum):
    OBTAINED = "obtained"
    EXPECTED = "expected"


class NationalityGroup(StrEnum):
    """Who a document is asked of: some need a visa (R-APP-3), some a defence-day certificate (R-APP-10)."""

    FRENCH = "french"
    OUTSIDE_EEA = "outside_eea"  # neither of the European Economic Area nor of Switzerland


class Phase(StrEnum):
    """Where a campaign is on a given day."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"


class Expected(StrEnum):
    """What a title that is not yet held is worth to a route."""

    COUNTS = "counts"  # the letter of the notice takes it
    FLAGGED = "flagged"  # taken, and what is missing is said
    REFUSED = "refused"
