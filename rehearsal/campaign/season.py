"""A campaign being played: who works for it, what is planned, what was done, and what was seen meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from accounts.enums import Role
from accounts.models import School, User
from accounts.services import create_account, grant_role
from admissions.jury.services.members import seat_juror
from admissions.models import Application
from admissions.models.sealed import JuryMember
from campaigns.document.schema import CampaignDocument
from campaigns.models import Campaign, Selection
from rehearsal.agenda import Diary, PlannedAct
from rehearsal.invariants import Glimpse
from rehearsal.people.candidates import Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    administrator: User
    clerks: tuple[User, ...]
    jurors: tuple[User, ...]
    president: User
    head: User
    office: User
    admissions: User  # of the school: hands complete dossiers over, where the notice has it so


def engage(campaign: Campaign, now: datetime) -> Cast:
    """Accounts for all roles in all its schools, and a seat in each jury for the jurors, by the services."""
    schools = (
        School.objects.filter(Q(campaigns=campaign) | Q(programmes__campaign=campaign))
        .distinct()
        .order_by("pk")
    )
    administrator = User.objects.create_superuser("administration@example.org")

    def hire(name: str, role: Role) -> User:
        user = create_account(
            email=f"{name}@example.org", language="fr", actor=administrator, now=now
        )
        for school in schools:
            grant_role(
                user_id=user.pk, school_id=school.pk, role=role, actor=administrator, now=now
            )
        return User.objects.get(pk=user.pk)

    cast = Cast(
        administrator=administrator,
        clerks=tuple(hire(f"guichet.{number}", Role.CLERK) for number in (1, 2)),
        jurors=tuple(hire(f"jury.{number}", Role.JUROR) for number in (1, 2, 3, 4)),
        president=hire("presidence", Role.PRESIDENT),
        head=hire("pedagogie", Role.PROGRAMME_HEAD),
        office=hire("entreprises", Role.COMPANY_OFFICE),
        admissions=hire("admissions", Role.SCHOOL_ADMIN),
    )
    seat_jury(campaign, cast, now)
    return cast


def seat_jury(campaign: Campaign, cast: Cast, now: datetime) -> None:
    """Have its jurors study the candidacies of every selection."""
    for selection in Selection.objects.filter(campaign=campaign).select_related(
        "campaign__organiser"
    ):
        for juror in cast.jurors:
            seat_juror(
                member=JuryMember(user=juror, selection=selection),
                actor=cast.administrator,
                now=now,
            )


@dataclass(slots=True, kw_only=True)
class Season(Diary):
    campaign: Campaign
    notice: CampaignDocument
    seed: str
    cast: Cast
    deliver: PlannedAct  # sends the messages that are due
    watched: int = 4  # candidacies of each sealed act whose pages are read before and after
    fates: Mapping[str, Script] = field(default_factory=dict)  # by e-mail address
    glimpses: list[Glimpse] = field(default_factory=list)
    searching: set[str] = field(default_factory=set)  # refs of candidacies whose search is planned
    proving: set[str] = field(
        default_factory=set
    )  # refs of those whose proofs of title are planned, or never come
    most_held: dict[str, int] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        return self.notice.zone

    def fate_of(self, application: Application) -> Script | None:
        return self.fates.get(application.email)

    @staticmethod
    def name_of(application: Application) -> str:
        """What chance is drawn from: references are random."""
        return application.email
