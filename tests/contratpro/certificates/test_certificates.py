"""The hours of a semester are certified, numbered, kept; a correction is another certificate (R-PRO-11)."""

import hashlib
import re
from datetime import date, timedelta

import pikepdf
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from common.models import Job
from common.refusals import DomainError, NotAllowedError
from contratpro.certificates.presentation import Certified
from contratpro.certificates.rules import (
    CertifiedFacts,
    SemesterDays,
    may_certify,
    may_correct,
)
from contratpro.certificates.selectors import days_of
from contratpro.certificates.services import correct_certificate, make_certificate, printed
from contratpro.classes.services.absences import correct_presence
from contratpro.models import CompletionCertificate
from contratpro.states import CertificateState, StudentState
from contratpro.year.selectors import year_now
from tests.factories import accounts, certificates, classes, sheets
from tests.factories import contracts as employments
from tests.factories import contratpro as contracts

pytestmark = pytest.mark.servers
S9 = SemesterDays(first=date(2025, 9, 1), last=date(2025, 12, 31))
FACTS = CertifiedFacts(minutes=120, employer="Bâtisseurs du Gard")
S10_DAY = timedelta(days=130)  # from 15 September to 23 January


def codes(verdict):
    return [refusal.code for refusal in verdict.refusals]


def refusal(act, *args, **said):
    with pytest.raises(DomainError) as caught:
        act(*args, **said)
    return [one.code for one in caught.value.refusals]


def numbers():
    rows = CompletionCertificate.objects.order_by("pk")
    return [(str(row), row.state, row.minutes) for row in rows]


def held(year, office, found, days=timedelta()):
    """A session of two hours, signed on paper."""
    session = classes.planned(
        year, office, starts_at=classes.STARTS + days, ends_at=classes.ENDS + days
    )
    return classes.on_paper(session, office, found, at=classes.CLOSED + days)


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def text(response):
    said = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(said.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.fixture
def employed(student):
    sheets.sent(sheets.own(student))
    return student


@pytest.fixture
def session(year, employed, office):
    return held(year, office, {employed: classes.late(30)})


@pytest.mark.parametrize(
    ("today", "facts", "expected"),
    [
        (date(2026, 1, 1), FACTS, []),
        (date(2025, 12, 31), FACTS, ["certificate_too_early"]),
        (date(2026, 1, 1), CertifiedFacts(minutes=0, employer="A"), ["certificate_without_hours"]),
        (
            date(2025, 9, 1),
            CertifiedFacts(minutes=0, employer=""),
            ["certificate_too_early", "certificate_without_hours", "certificate_without_employer"],
        ),
    ],
)
def test_the_hours_of_a_semester_are_certified_once_it_is_over(today, facts, expected):
    assert codes(may_certify(S9, today, facts)) == expected


@pytest.mark.parametrize(
    ("state", "found", "expected"),
    [
        (CertificateState.ISSUED, CertifiedFacts(minutes=90, employer=FACTS.employer), []),
        (CertificateState.ISSUED, CertifiedFacts(minutes=120, employer="Autre"), []),
        (CertificateState.ISSUED, FACTS, ["certificate_says_the_same"]),
        (
            CertificateState.ISSUED,
            CertifiedFacts(minutes=0, employer="A"),
            ["certificate_without_hours"],
        ),
        (CertificateState.REPLACED, FACTS, ["certificate_is_replaced"]),
    ],
)
def test_a_certificate_is_corrected_where_it_says_otherwise(state, found, expected):
    assert codes(may_correct(state, FACTS, found)) == expected


def test_the_two_semesters_of_the_year(year):
    said = year_now(year)
    assert days_of(said, "s9", "2IA") == S9
    assert days_of(said, "s10", "2IA") == SemesterDays(
        first=date(2026, 1, 1), last=date(2026, 8, 30)
    )


def test_a_cohort_is_certified_in_the_background(year, session, employed, office):
    """R-PRO-11: numbered, kept, for the hours really attended."""
    order = certificates.ordered(year, office)
    assert (order.wanted, numbers()) == (1, [])
    certificates.made()

    [row] = CompletionCertificate.objects.all()
    assert numbers() == [("2026-0001", "issued", 90)]
    assert row.content == {
        "number": "2026-0001",
        "school": "IMT Mines Alès",
        "signatory": "Hélène Durand",
        "post": "directrice de l’école",
        "town": "Alès",
        "student": employed.full_name,
        "employer": "Bâtisseurs du Gard",
        "action": "Ingénieur diplômé de l’école nationale supérieure des mines d’Alès de l’Institut "
        "Mines-Télécom",
        "semester": "Semestre 9",
        "first": "2025-09-01",
        "last": "2025-12-31",
        "minutes": 90,
        "issued_on": "2026-01-06",
        "replaces": "",
        "replaced_on": None,
    }
    content = row.file.content.open("rb").read()
    assert hashlib.sha256(content).hexdigest() == row.file.sha256


def test_a_certificate_is_never_made_again(year, session, employed, office):
    order = certificates.ordered(year, office)
    certificates.made()
    kept = CompletionCertificate.objects.get().file_id
    make_certificate({"order": str(order.pk), "student": employed.ref}, certificates.JANUARY)
    assert refusal(certificates.ordered, year, office) == ["certificate_for_nobody"]
    assert CompletionCertificate.objects.get().file_id == kept


def test_two_orders_at_once_make_one_certificate(year, session, employed, office):
    certificates.ordered(year, office)
    certificates.ordered(year, office)
    certificates.made()
    assert [number for number, _state, _minutes in numbers()] == ["2026-0001"]


def test_numbers_have_no_gap(year, employed, office):
    others = [contracts.student(year, StudentState.FEASIBLE) for _ in range(2)]
    for one in others:
        sheets.sent(sheets.own(one))
    held(year, office, dict.fromkeys([employed, *others], classes.PRESENT))
    certificates.ordered(year, office)
    certificates.made()
    assert [number for number, *_ in numbers()] == ["2026-0001", "2026-0002", "2026-0003"]


def test_a_correction_is_another_certificate_that_says_which_it_replaces(
    year, session, employed, office
):
    """R-PRO-11."""
    former = certificates.certified(employed, office)
    one = {"ref": former.ref, "actor": office, "now": certificates.JANUARY}
    assert refusal(correct_certificate, reason="x", **one) == ["certificate_says_the_same"]
    correct_presence(
        ref=session.ref,
        student_ref=employed.ref,
        found=classes.PRESENT,
        reason="Retard saisi par erreur.",
        actor=office,
        now=certificates.JANUARY,
    )
    latter = correct_certificate(reason="Retard saisi par erreur.", **one)

    assert numbers() == [("2026-0001", "replaced", 90), ("2026-0002", "issued", 120)]
    assert latter.replaces_id == former.pk
    assert (latter.content["replaces"], latter.content["replaced_on"]) == (
        "2026-0001",
        "2026-01-06",
    )
    assert refusal(correct_certificate, reason="x", **one) == ["certificate_is_replaced"]


def test_the_office_alone_orders_and_corrects(year, session, employed, office):
    for actor in (employed.user, accounts.UserFactory(), contracts.head(year)):
        with pytest.raises(NotAllowedError):
            certificates.ordered(year, actor)
    certificate = certificates.certified(employed, office)
    with pytest.raises(NotAllowedError):
        correct_certificate(
            ref=certificate.ref, reason="x", actor=employed.user, now=certificates.JANUARY
        )


def test_that_of_september_covers_semester_10_alone(year, session, employed, office):
    """R-PRO-11: the two add up."""
    held(year, office, {employed: classes.PRESENT}, S10_DAY)
    certificates.certified(employed, office)
    assert refusal(certificates.ordered, year, office, "s10") == ["certificate_for_nobody"]
    certificates.ordered(year, office, "s10", certificates.SEPTEMBER)
    certificates.made(certificates.SEPTEMBER)
    assert [minutes for _number, _state, minutes in numbers()] == [90, 120]


def test_who_has_no_employer_or_no_hours_has_no_certificate(year, student, office):
    absent = contracts.student(year, StudentState.FEASIBLE)
    sheets.sent(sheets.own(absent))
    held(year, office, {student: classes.PRESENT, absent: classes.ABSENT})
    assert refusal(certificates.ordered, year, office) == ["certificate_for_nobody"]


def test_the_employer_is_that_of_the_employment_contract(year, office):
    student = employments.approved(year)
    contract = employments.whole(student, office, employer_name="Bâtisseurs du Gard SAS")
    employments.completed(contract, office)
    held(year, office, {student: classes.PRESENT})
    certificate = certificates.certified(student, office)
    assert certificate.content["employer"] == "Bâtisseurs du Gard SAS"


def test_hours_that_are_gone_by_then_are_not_certified(year, session, employed, office):
    certificates.ordered(year, office)
    correct_presence(
        ref=session.ref,
        student_ref=employed.ref,
        found=classes.ABSENT,
        reason="Erreur.",
        actor=office,
        now=certificates.JANUARY,
    )
    certificates.made()
    assert numbers() == []


def test_a_certificate_is_one_tagged_page_with_the_longest_names(tmp_path):
    said = Certified(
        number="2026-0001",
        school="École nationale supérieure des techniques avancées du Languedoc et du Gard",
        signatory="Marie-Antoinette Joséphine Philippine de La Rochefoucauld",
        post="directrice adjointe chargée de la formation et de la vie de l’école",
        town="Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson",
        student="Marie-Antoinette Joséphine Philippine Montmorency-Laval d’Uzès",
        employer="Société coopérative de production des bâtisseurs du Gard et des Cévennes réunis",
        action="Ingénieur diplômé de l’école nationale supérieure",
        semester="Semestre 9",
        first=S9.first,
        last=S9.last,
        minutes=16205,
        issued_on=date(2026, 1, 6),
        replaces="2026-0001",
        replaced_on=date(2026, 1, 5),
    )
    with translation.override("en"):
        content = printed(said)
    path = tmp_path / "certificate.pdf"
    path.write_bytes(content)
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 1
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "fr"


@pytest.fixture
def _in_january():
    with time_machine.travel(certificates.JANUARY, tick=False):
        yield


@pytest.mark.usefixtures("_in_january")
def test_the_office_orders_and_follows(year, session, employed, office):
    client = browser(office)
    page = f"/admin/contrat-pro/{year.slug}/certificates/"
    typed = {"signatory": "Hélène Durand", "post": "directrice", "town": "Alès"}
    before = text(client.get(page))
    assert "Établir 1 certificat" in before
    assert before.count("0 certificat établi.") == 1  # of the semester in which somebody has hours
    assert "1 certificat est établi" in text(client.get(f"{page}s9/order/"))
    assert client.post(f"{page}s9/order/", typed | {"town": ""}).status_code == 422
    assert client.get(f"{page}s12/order/").status_code == 404
    assert "chacun a déjà son certificat" in text(client.get(f"{page}s10/order/"))
    client.post(f"{page}s9/order/", typed)
    waiting = client.get(page)
    assert (waiting.headers["Refresh"], Job.objects.filter(state="ready").count() > 0) == (
        "5",
        True,
    )
    certificates.made()
    done = client.get(page)
    assert "Refresh" not in done.headers
    assert "2026-0001" in text(done)
    row = CompletionCertificate.objects.get()
    assert client.get(f"/admin/contrat-pro/certificates/{row.ref}/").status_code == 200


@pytest.mark.usefixtures("_in_january")
def test_a_certificate_that_says_otherwise_is_corrected_from_the_list(
    year, session, employed, office
):
    certificate = certificates.certified(employed, office)
    client = browser(office)
    page = f"/admin/contrat-pro/{year.slug}/certificates/"
    act = f"/admin/contrat-pro/certificates/{certificate.ref}/correct/"
    assert act not in client.get(page).content.decode()
    assert "rien à corriger" in text(client.get(act))
    held(year, office, {employed: classes.PRESENT})
    assert act in client.get(page).content.decode()
    assert client.post(act, {"reason": ""}).status_code == 422
    client.post(act, {"reason": "Une séance oubliée."})
    assert "remplace 2026-0001" in text(client.get(page))
    assert "remplacé par 2026-0002" in text(
        browser(employed.user).get(f"/contrat-pro/{employed.ref}/")
    )


def test_a_student_reads_their_own(year, session, employed, office):
    certificate = certificates.certified(employed, office)
    other = contracts.student(year, StudentState.FEASIBLE)
    own = f"certificates/{certificate.ref}/"
    client = browser(employed.user)
    assert client.get(f"/contrat-pro/{employed.ref}/{own}").status_code == 200
    assert client.get(f"/contrat-pro/{employed.ref}/certificates/none/").status_code == 404
    stranger = browser(other.user)
    assert stranger.get(f"/contrat-pro/{employed.ref}/{own}").status_code == 404
    assert stranger.get(f"/contrat-pro/{other.ref}/{own}").status_code == 404


def test_the_list_asks_the_same_of_the_database_for_one_and_for_many(
    year, session, employed, office
):
    client = browser(office)
    page = f"/admin/contrat-pro/{year.slug}/certificates/"

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        return len(captured)

    queries()
    few = queries()
    others = [contracts.student(year, StudentState.FEASIBLE) for _ in range(4)]
    held(year, office, dict.fromkeys(others, classes.PRESENT))
    assert queries() == few
