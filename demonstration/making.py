"""The whole demonstration, made once: an open campaign, two further on, two years of contrat pro, their people."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from accounts.models import School, User
from admissions.dossier.services import recap
from admissions.models import Application
from campaigns.document.schema import CampaignDocument
from campaigns.editing.services.loading import load_campaign
from campaigns.models import Campaign
from campaigns.notice.selectors import notice
from common import jobs
from common.journal import SYSTEM
from common.models import Job
from common.states import JobState
from contratpro.models import ContractYear
from contratpro.year.selectors import year_now
from demonstration import accounts
from demonstration.accounts import CLERK
from demonstration.contract_year import YEAR_SOURCE
from demonstration.contracts import play_contract_year
from demonstration.copies import COPIES, PREPARED, Copy, play_copy
from demonstration.former_year import play_former_year
from demonstration.scene import SLUG, SOURCE, Scene, demonstration_notice
from demonstration.stories import play
from notifications.delivery.services import deliver
from notifications.mailbox import backend
from notifications.models import Notification
from notifications.states import MessageState
from rehearsal.accounts import make_accounts, prove_addresses
from rehearsal.people.someone import MATHIS, PEOPLE, Someone

Say = Callable[[str], None]
SENT_AFTER = timedelta(seconds=20)
PAUSE = timedelta(
    seconds=15
)  # from one recap to the next: whoever looks around meanwhile feels nothing


def is_made() -> bool:
    return Campaign.objects.filter(slug=SLUG).exists()


def make(
    *, now: datetime, say: Say, people: Sequence[Someone] = PEOPLE, copies: Sequence[Copy] = COPIES
) -> None:
    """All or nothing. The notice and the year that it copies are loaded."""
    with transaction.atomic():
        source = notice(_version_of(SOURCE))
        school = School.objects.get(slug=source.campaign.organiser)
        members = accounts.make_staff(school, demonstration_notice(source, now).opens_at - PREPARED)
        scene = _scene(source, members[CLERK], now)
        users = make_accounts(people)
        for number, who in enumerate(people):
            if number % 10 == 0:
                say(f"{number} applications out of {len(people)}")
            play(who, users[who.email], scene)
        cast = accounts.cast_of(members, school, now)
        for copy in copies:
            say(f"A session further on: {copy.slug}")
            play_copy(copy, source, cast, now)
        say("A year of contrat pro that begins, another that ends")
        contract_year = year_now(ContractYear.objects.get(slug=YEAR_SOURCE))
        play_contract_year(contract_year, members, now)
        play_former_year(contract_year, members, now)
        prove_addresses(list(User.objects.filter(emailaddress=None)))
        accounts.open_accounts()
    say("Messages and summaries")
    _send_past_messages(now)
    _space_out_recaps(now)


def _scene(source: CampaignDocument, clerk: User, now: datetime) -> Scene:
    document = demonstration_notice(source, now)
    loaded = load_campaign(document=document, actor=SYSTEM, now=document.opens_at - PREPARED)
    return Scene(
        notice=document,
        version=loaded.version.number,
        now=now,
        clerk=clerk,
    )


def _version_of(slug: str) -> int:
    version = Campaign.objects.get(slug=slug).current_version_id
    assert version
    return version


def _send_past_messages(now: datetime) -> None:
    """Each message at its own hour, as the worker would have."""
    waiting = Notification.objects.filter(state=MessageState.QUEUED, due_at__lte=now)
    moments = []
    for due_at in waiting.order_by("due_at").values_list("due_at", flat=True).distinct():
        moments.append((time.time_ns(), due_at + SENT_AFTER))
        deliver(clock=partial(_stopped_clock, due_at + SENT_AFTER))
    backend.date_back(moments)


def _stopped_clock(at: datetime) -> datetime:
    return at


def _space_out_recaps(now: datetime) -> None:
    """One at once, that of the account one signs in with; the others little by little."""
    shown = Application.objects.get(campaign__slug=SLUG, person__user__email=MATHIS.email)
    jobs.run(key=f"recap:{shown.ref}:{shown.submission_number}", now=now)
    waiting = list(Job.objects.filter(kind=recap.KIND, state=JobState.READY).order_by("-run_at"))
    for place, job in enumerate(waiting, start=1):
        job.run_at = now + PAUSE * place
    Job.objects.bulk_update(waiting, ["run_at"])
