"""Whatever is done to a dossier, what was last said as received is what lists, recap and jury read."""

import random
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, note
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from accounts.services import IdentityInput, identity_of
from admissions.checking import services as checking
from admissions.checking.selectors import worklist
from admissions.correcting.services import correct_identity
from admissions.dossier.selectors.dossiers import get_dossier, submissions_of
from admissions.dossier.services import drafts, endings, pieces, recap, submission
from admissions.jury.selectors.candidacies import bench_of
from admissions.jury.selectors.dossiers import study_of
from admissions.models import Application, Candidacy, Charge, Document, Submission, Title
from admissions.templatetags.dossiers import applied_to
from campaigns.editing.services.versions import record_version
from campaigns.models import Pool
from campaigns.notice.selectors import notice
from common.drafts.rules import fingerprint
from common.journal import SYSTEM
from common.models import Job, JournalEntry
from common.refusals import DomainError
from common.rules import Refusal, fold
from notifications.models import Notification
from tests.admissions.dossier.received import (
    TITLES,
    UNDER_CHECK,
    UNDER_STUDY,
    UNSENT,
    Model,
    Piece,
    Received,
)
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.properties import tries

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
CODES = ("BAT-1", "MKX-1", "INFRES-SR-1")
STARTS = {
    "draft": (dossiers.complete, dossiers.STARTED),
    "late": (dossiers.complete, dossiers.STARTED),
    "submitted": (dossiers.submitted, dossiers.SUBMITTED),
    "incomplete": (dossiers.asked, dossiers.CHECKED),
    "complete": (dossiers.handed_over, dossiers.CHECKED),
}
OFTEN = ("submitted", "draft", "incomplete", "late", "submitted", "complete")
EDITED = ("draft", *UNDER_CHECK)
ALWAYS = (*UNDER_STUDY, *UNSENT, "refused")
WRITTEN = (Application, Title, Candidacy, Document, Submission, Charge, JournalEntry, Job)
STEPS = 12
Act = Callable[["DossierMachine"], None]
ACTS: dict[str, tuple[str, ...]] = {}


def act_of(*states: str) -> Callable[[Act], Act]:
    """An act, and the states in which it is likely to be done."""

    def known(act: Act) -> Act:
        ACTS[act.__name__] = states
        return act

    return known


class DossierMachine(RuleBasedStateMachine):
    """A dossier through its services, beside a model of it. The model says what is legal."""

    def __init__(self) -> None:
        super().__init__()
        self.steps = 0
        self.undo = ExitStack()
        self.undo.enter_context(transaction.atomic())

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.close()
        notice.cache_clear()  # the next example gives the numbers of these versions to others

    @initialize(start=st.sampled_from(OFTEN))
    def begin(self, start: str) -> None:
        make, self.now = STARTS[start]
        self.row = make(nationality="FR", city="Nîmes")
        self.clerk = dossiers.clerk_of(self.row)
        self.president = accounts.president(self.row.campaign.organiser)
        title = self.row.titles.get()
        self.model = model = Model(
            first_names=self.row.first_names,
            birth_name=self.row.birth_name,
            city="Nîmes",
            titles={title.ref: ("expected", title.institution)},
            candidacies=dict.fromkeys(dossiers.PROGRAMMES, "draft"),
        )
        model.pieces = dict.fromkeys(model.asked(list(dossiers.PROGRAMMES)), "given")
        if start not in ("draft", "late"):
            model.receive("submitted", dossiers.SUBMITTED)
        if start == "incomplete":
            model.state, model.pieces["photo", ""] = "incomplete", "refused"
        if start == "complete":
            model.pieces = dict.fromkeys(model.pieces, "accepted")
            model.enter()
        self.now += HOUR
        if start == "late":
            self.pick = min
            self.pass_to(dossiers.LAST_SECOND + 20 * HOUR)
            self.extend()
            self.reopen()
            self.submit()

    @rule(seed=st.integers(0, 2**32))
    def act(self, seed: int) -> None:
        """One of the acts of its state; at each third step any at all, which may be refused; in the end, an end."""
        self.steps += 1
        chance = random.Random(seed)
        self.pick = lambda options: chance.choice(list(options))
        state, anything = self.model.state, self.steps % 3 == 0
        names = [name for name, states in ACTS.items() if anything or state in states]
        if self.steps == STEPS:
            names = ["refuse", "withdraw", "hand_over"]
        name = self.pick(names)
        note(f"# {name} of {state}")
        getattr(self, name)()

    # Time, and the notice

    @act_of("complete", "lapsed", "refused")
    def wait(self) -> None:
        self.pass_to(self.now + self.pick([HOUR, 30 * HOUR, 24 * 9 * HOUR]))

    @act_of(*EDITED)
    def wait_for_the_deadline(self) -> None:
        second = self.pick([timedelta(), timedelta(seconds=1), 20 * HOUR])
        self.pass_to(max(self.now, dossiers.LAST_SECOND + second))

    def pass_to(self, now: datetime) -> None:
        self.now = now
        endings.lapse_drafts(now)
        self.model.lapse(now)

    @act_of()
    def write_another_version_of_the_notice(self) -> None:
        if self.model.notice == 1:
            Pool.objects.filter(key="bat-1").update(ceiling=47)
            record_version(campaign=self.row.campaign, reason="", by=SYSTEM, now=self.now)
            self.model.notice += 1

    # The candidate

    @act_of(*EDITED)
    def say_who_one_is(self) -> None:
        who = self.names()
        identity = replace(self.identity(), **who)
        self.correct(lambda model: model.say(**who), drafts.save_identity, identity=identity)

    @act_of(*EDITED)
    def say_whether_one_holds_a_grant(self) -> None:
        said = {"grant": not self.model.grant}
        self.correct(
            lambda model: model.say(**said),
            drafts.declare_grant_holder,
            grant_holder=said["grant"],
        )

    @act_of(*EDITED)
    def add_title(self) -> None:
        kind, known = self.pick(sorted(TITLES)), set(self.model.titles)
        title = replace(TITLES[kind], institution=f"École {self.steps}")

        def add(model: Model) -> None:
            added = {row.ref for row in self.row.titles.all()} - known
            model.titles[next(iter(added), "to come")] = (kind, title.institution)

        self.correct(add, drafts.add_title, title=title)

    @act_of(*EDITED)
    def remove_title(self) -> None:
        if self.model.titles:
            ref = self.pick(sorted(self.model.titles))
            self.correct(lambda model: model.remove_title(ref), drafts.remove_title, title_ref=ref)

    @act_of(*EDITED)
    def change_title(self) -> None:
        if self.model.titles:
            ref = self.pick(sorted(self.model.titles))
            kind, place = self.model.titles[ref][0], self.pick(["Lycée Dhuoda", "IUT de Sète"])
            self.correct(
                lambda model: model.titles.update({ref: (kind, place)}),
                drafts.change_title,
                title_ref=ref,
                title=replace(TITLES[kind], institution=place),
            )

    @act_of(*EDITED)
    def choose(self) -> None:
        self.choose_these({code for code in CODES if self.pick([True, False])})

    def choose_these(self, codes: set[str]) -> None:
        model = self.model
        added = codes - set(model.chosen(self.now))
        legal = model.may_choose(added, self.now)
        if self.do(legal, drafts.choose_programmes, codes=sorted(codes)):
            model.choose(codes, added)

    @act_of(*EDITED)
    def give_what_lacks(self) -> None:
        for piece in self.model.lacking(self.model.chosen(self.now)):
            self.give(piece)

    def give(self, piece: Piece) -> None:
        model, (key, about) = self.model, piece
        where = (key, self.subject(about))
        shown = get_dossier(ref=self.row.ref, now=self.now).pieces
        row = next(row for row in shown if (row.key, row.subject_key) == where)
        if self.do(
            model.may_give(piece, self.now),
            pieces.give_document,
            requirement_key=key,
            subject_key=row.subject_key,
            uploads=[dossiers.believable(row)],
            replace=True,
        ):
            model.pieces[piece] = "given"
            model.answer()

    @act_of(*EDITED)
    def submit(self) -> None:
        self.submit_under(self.model.notice)

    @act_of(*EDITED)
    def choose_give_and_submit(self) -> None:
        self.choose()
        self.give_what_lacks()
        self.submit_under(self.model.notice)

    @act_of()
    def submit_under_another_notice(self) -> None:
        self.submit_under(self.model.notice - 1)

    def submit_under(self, number: int) -> None:
        model = self.model
        again = model.state in UNDER_CHECK and not model.of("draft")  # pressed twice
        legal = model.may_submit(self.now) and number == model.notice
        filmed = get_dossier(ref=self.row.ref, now=self.now).filmed
        said = {
            "ref": self.row.ref,
            "actor": self.row.person.user,
            "agreed": filmed,
            "received_at": self.now,
        }
        submit = submission.submit_application
        if self.attempt(legal or again, submit, accepted_version=number, **said) and not again:
            model.receive("submitted" if model.state == "draft" else "added", self.now)

    @act_of("draft", *UNDER_CHECK)
    def withdraw(self) -> None:
        model = self.model
        legal = model.state in ("draft", *UNDER_STUDY)
        if self.do(legal or model.state == "withdrawn", endings.withdraw_application):
            model.leave_all()

    @act_of(*UNDER_STUDY)
    def withdraw_from_one(self) -> None:
        self.withdraw_from(self.pick(self.model.applied or self.model.of("withdrawn") or CODES))

    @act_of("incomplete")
    def withdraw_rather_than_answer(self) -> None:
        asked = [about for _, about in self.model.lacking(self.model.applied) if about in CODES]
        self.withdraw_from(self.pick(asked or CODES))

    @act_of()
    def withdraw_from_any(self) -> None:
        self.withdraw_from(self.pick(CODES))

    @act_of(*UNDER_CHECK)
    def withdraw_from_one_and_choose_it_again(self) -> None:
        self.withdraw_from_one()
        self.choose_these(set(CODES))

    def withdraw_from(self, code: str) -> None:
        model = self.model
        if code not in model.candidacies:
            return
        again = model.candidacies[code] == "withdrawn"
        legal = code in model.applied and model.state in UNDER_STUDY
        said = {"candidacy_ref": self.subject(code)}
        if self.do(legal or again, endings.withdraw_candidacy, **said) and not again:
            model.leave_one(code)

    @act_of("withdrawn", "lapsed")
    def reopen(self) -> None:
        model = self.model
        legal = model.state in ("withdrawn", "lapsed") and model.open(self.now)
        if self.do(legal or model.state == "draft", endings.reopen_application):
            model.state = "draft"

    # The central service

    @act_of(*UNDER_STUDY)
    def put_right_who_it_is(self) -> None:
        who = self.names()
        said = replace(self.identity(), **who)
        self.correct(
            lambda model: model.say(**who),
            correct_identity,
            by_clerk=True,
            reason="Erreur de saisie",
            seen=fingerprint(identity_of(self.read())),
            **{name: getattr(said, name) for name in said.__slots__},
        )

    @act_of(*UNSENT)
    def extend(self) -> None:
        model, until = self.model, self.pick([date(2022, 3, 12), date(2022, 3, 15)])
        legal = model.may_be_extended(until, self.now)
        said = {"until": until, "reason": "Panne"}
        if self.do(legal, checking.extend_application, by_clerk=True, **said):
            model.extended = until

    @act_of(*UNDER_CHECK)
    def refuse_a_piece(self) -> None:
        """A letter rather than another: it goes with its programme."""
        given = sorted(self.model.pieces)
        letters = [piece for piece in given if piece[0] == "motivation"]
        if self.model.received and given:
            piece = self.pick([*letters, *letters, self.pick(given)])
            if self.check(piece, checking.refuse_document, reason="Illisible"):
                self.model.pieces[piece] = "refused"

    @act_of("submitted")
    def refuse_a_piece_and_ask(self) -> None:
        self.refuse_a_piece()
        self.ask()

    @act_of(*UNDER_CHECK)
    def accept_what_was_given(self) -> None:
        for piece in [piece for piece, state in self.model.pieces.items() if state == "given"]:
            if self.model.received and self.check(piece, checking.accept_document):
                self.model.pieces[piece] = "accepted"
                self.model.answer()

    def check(self, piece: Piece, command: Callable[..., object], **said: object) -> bool:
        where = {"requirement__key": piece[0], "subject_key": self.subject(piece[1])}
        ref = self.row.documents.get(**where).ref
        legal = self.model.state in UNDER_CHECK
        return self.do(legal, command, by_clerk=True, document_ref=ref, **said)

    @act_of(*UNDER_CHECK)
    def ask(self) -> None:
        model = self.model
        legal = model.state in UNDER_CHECK and bool(model.lacking(model.applied))
        if self.do(legal, checking.ask_pieces, by_clerk=True, until=date(2022, 12, 1)):
            model.state = "incomplete"

    @act_of("submitted")
    def declare_complete(self) -> None:
        model = self.model
        balance = get_dossier(ref=self.row.ref, now=self.now).fees.balance
        if balance > 0:
            self.do(True, checking.record_payment, by_clerk=True, cents=balance)
        legal = model.may_be_complete(self.now) or model.state == "complete"
        if self.do(legal, checking.declare_complete, by_clerk=True):
            model.enter()

    @act_of("submitted")
    def hand_over(self) -> None:
        self.pass_to(max(self.now, dossiers.LAST_SECOND + HOUR))
        self.accept_what_was_given()
        self.declare_complete()

    @act_of()
    def refuse(self) -> None:
        legal = self.model.state in (*UNDER_CHECK, "refused")
        if self.do(legal, endings.refuse_application, by_clerk=True, reason="Hors sujet"):
            self.model.refuse()

    # How acts are done

    def correct(
        self,
        change: Callable[[Model], object],
        command: Callable[..., object],
        *,
        by_clerk: bool = False,
        **said: object,
    ) -> None:
        """What a dossier says is changed; received at once where it was submitted, if it says something else.

        A clerk corrects nothing by saying it again.
        """
        model, after = self.model, deepcopy(self.model)
        change(after)
        received = after != model and model.state in UNDER_STUDY
        legal = received if by_clerk else model.may_edit(self.now)
        legal = legal and (not received or after.may_be_corrected(self.now))
        if self.do(legal, command, by_clerk=by_clerk, **said):
            change(model)
            if received:
                model.receive("corrected", self.now)

    def do(
        self, legal: bool, command: Callable[..., object], *, by_clerk: bool = False, **said: object
    ) -> bool:
        actor = self.clerk if by_clerk else self.row.person.user
        return self.attempt(legal, command, ref=self.row.ref, actor=actor, now=self.now, **said)

    def attempt(self, legal: bool, command: Callable[..., object], **said: object) -> bool:
        """Whether it was done. What is refused changes nothing."""
        before = None if legal else everything()
        refusals: Sequence[Refusal] = ()
        try:
            command(**said)
        except DomainError as error:
            refusals = error.refusals
        assert legal == (not refusals), (command.__name__, refusals)
        assert legal or everything() == before
        return legal

    def names(self) -> dict[str, str]:
        city = self.pick(["Alès", "Sète", "Agde", ""])
        return {"birth_name": self.pick(["Martin", "Zidane", "Ødegaard"]), "city": city}

    def identity(self) -> IdentityInput:
        row = self.read()
        names = accounts.identity().__slots__
        return accounts.identity(**{name: getattr(row, name) for name in names})

    def read(self) -> Application:
        return dossiers.reread(self.row)

    def subject(self, about: str) -> str:
        """A programme's pieces are those of its candidacy."""
        rows = self.row.candidacies.filter(programme__code=about)
        return rows.values_list("ref", flat=True).first() or about

    # What must hold

    @invariant()
    def rows_are_those_of_the_model(self) -> None:
        model, row = self.model, self.read()
        assert (row.state, row.received_at) == (model.state, model.received_at)
        assert dict(row.candidacies.values_list("programme__code", "state")) == model.candidacies
        judged = row.candidacies.exclude(verdict="").values_list("programme__code", flat=True)
        assert set(judged) == model.once
        assert (row.birth_name, row.city) == (model.birth_name, model.city)

    @invariant()
    def each_submission_says_for_ever_what_it_said(self) -> None:
        model, row = self.model, self.read()
        known = [(each.kind, each.at, each.notice) for each in model.received]
        shown = submissions_of(row)
        assert [(each.kind, each.received_at, each.notice.number) for each in shown] == known
        assert [each.number for each in shown] == list(range(1, len(known) + 1))
        assert row.submission_number == len(known)
        for kept, said in zip(row.submissions.all(), model.received, strict=True):
            assert content_said(kept) == said
        receipts = Notification.objects.filter(kind="admissions.receipt", about=row.ref)
        assert receipts.count() == len(known)

    @invariant()
    def the_recap_is_of_what_was_last_received(self) -> None:
        if not self.model.received:
            return
        said, shown = self.model.last, recap._recap(dossiers.last_submission(self.row))
        assert (shown.person["birth_name"], shown.person["city"]) == (said.birth_name, said.city)
        assert tuple(sorted(each["institution"] for each in shown.titles)) == said.titles
        assert tuple(sorted(each["code"] for each in shown.programmes)) == said.programmes
        assert shown.last.kind == said.kind
        assert len(shown.submissions) == len(self.model.received)

    @invariant()
    def the_list_of_the_central_service_names_who_was_received(self) -> None:
        model = self.model
        [listed] = worklist(self.clerk, self.row.campaign, None)
        assert (listed.state, sorted(applied_to(listed))) == (model.state, model.listed())
        if model.state in (*UNDER_STUDY, "refused"):
            said = model.last
            assert (listed.first_names, listed.birth_name) == (said.first_names, said.birth_name)
            assert listed.sort_key == key_of(listed.usual_name or said.birth_name, said)
            assert set(applied_to(listed)) <= set(said.programmes)

    @invariant()
    def the_jury_reads_what_was_received(self) -> None:
        said = self.model.last if self.model.received else None
        rows = self.row.candidacies.exclude(stage=None).select_related("stage__selection")
        assert {row.programme.code for row in rows} == set(self.model.of("in_selection"))
        for row in rows[:1]:  # its dossier is that of the others
            bench = bench_of(self.president, row.stage.selection)
            assert bench
            assert said
            study = study_of(bench, row.stage, row.ref, self.now)
            assert study
            read = study.dossier.application
            assert (read.birth_name, read.city) == (said.birth_name, said.city)
            assert row.sort_key == key_of(read.usual_name or said.birth_name, said)
            assert row.received_at == self.model.received_at
            assert tuple(sorted(title.institution for title in study.dossier.titles)) == said.titles
            assert study.programme.code in said.programmes
            assert study.programme.verdict.verdict == row.verdict


def key_of(name: str, said: Received) -> str:
    return fold(f"{name} {said.first_names}")


def content_said(kept: Submission) -> Received:
    content = kept.content
    assert content
    return Received(
        kind=kept.kind,
        at=kept.received_at,
        notice=kept.notice.number,
        first_names=content["person"]["first_names"],
        birth_name=content["person"]["birth_name"],
        city=content["person"]["city"],
        grant=content["grant_holder"],
        titles=tuple(sorted(title["institution"] for title in content["titles"])),
        programmes=tuple(sorted(programme["code"] for programme in content["programmes"])),
        owed=kept.receipt["owed"],
    )


def everything() -> list[Any]:
    """All that a command of these could write."""
    models = (*WRITTEN, Notification)
    return [list(model._default_manager.order_by("pk").values_list()) for model in models]


def test_what_was_last_received_is_what_is_read(db: None) -> None:
    """A failure tells its acts as they were drawn: to shrink a dozen of them takes minutes."""
    kept = [phase for phase in Phase if phase is not Phase.shrink]
    examples = tries(
        18,
        stateful_step_count=STEPS,
        phases=kept,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(DossierMachine, settings=examples)
