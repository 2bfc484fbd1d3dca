"""What is known of a condition: somebody says that it holds or not, with its evidence, or takes back what was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from common.files.rules import Controls, Format
from common.files.services import drop, keep
from common.journal import Stamp, note
from common.moves import begin, move
from common.refusals import DomainError, require
from common.rules import next_state
from contratpro.models import ConditionFact, StudentFile
from contratpro.states import FACT_MOVES, FactAction, FactState
from contratpro.students.permissions import can_say
from contratpro.students.rules import seen_of_fact
from contratpro.students.services.locking import lock_student, refuse_if_withdrawn
from contratpro.vocabulary import Party
from contratpro.year.selectors import year_now

EVIDENCE = Controls(formats=(Format.PDF, Format.JPG, Format.PNG), max_bytes=5_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What somebody says of a condition, in front of a page that showed `seen`."""

    action: FactAction
    seen: str
    note: str = ""
    evidence: "UploadedFile[Any] | None" = None


def hold_condition(
    *,
    ref: str,
    key: str,
    note: str = "",
    evidence: "UploadedFile[Any] | None" = None,
    seen: str,
    actor: User,
    now: datetime,
) -> ConditionFact:
    """Say that a condition holds. Evidence given before stays unless there is other.

    Raises DomainError if what was known of it is not what the page showed, LookupError for no condition of the year.
    """
    said = Statement(action=FactAction.HOLD, seen=seen, note=note.strip(), evidence=evidence)
    return _say(ref, key, said, actor, now)


def deny_condition(
    *,
    ref: str,
    key: str,
    note: str = "",
    evidence: "UploadedFile[Any] | None" = None,
    seen: str,
    actor: User,
    now: datetime,
) -> ConditionFact:
    """Say that a condition does not hold, as `hold_condition` says that it does."""
    said = Statement(action=FactAction.DENY, seen=seen, note=note.strip(), evidence=evidence)
    return _say(ref, key, said, actor, now)


def _say(ref: str, key: str, said: Statement, actor: User, now: datetime) -> ConditionFact:
    with transaction.atomic():
        student = lock_student(ref)
        by = _sayer(student, key, actor)
        fact = student.facts.select_related("evidence").filter(key=key).first()
        target = _target(said.action)
        if fact and fact.state is target and fact.note == said.note and not said.evidence:
            return fact
        _refuse_unless_seen(fact, said.seen)
        written: dict[str, object] = {
            "said_by": by,
            "by": actor,
            "said_at": now,
            "note": said.note,
        }
        if said.evidence:
            written["evidence"] = _kept(fact, said.evidence, now)
        return _write(fact or ConditionFact(student=student, key=key), said.action, written, now)


def forget_condition(
    *, ref: str, key: str, reason: str, seen: str, actor: User, now: datetime
) -> ConditionFact | None:
    """Take back what was said by mistake: nothing is known any more, and its evidence is removed."""
    with transaction.atomic():
        student = lock_student(ref)
        by = _sayer(student, key, actor)
        fact = student.facts.select_related("evidence").filter(key=key).first()
        if fact is None or fact.state is FactState.UNKNOWN:
            return fact
        _refuse_unless_seen(fact, seen)
        if fact.state is FactState.OWN_RISK:
            raise DomainError.of("risk_is_the_students")
        forget(fact, Stamp.of(actor, now, reason.strip()), said_by=by, by=actor)
        return fact


def forget(fact: ConditionFact, stamp: Stamp, **said: object) -> None:
    if fact.evidence:
        drop(file=fact.evidence, now=stamp.at)
    written = {"note": "", "evidence": None, "said_at": stamp.at, **said}
    move(fact, FactAction.FORGET, stamp, **written)


def _sayer(student: StudentFile, key: str, actor: User) -> Party:
    """As whom somebody says it: the one whom the year names, whose word the office may record."""
    conditions = year_now(student.year).conditions
    if key not in conditions:
        raise LookupError(f"no condition {key!r} in {student.year}")
    by = conditions[key].evidence.by
    require(can_say(actor, student, by))
    refuse_if_withdrawn(student)
    return by


def _refuse_unless_seen(fact: ConditionFact | None, seen: str) -> None:
    known = seen_of_fact(fact.state, fact.said_at) if fact else seen_of_fact(FactState.UNKNOWN)
    if seen != known:
        raise DomainError.of("moved_meanwhile")


def _kept(fact: ConditionFact | None, evidence: "UploadedFile[Any]", now: datetime) -> object:
    if fact and fact.evidence:
        drop(file=fact.evidence, now=now)
    return keep(upload=evidence, controls=EVIDENCE, purpose="contract_evidence", now=now)


def _write(
    fact: ConditionFact, action: FactAction, written: dict[str, object], now: datetime
) -> ConditionFact:
    stamp = Stamp.of(cast("User", written["by"]), now)
    if fact.pk is None:
        _set(fact, written)
        begin(fact, _target(action), stamp, verb=action)
    elif fact.state is _target(action):
        _set(fact, written)
        fact.save(update_fields=list(written))
        note(fact, "amend", stamp)
    elif (fact.state, action) in FACT_MOVES:
        move(fact, action, stamp, **written)
    else:
        raise DomainError.of("risk_is_the_students")
    return fact


def _set(fact: ConditionFact, written: Mapping[str, object]) -> None:
    for name, value in written.items():
        setattr(fact, name, value)


def _target(action: FactAction) -> FactState:
    return next_state(FACT_MOVES, FactState.UNKNOWN, action)
