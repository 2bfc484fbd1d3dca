"""A year being played: who works for it, its ledger of hours, and what was found at the end of each month."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.utils.text import slugify

from accounts.enums import Role
from accounts.models import School, User
from accounts.services import create_account, grant_role
from contratpro.year.document.schema import LAST_DAY, YearDocument
from contratpro.year.selectors import is_working_day
from rehearsal.accounts import prove_addresses
from rehearsal.agenda import Diary, PlannedAct
from rehearsal.year.stage import ContractStage, YearAct
from rehearsal.year.students import CohortStudent, Reach, Turn

ROLES = {
    "contrats": Role.CONTRACT_SERVICE,
    "direction": Role.DIRECTION,
    "social": Role.SOCIAL_SERVICE,
}
A_DAY = timedelta(days=1)
BREACH_AFTER = timedelta(days=45)  # once the mark of the conduct is closed
EVENING = 20 * 60  # minutes, once the sessions of the day are over


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCast:
    """Who works for the year: an office, and in each department a head and a tutor, who teaches too."""

    office: User
    heads: Mapping[str, User]
    tutors: Mapping[str, User]


def engage_for(said: YearDocument, school: School, now: datetime) -> YearCast:
    """Accounts with their roles, by the services; heads and tutors are named later."""
    administrator = User.objects.create_superuser("administration@example.org")

    def hire(name: str) -> User:
        email = f"{name}@example.org"
        return create_account(email=email, language="fr", actor=administrator, now=now)

    def in_role(name: str, role: Role) -> User:
        user = hire(name)
        grant_role(user_id=user.pk, school_id=school.pk, role=role, actor=administrator, now=now)
        return User.objects.get(pk=user.pk)

    staff = {name: in_role(name, role) for name, role in ROLES.items()}
    cast = YearCast(
        office=staff["contrats"],
        heads={key: hire(f"responsable.{slugify(key)}") for key in said.departments},
        tutors={key: hire(f"tuteur.{slugify(key)}") for key in said.departments},
    )
    prove_addresses([*staff.values(), *cast.heads.values(), *cast.tutors.values()])
    return cast


@dataclass(slots=True)
class CountedMinutes:
    """What the play itself counted of a student, beside the product."""

    held: int = 0
    attended: int = 0


@dataclass(slots=True, kw_only=True)
class PlayedYear(Diary):
    stage: ContractStage
    cast: YearCast
    seed: str
    ledger: dict[str, CountedMinutes] = field(default_factory=dict)  # by address
    months: list[dict[str, list[str]]] = field(default_factory=list)  # exceptions, by invariant

    @property
    def zone(self) -> ZoneInfo:
        return self.stage.said.zone

    @property
    def under_contract(self) -> list[CohortStudent]:
        """Those who begin the year."""
        return [one for one in self.stage.cohort if one.reach is Reach.COMPLETE]

    def add(self, act: YearAct) -> None:
        """Plan what concerns one person."""
        self.plan(act.at, act.title, partial(_do, act))

    def plan(self, at: datetime, title: str, act: PlannedAct) -> None:
        self.agenda.plan(at, slugify(title), title, act)

    def day(self, key: str, department: str) -> date:
        """A day of the year, which is confirmed as it is played."""
        day = self.stage.said.day(key, department)
        assert day, f"the year that is played gives {key}"
        return day

    def hour(self, day: date, minutes: int) -> datetime:
        """That day, or the next one that is worked."""
        while not is_working_day(day):
            day += A_DAY
        return datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=self.zone)

    def broken_on(self, one: CohortStudent) -> date | None:
        """When the contract of the student is broken, of whom it is."""
        if Turn.BREACH not in one.turns:
            return None
        return self.hour(self.last_day_of_conduct(one.department) + BREACH_AFTER, EVENING).date()

    def last_day_of_conduct(self, department: str) -> date:
        return self.day(self.stage.said.marks.conduct.closes, department)

    def last_day(self, department: str) -> date:
        return self.day(LAST_DAY, department)


def _do(act: YearAct, at: datetime) -> int:
    act.act(now=at)
    return 1
