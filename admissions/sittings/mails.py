"""The hour of a test, told to who is called to it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from admissions.dossier.mails import about
from admissions.models import Candidacy
from admissions.models.sealed import Sitting
from admissions.sittings.selectors import Call, calls
from notifications.mails import Context, Kind, Refs
from notifications.queue import Message, enqueue
from notifications.states import Priority

Called = Mapping[int, Sequence[Call]]


def build_times(batch: Sequence[Refs]) -> Sequence[Context]:
    """The hour of a test as it stands when the message is written."""
    candidacies, called = called_candidacies(batch)
    return [_time(candidacies[refs["candidacy"]], refs, called) for refs in batch]


def _time(candidacy: Candidacy, refs: Refs, called: Called) -> Context:
    call = next(call for call in called[candidacy.pk] if call.ref == refs["sitting"])
    return {**about_candidacy(candidacy), "call": call}


def called_candidacies(batch: Sequence[Refs]) -> tuple[Mapping[str, Candidacy], Called]:
    related = (
        "application__campaign__organiser",
        "application__person",
        "programme__school",
        "programme__selection",
    )
    rows = Candidacy.objects.select_related(*related).filter(
        ref__in={refs["candidacy"] for refs in batch}
    )
    candidacies = {row.ref: row for row in rows}
    return candidacies, calls([row.pk for row in candidacies.values()])


def about_candidacy(candidacy: Candidacy) -> Context:
    programme = {"code": candidacy.programme.code, "title": candidacy.programme.title}
    return {**about(candidacy.application, [programme]), "programme": candidacy.programme.title}


KINDS = (
    Kind(
        name="admissions.sitting_time",
        template="admissions/sittings/mail/time",
        build=build_times,
        readable=True,
        label=_("Hour of a test"),
    ),
)


def tell_time(sitting: Sitting, *, now: datetime) -> None:
    """Each time that it is set: a message for each, in their order."""
    key = f"time:{sitting.ref}:{now.timestamp():.3f}"
    enqueue(
        mail_to_candidate(sitting.candidacy, "sitting_time", key, {"sitting": sitting.ref}), now=now
    )


def mail_to_candidate(
    candidacy: Candidacy, kind: str, key: str, refs: dict[str, str]
) -> Iterator[Message]:
    application = candidacy.application
    user = application.person.user
    if user is None:
        return
    yield Message(
        kind=f"admissions.{kind}",
        dedupe_key=key,
        to=user.email,
        language=user.language,
        refs={"application": application.ref, "candidacy": candidacy.ref, **refs},
        school_id=application.campaign.organiser_id,
        about=application.ref,
        priority=Priority.MASS,
    )
