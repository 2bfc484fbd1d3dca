"""Twins: candidates alike but for what is sealed about them get equal answers, at every address they can reach.

`Twin.plain` sets aside what may differ: references, e-mail addresses, form and session tokens,
the number that a PDF is given and its packed length. Nothing else.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from admissions.models import Application, Candidacy
from admissions.services.jury.decisions import propose_decision
from admissions.services.recap import html_of
from campaigns.views import public
from notifications.models import Notification
from tests.factories import accounts, jury
from tests.factories import admissions as dossiers
from tests.factories import announcing as told
from tests.test_rights import World, _words, ours

pytestmark = pytest.mark.django_db
SEALED = ("undecided", "proposed", "excellence", "rejected", "english")
WARM = "walked first"
OF_A_DOSSIER = "ref>"
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


@dataclass(frozen=True)
class Twin:
    application: Application
    candidacy: Candidacy
    client: Client
    words: dict[str, str]
    refs: tuple[str, ...]

    def plain(self, text: str) -> str:
        for ref in self.refs:
            text = text.replace(ref, "REF")
        text = MESSAGES.sub("/messages/N", text.replace(self.application.person.user.email, "EMAIL"))
        return TOKENS.sub(lambda found: f"{found[1] or found[2] or found[3] or found[4]}TOKEN", text)

    def answer(self, client: Client, method: str, path: str) -> tuple[object, ...]:
        """Status, headers, body and statements of a request."""
        with CaptureQueriesContext(connection) as asked:
            response = getattr(client, method)(path)
        shapes = [LITERALS.sub("?", query["sql"]) for query in asked.captured_queries]
        headers = sorted((name, self.plain(value)) for name, value in response.headers.items())
        if response.headers.get("Content-Type") == PDF:  # packed, with its own reference in it
            headers = [(name, value) for name, value in headers if name != "Content-Length"]
        cookies = self.plain(response.cookies.output())
        return response.status_code, headers, cookies, self.plain(_text(response, self.application)), shapes

    def walk(self, client: Client, having: str = "") -> dict[tuple[str, str], tuple[object, ...]]:
        """Every address of the product that holds this, with the words of this twin's dossier."""
        paths = World({}, self.words)
        return {
            (method, pattern): self.answer(client, method, paths.path(pattern))
            for _, pattern in ours()
            if having in pattern
            for method in ("get", "post")
        }


def _text(response: HttpResponse, application: Application) -> str:
    """What it says; of a PDF, the page that it is printed from."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if response.get("Content-Type") == PDF and response.get("Content-Disposition", "") == "":
        return html_of(application)
    return content.decode("utf-8", "replace")


def twin(sealed: str, words: dict[str, str]) -> Twin:
    number = User.objects.filter(email__startswith="camille").count()
    user = accounts.candidate(user=accounts.UserFactory(email=f"camille{number}@exemple.fr"), **ALIKE)
    candidacy = told.candidacy(user=user)
    if sealed == "proposed":
        president = told.president()
        propose_decision(candidacy_ref=candidacy.ref, outcome_key="excellence", actor=president, now=jury.DECIDED)
    elif sealed == "english":  # to be called to a test that not everyone sits
        told.decide(candidacy, "standard", "english")
    elif sealed not in {"undecided", WARM}:
        told.decide(candidacy, sealed)
    application = dossiers.reread(candidacy.application)
    own = words | _own_words(application, candidacy)
    return Twin(application, candidacy, _signed_in(application.person.user), own, _refs(application))


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


@pytest.fixture
def twins() -> dict[str, Twin]:
    someone = told.candidacy()
    words = _words(dossiers.reread(someone.application), someone)
    return {sealed: twin(sealed, words) for sealed in (*SEALED, WARM)}


@pytest.mark.parametrize(
    ("now", "sealed"),
    [(BEFORE, SEALED), (told.FILE_RESULTS + timedelta(minutes=5), ("undecided", "excellence", "rejected"))],
    ids=["before", "engine late"],
)
def test_a_candidate_learns_nothing_before_the_announcement(twins, now, sealed):
    """R-SEL-8: pages, headers, PDFs and the statements behind them."""
    with time_machine.travel(now, tick=False):
        twins[WARM].walk(twins[WARM].client)  # what a process keeps is kept from here on
        walks = {name: twins[name].walk(twins[name].client) for name in sealed}
    assert walks["undecided"]["get", "dossiers/<slug:ref>/"][0] == 200
    for name in sealed:
        assert differing(walks["undecided"], walks[name]) == []


def test_once_announced_each_reads_its_own_answer(twins):
    told.run("file-results", told.FILE_RESULTS)
    with time_machine.travel(told.FILE_RESULTS, tick=False):
        said = {sealed: page_of(twins[sealed]) for sealed in SEALED}
    assert said["undecided"] == said["proposed"]
    assert len(set(said.values())) == len(SEALED) - 1


@pytest.mark.parametrize("role", ["clerk", "juror", "other school’s president"])
def test_staff_who_do_not_judge_learn_nothing(twins, role):
    """The central service, a juror of another programme, a president elsewhere."""
    who = _signed_in(_member(role))
    with time_machine.travel(BEFORE, tick=False):
        twins[WARM].walk(who, OF_A_DOSSIER)
        walks = {sealed: twins[sealed].walk(who, OF_A_DOSSIER) for sealed in ("undecided", "proposed", "excellence")}
    assert differing(walks["undecided"], walks["proposed"]) == []
    assert differing(walks["undecided"], walks["excellence"]) == []


def _member(role: str) -> User:
    if role == "juror":
        return jury.member(programme="MKX-1")
    if role == "clerk":
        return accounts.with_second_factor(accounts.clerk())
    return jury.president(accounts.other_school())


def page_of(twin: Twin) -> object:
    return twin.answer(twin.client, "get", f"/dossiers/{twin.application.ref}/")[3]


def differing(one: dict, other: dict) -> list[tuple[object, ...]]:
    """The addresses whose answers differ, each with the first piece that does."""
    return [
        (key, next((a, b) for a, b in zip(one[key], other[key], strict=True) if a != b))
        for key in one
        if one[key] != other[key]
    ]
