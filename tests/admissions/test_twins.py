"""Twins: candidates alike but for what is sealed about them get equal answers, at every address they can reach.

`Twin.plain` sets aside what may differ: references, e-mail addresses, form and session tokens,
the number that a PDF is given and its packed length. Nothing else.
"""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from admissions.dossier.services.recap import html_of
from admissions.jury.services.decisions import propose_decision
from admissions.models import Application, Candidacy
from campaigns.public import views as public
from notifications.models import Notification
from tests.factories import accounts, jury
from tests.factories import admissions as dossiers
from tests.factories import announcing as told
from tests.test_rights import PAGES, World, _words, ours, where_something_is

pytestmark = pytest.mark.django_db
SEALED = ("undecided", "proposed", "excellence", "rejected", "english")
WARM = "walked first"
# Pages that a process keeps, or the first that read what it keeps: of two twins, one would pay for the other.
KEPT = {"home", "campaign", "campaign_version", "check", "application_messages", "work_dossier"}
ALIKE = {
    "first_names": "Camille",
    "birth_name": "Martin",
    "usual_name": "",
    "nationality": "FR",
    "french_mother_tongue": True,
    "born_on": date(2001, 5, 4),
    "phone": "+33612345678",
    "street": "3 rue des Lices",
    "postcode": "30100",
    "city": "Alès",
}
BEFORE = told.FILE_RESULTS - timedelta(days=1)
PDF = "application/pdf"
TOKENS = re.compile(
    r'(csrfmiddlewaretoken" value=")[^"]+|((?:csrftoken|sessionid)=)[^;]+|(expires=)[^;]+|(/ID \[)<[^\]]+'
)
MESSAGES = re.compile(r"/messages/\d+")
LITERALS = re.compile(r"'[^']*'|\b\d+\b|SAVEPOINT .*")


def everywhere(role: str) -> set[str]:
    return set(PAGES)


def of_a_dossier() -> set[str]:
    return {name for name, pattern in ours() if "ref>" in pattern}


WALKED = [where_something_is, pytest.param(everywhere, marks=pytest.mark.long)]


@dataclass(frozen=True)
class Twin:
    application: Application
    candidacy: Candidacy
    words: dict[str, str]
    refs: tuple[str, ...]

    def plain(self, text: str) -> str:
        for ref in self.refs:
            text = text.replace(ref, "REF")
        text = MESSAGES.sub(
            "/messages/N", text.replace(self.application.person.user.email, "EMAIL")
        )
        return TOKENS.sub(
            lambda found: f"{found[1] or found[2] or found[3] or found[4]}TOKEN", text
        )

    def answer(self, client: Client, method: str, path: str) -> tuple[object, ...]:
        """Status, headers, body and statements of a request."""
        with statements() as shapes:
            response = getattr(client, method)(path)
        headers = sorted((name, self.plain(value)) for name, value in response.headers.items())
        if response.headers.get("Content-Type") == PDF:  # packed, with its own reference in it
            headers = [(name, value) for name, value in headers if name != "Content-Length"]
        cookies = self.plain(response.cookies.output())
        return (
            response.status_code,
            headers,
            cookies,
            self.plain(_text(response, self.application)),
            shapes,
        )

    def walk(self, user: User, names: Collection[str]) -> dict[tuple[str, str], tuple[object, ...]]:
        """The addresses of these names, with the words of this twin's dossier, by someone who has just signed in."""
        client, paths = _signed_in(user), World({}, self.words)
        return {
            (method, pattern): self.answer(client, method, paths.path(pattern))
            for name, pattern in ours()
            if name in names
            for method in ("get", "post")
        }

    def own_walk(self, names: Collection[str]) -> dict[tuple[str, str], tuple[object, ...]]:
        return self.walk(self.application.person.user, names)


@contextmanager
def statements() -> Iterator[list[tuple[str, list[bool]]]]:
    """The statements of a request without their values, but for which of these are nothing."""
    shapes = []

    def note(
        execute: Callable[..., object], sql: str, params: object, many: bool, context: object
    ) -> object:
        shapes.append((LITERALS.sub("?", sql), [value is None for value in params or ()]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield shapes


def _text(response: HttpResponse, application: Application) -> str:
    """What it says; of a PDF, the page that it is printed from."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if response.get("Content-Type") == PDF and response.get("Content-Disposition", "") == "":
        return html_of(dossiers.last_submission(application))
    return content.decode("utf-8", "replace")


def twin(sealed: str, words: dict[str, str]) -> Twin:
    number = User.objects.filter(email__startswith="camille").count()
    user = accounts.candidate(
        user=accounts.UserFactory(email=f"camille{number}@exemple.fr"), **ALIKE
    )
    candidacy = told.candidacy(user=user)
    if sealed == "proposed":
        president = told.president()
        propose_decision(
            candidacy_ref=candidacy.ref, outcome_key="excellence", actor=president, now=jury.DECIDED
        )
    elif sealed == "english":  # to be called to a test that not everyone sits
        told.decide(candidacy, "standard", "english")
    elif sealed not in {"undecided", WARM}:
        told.decide(candidacy, sealed)
    application = dossiers.reread(candidacy.application)
    own = words | _own_words(application, candidacy)
    return Twin(application, candidacy, own, _refs(application))


def _own_words(application: Application, candidacy: Candidacy) -> dict[str, str]:
    return {
        "ref": application.ref,
        "title_ref": application.titles.get().ref,
        "subject_key": candidacy.ref,
        "candidacy_ref": candidacy.ref,
        "file_ref": application.documents.get(requirement__key="cv").files.get().file.ref,
        "message_id": str(Notification.objects.filter(about=application.ref).earliest("pk").pk),
    }


def _refs(application: Application) -> tuple[str, ...]:
    documents = application.documents.all()
    return (
        application.ref,
        *application.candidacies.values_list("ref", flat=True),
        *application.titles.values_list("ref", flat=True),
        *documents.values_list("ref", flat=True),
        *documents.values_list("files__file__ref", flat=True),
    )


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.get("/landing/")
    return client


@pytest.fixture(autouse=True)
def _public_notices_stay_kept(monkeypatch):
    """Redis counts real seconds, and a walk takes more than these ten: no twin is to be the one who reads them anew."""
    monkeypatch.setattr(public, "SECONDS_KNOWN", 3600)


@pytest.fixture(scope="module")
def twins(for_the_module) -> dict[str, Twin]:
    someone = told.candidacy()
    words = _words(dossiers.reread(someone.application), someone)
    return {sealed: twin(sealed, words) for sealed in (*SEALED, WARM)}


@pytest.mark.parametrize(
    ("now", "sealed"),
    [
        (BEFORE, SEALED),
        (told.FILE_RESULTS + timedelta(minutes=5), ("undecided", "excellence", "rejected")),
    ],
    ids=["before", "engine late"],
)
@pytest.mark.parametrize("walked", WALKED)
def test_a_candidate_learns_nothing_before_the_announcement(twins, now, sealed, walked):
    """R-SEL-8: pages, headers, PDFs and the statements behind them."""
    names = walked("owner")
    with time_machine.travel(now, tick=False):
        twins[WARM].own_walk(KEPT)
        walks = {name: twins[name].own_walk(names) for name in sealed}
    assert walks["undecided"]["get", "dossiers/<slug:ref>/"][0] == 200
    for name in sealed:
        assert differing(walks["undecided"], walks[name]) == []


def test_once_announced_each_reads_its_own_answer(twins):
    told.run("file-results", told.FILE_RESULTS)
    with time_machine.travel(told.FILE_RESULTS, tick=False):
        said = {sealed: page_of(twins[sealed]) for sealed in SEALED}
    assert said["undecided"] == said["proposed"]
    assert len(set(said.values())) == len(SEALED) - 1


@pytest.mark.parametrize("role", ["clerk", "juror", "president"])
@pytest.mark.parametrize("walked", WALKED)
def test_staff_who_do_not_judge_learn_nothing(twins, role, walked):
    """The central service, a juror of another programme, a president elsewhere."""
    who, names = _member(role), walked(role) & of_a_dossier()
    with time_machine.travel(BEFORE, tick=False):
        twins[WARM].walk(who, KEPT)
        walks = {
            sealed: twins[sealed].walk(who, names)
            for sealed in ("undecided", "proposed", "excellence")
        }
    assert differing(walks["undecided"], walks["proposed"]) == []
    assert differing(walks["undecided"], walks["excellence"]) == []


def _member(role: str) -> User:
    if role == "juror":
        return jury.member(programme="MKX-1")
    if role == "clerk":
        return accounts.with_second_factor(accounts.clerk())
    return jury.president(accounts.other_school())


def page_of(twin: Twin) -> object:
    client = _signed_in(twin.application.person.user)
    return twin.answer(client, "get", f"/dossiers/{twin.application.ref}/")[3]


def differing(one: dict, other: dict) -> list[tuple[object, ...]]:
    """The addresses whose answers differ, each with the first piece that does."""
    return [
        (key, next((a, b) for a, b in zip(one[key], other[key], strict=True) if a != b))
        for key in one
        if one[key] != other[key]
    ]
