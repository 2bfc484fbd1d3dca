"""Whatever is done to a dossier, what was last said as received is what its rows, its list and its recap say."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from admissions.checking.selectors import worklist
from admissions.checking.services import extend_application
from admissions.dossier.services import drafts, endings, recap
from admissions.models import Application
from common.refusals import DomainError
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.properties import tries

pytestmark = pytest.mark.django_db
CITIES = ("Alès", "Sète", "Agde")
PROGRAMMES = ("BAT-1", "MKX-1", "INFRES-SR-1")


class UndoneError(Exception):
    """Ends an example: the database is as it was."""


@dataclass
class Story:
    """A dossier, and what its candidate was last told to be received."""

    application: Application
    now: datetime = dossiers.STARTED
    received: tuple[str, ...] = ()
    kinds: list[str] = field(default_factory=list)

    @property
    def row(self) -> Application:
        return dossiers.reread(self.application)

    @property
    def whose(self) -> dict[str, object]:
        return dossiers.whose(self.row) | {"now": self.now}

    def said(self) -> tuple[str, ...]:
        """What the dossier says by now of where one lives, and of what it applies to."""
        row = self.row
        live = row.candidacies.exclude(state__in=("draft", "withdrawn", "refused"))
        return (row.city, *sorted(live.values_list("programme__code", flat=True)))

    def write(self, city: str) -> None:
        under_check, before = self.row.state == "submitted", self.row.city
        drafts.save_identity(identity=accounts.identity(4, city=city), **self.whose)
        if under_check and before != city:
            self.note("corrected")

    def choose(self, code: str) -> None:
        chosen = {row.programme.code for row in self.row.candidacies.exclude(state="withdrawn")}
        drafts.choose_programmes(codes=[*chosen, code], **self.whose)

    def submit(self) -> None:
        dossiers.give_all(self.row, self.now)
        was_draft, count = self.row.state == "draft", self.row.submissions.count()
        dossiers.submit(self.row, self.now)
        if self.row.submissions.count() > count:
            self.note("submitted" if was_draft else "added")

    def withdraw(self) -> None:
        endings.withdraw_application(**self.whose)

    def reopen(self) -> None:
        endings.reopen_application(**self.whose)

    def refuse(self) -> None:
        clerk = dossiers.clerk_of(self.row)
        endings.refuse_application(ref=self.row.ref, actor=clerk, reason="Non", now=self.now)

    def extend(self) -> None:
        clerk, until = dossiers.clerk_of(self.row), date(2022, 3, 12)
        extend_application(ref=self.row.ref, actor=clerk, reason="Panne", until=until, now=self.now)

    def pass_the_deadline(self) -> None:
        self.now = max(self.now, dossiers.LAST_SECOND + timedelta(hours=1))
        endings.lapse_drafts(self.now)

    def note(self, kind: str) -> None:
        self.received = self.said()
        self.kinds.append(kind)


ACTS = st.one_of(
    st.sampled_from(CITIES).map(lambda city: lambda story: story.write(city)),
    st.sampled_from(PROGRAMMES).map(lambda code: lambda story: story.choose(code)),
    st.sampled_from(
        [Story.submit, Story.submit, Story.withdraw, Story.reopen, Story.refuse, Story.extend]
    ),
    st.just(Story.pass_the_deadline),
)


def holds(story: Story) -> None:
    row = story.row
    assert list(row.submissions.values_list("kind", flat=True)) == story.kinds
    if not story.kinds:
        assert row.last_submission is None
        return
    last = dossiers.last_submission(row)
    codes = sorted(each["code"] for each in last.content["programmes"])
    assert (last.content["person"]["city"], *codes) == story.received
    assert story.received[0] in recap.html_of(last)
    if row.state == "submitted":
        assert story.said() == story.received
        [listed] = worklist(dossiers.clerk_of(row), row.campaign, None)
        assert listed.city == story.received[0]


@tries(12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(acts=st.lists(ACTS, min_size=3, max_size=9))
def test_what_was_last_received_is_what_is_read(
    db: None,
    acts: list[Callable[[Story], None]],
) -> None:
    with suppress(UndoneError), transaction.atomic():
        story = Story(dossiers.complete(user=accounts.candidate(), programmes=("BAT-1",)))
        for act in acts:
            try:
                with transaction.atomic():
                    act(story)
            except DomainError:
                pass  # refused: it must have changed nothing
            holds(story)
            story.now += timedelta(minutes=1)
        raise UndoneError
