"""A campaign being played: what is planned, what was done, and what was seen meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from admissions.models import Application
from campaigns.document.schema import CampaignDocument
from campaigns.models import Campaign
from config.rehearsal.agenda import Act, Agenda
from config.rehearsal.cast import Cast
from config.rehearsal.invariants import Glimpse
from config.rehearsal.people import Fate
from config.rehearsal.report import Step
from notifications.models import Notification

Progress = Callable[[datetime, str], None]


@dataclass(slots=True, kw_only=True)
class Season:
    campaign: Campaign
    notice: CampaignDocument
    seed: str
    cast: Cast
    deliver: Act  # sends the messages that are due
    watched: int = 4  # candidacies of each sealed act whose pages are read before and after
    fates: Mapping[str, Fate] = field(default_factory=dict)  # by e-mail address
    agenda: Agenda = field(default_factory=Agenda)
    steps: dict[tuple[object, ...], Step] = field(default_factory=dict)
    glimpses: list[Glimpse] = field(default_factory=list)
    searching: set[str] = field(default_factory=set)  # refs of candidacies whose search is planned
    proving: set[str] = field(default_factory=set)  # refs of those whose proofs of title are planned, or never come
    most_held: dict[str, int] = field(default_factory=dict)
    last_message: int = 0

    @property
    def zone(self) -> ZoneInfo:
        return self.notice.zone

    def fate_of(self, application: Application) -> Fate | None:
        user = application.person.user
        return self.fates.get(user.email) if user else None

    @staticmethod
    def name_of(application: Application) -> str:
        """What chance is drawn from: references are random."""
        user = application.person.user
        return user.email if user else ""

    def play(self, until: datetime, progress: Progress) -> None:
        """Do all that is planned up to that moment, in its order, and note it."""
        while found := self.agenda.next(until):
            at, entry = found
            progress(at, entry.title)
            people = entry.act(at)
            messages = self._new_messages()
            if people or messages:
                self._note(
                    Step(
                        at=at.astimezone(self.zone),
                        action=entry.action,
                        title=entry.title,
                        people=people,
                        messages=messages,
                        dated=entry.dated,
                    )
                )

    def _new_messages(self) -> int:
        keys = list(Notification.objects.filter(pk__gt=self.last_message).values_list("pk", flat=True))
        self.last_message = max(keys, default=self.last_message)
        return len(keys)

    def _note(self, step: Step) -> None:
        """Alike acts of one day are one line."""
        key = (step.at.date(), step.action, step.title)
        before = self.steps.get(key)
        if before is None:
            self.steps[key] = step
            return
        self.steps[key] = Step(
            at=before.at,
            action=step.action,
            title=step.title,
            people=before.people + step.people,
            messages=before.messages + step.messages,
            dated=step.dated,
        )
