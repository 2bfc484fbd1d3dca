"""Every mail of the product: its class, its templates, its words, and the rows that a former version queued."""

from datetime import UTC, date, datetime

import pytest
from django.template.loader import get_template
from django.utils import translation
from django.utils.functional import Promise

from admissions.states import CandidacyState
from notifications.delivery.services import compose_sample, deliver
from notifications.mails import Mail, Recipient, all_mails, mail_named
from notifications.models import Notification
from notifications.queue import mail_of, message_id
from tests.factories import admissions as dossiers

AT = datetime(2027, 3, 9, 11, 0, tzinfo=UTC)
TO = Recipient(address="camille@exemple.fr", language="fr")
SAID_ALIKE = {"Admission"}
PARTS = ("subject.txt", "body.txt", "body.html")
PIECES = '[{"title": {"fr": "Relev\\u00e9"}, "subject": null, "reason": "Illisible"}]'
DECISION = {"application": "A1", "candidacy": "C1", "stage": "file", "at": AT.isoformat()}
CANDIDACY = {"candidacy": "C1"}
# What a row of each mail keeps, by name. A new mail adds its own. A row that is here may wait in somebody’s outbox: it
# is never changed, and a fact that it lacks is typed `… | None`.
ROWS = {
    "account.code": {"code": "482913"},
    "account.exists": {"password_reset_url": "https://r.example/1"},
    "account.unknown": {"signup_url": "https://r.example/2"},
    "account.reset": {"password_reset_url": "https://r.example/3"},
    "account.changed": {"change": "email"},
    "campaigns.run_waits": {"run": "7", "why": "unarmed"},
    "campaigns.run_failed": {"run": "7", "why": "unconfirmed"},
    "admissions.claimed": {"application": "A1"},
    "admissions.entered": {
        "application": "A1",
        "token": "abc",
        "until": AT.isoformat(),
        "link": "5",
    },
    "admissions.receipt": {"application": "A1", "number": "2"},
    "admissions.withdrawal": {
        "application": "A1",
        "programmes": "INF MEC",
        "at": AT.isoformat(),
    },
    "admissions.refusal": {"application": "A1", "programmes": "INF"},
    "admissions.admission": {
        "application": "A1",
        "programmes": "INF",
        "others": "",
        "at": AT.isoformat(),
    },
    "admissions.reversal": {
        "application": "A1",
        "programmes": "INF",
        "reason": "Erreur",
        "at": AT.isoformat(),
    },
    "admissions.draft_reminder": {"application": "A1"},
    "admissions.pieces_asked": {"application": "A1", "pieces": PIECES, "until": "2027-03-09"},
    "admissions.extension": {"application": "A1", "until": AT.isoformat()},
    "admissions.piece_refused": {"application": "A1", "pieces": PIECES},
    "admissions.complete": {"application": "A1", "programmes": "INF", "pieces": "[]"},
    "admissions.sitting_time": {"application": "A1", "candidacy": "C1", "sitting": "S1"},
    "admissions.decision_next": {**DECISION, "outcome": "standard"},
    "admissions.decision_accepted": {**DECISION, "outcome": "excellence"},
    "admissions.decision_rejected": {
        **DECISION,
        "outcome": "rejected",
        "rectification": "R1",
    },
    "admissions.call": {"application": "A1", "candidacy": "C1", "at": AT.isoformat()},
    "admissions.rectification_to_confirm": {"rectification": "R1", "campaign": "ales-2022"},
    "admissions.undecided": {
        "campaign": "ales-2022",
        "milestone": "file-results",
        "at": AT.isoformat(),
        "undecided": "3",
    },
    "admissions.place_held": {"seat": "P1"},
    "admissions.agreement_recorded": {"seat": "P1"},
    "admissions.place_lost": {"seat": "P1"},
    "admissions.trainee_listed": {**CANDIDACY, "starts_on": "2027-09-06"},
    "admissions.trainee_left": {**CANDIDACY, "why": "full"},
    "admissions.transferred": {**CANDIDACY, "from": "INF", "to": "MEC"},
    "apprenticeship.search_open": {
        **CANDIDACY,
        "left": "3",
        "capacity": "28",
        "at": AT.isoformat(),
    },
    "apprenticeship.places_left": {
        **CANDIDACY,
        "left": "3",
        "capacity": "28",
        "at": AT.isoformat(),
        "day": "2027-05-17",
        "others": '[{"candidacy": "C2", "left": 0, "capacity": 22}]',
    },
    "apprenticeship.search_closed": CANDIDACY,
    "apprenticeship.employer_link": {
        "project": "J1",
        "what": "invited",
        "token": "abc",
        "until": AT.isoformat(),
        "reason": "",
    },
    "apprenticeship.employer_news": {
        "project": "J1",
        "what": "approved",
        "place": "7",
        "capacity": "28",
    },
    "apprenticeship.project_news": {"project": "J1", "what": "approved", "rank": "2"},
    "apprenticeship.project_work": {"project": "J1", "what": "submitted", "version": "1"},
    "contratpro.invitation": {"student": "S1"},
    "contratpro.tutor_named": {
        "student": "S1",
        "number": "1",
        "tutor": "tutrice@exemple.fr",
        "changed": "false",
    },
    "contratpro.tutor_work": {"student": "S1", "number": "1", "person": "9", "named": "true"},
    "contratpro.answer": {
        "student": "S1",
        "feasible": "true",
        "reason": "",
        "lines": "[]",
        "risks": "[]",
        "papers": "[]",
        "number": "1",
    },
    "contratpro.step_due": {"student": "S1", "step": "intention", "due": "2025-08-18"},
    "contratpro.risk_due": {
        "student": "S1",
        "condition": "toeic",
        "due": "2026-03-02",
        "before": "14",
    },
    "contratpro.sheet_link": {
        "sheet": "F1",
        "what": "invited",
        "remarks": "",
        "token": "abc",
        "until": AT.isoformat(),
        "link": "5",
    },
    "contratpro.sheet_home": {
        "sheet": "F1",
        "what": "to_sign",
        "token": "abc",
        "until": AT.isoformat(),
        "link": "6",
    },
    "contratpro.sheet_office": {
        "sheet": "F1",
        "what": "declined",
        "version": "1",
        "remarks": "Le tuteur",
    },
    "contratpro.sheet_company": {"sheet": "F1", "what": "validated", "version": "1"},
    "contratpro.sheet_news": {
        "sheet": "F1",
        "what": "returned",
        "version": "1",
        "remarks": "Le tuteur",
    },
    "contratpro.sheet_work": {
        "sheet": "F1",
        "what": "sent",
        "version": "1",
        "remarks": "",
        "person": "9",
    },
    "contratpro.contract_link": {
        "contract": "E1",
        "what": "invited",
        "reason": "",
        "token": "abc",
        "until": AT.isoformat(),
        "link": "5",
    },
    "contratpro.contract_news": {
        "contract": "E1",
        "what": "reopened",
        "version": "1",
        "reason": "La date de fin est à corriger.",
    },
    "contratpro.agreement_news": {"agreement": "C1", "what": "prepare", "number": "1"},
    "contratpro.agreement_handed_in": {
        "agreement": "C1",
        "what": "hand_in",
        "number": "1",
        "person": "9",
    },
    "contratpro.social_service": {
        "agreement": "C1",
        "what": "send_to_social_service",
        "number": "1",
        "person": "9",
    },
    "contratpro.agreement_copy": {
        "agreement": "C1",
        "what": "send_to_company",
        "number": "5",
        "token": "abc",
        "until": AT.isoformat(),
    },
    "contratpro.incident_reported": {"incident": "I1"},
    "contratpro.breach_student": {"incident": "I1"},
    "contratpro.breach_staff": {"incident": "I1"},
    "contratpro.breach_company": {"incident": "I1"},
    "contratpro.absence_work": {"absence": "A1", "what": "ask"},
    "contratpro.absence_answer": {"absence": "A1", "what": "grant"},
    "contratpro.evaluation_link": {
        "student": "S1",
        "what": "reopen",
        "number": "7",
        "reason": "Vérifiez la note",
        "token": "abc",
        "until": AT.isoformat(),
    },
    "contratpro.project_news": {"student": "S1", "what": "publish", "number": "1"},
    "contratpro.project_work": {
        "student": "S1",
        "what": "deposit_report",
        "number": "1",
        "late": "true",
    },
    "contratpro.pfe_news": {
        "student": "S1",
        "what": "return",
        "number": "1",
        "remarks": "Le plan",
    },
    "contratpro.pfe_work": {"student": "S1", "what": "send", "number": "1", "remarks": ""},
    "contratpro.offer_digest": {"student": "S1", "monday": "2025-06-09", "offers": "O1 O2"},
    "companies.offer_link": {
        "offer": "O1",
        "what": "refused",
        "reason": "Trop court",
        "token": "abc",
        "until": AT.isoformat(),
        "link": "5",
    },
    "companies.offer_work": {"offer": "O1", "number": "1", "person": "9"},
    "contratpro.class_link": {
        "session": "K1",
        "link": "5",
        "token": "abc",
        "pin": "123456",
        "until": AT.isoformat(),
    },
}
# The keys of the mails that were there before mails were classes, of those rows and of what names the fact besides.
KEYS = [
    ("campaigns.run_waits", {"revision": "2", "attempts": "0", "person": "9"}, ":7:2:0:9"),
    ("campaigns.run_failed", {"revision": "2", "attempts": "5", "person": "9"}, ":7:5:9"),
    ("admissions.receipt", {}, "receipt:A1:2"),
    ("admissions.refusal", {}, "refusal:A1"),
    (
        "admissions.draft_reminder",
        {"milestone": "remind", "revision": "1"},
        "reminder:A1:remind:1",
    ),
    ("admissions.decision_next", {"version": "1"}, "decision:C1:file:1"),
    ("admissions.decision_accepted", {"version": "1"}, "decision:C1:file:1"),
    ("admissions.decision_rejected", {"version": "2"}, "decision:C1:file:2"),
    ("admissions.call", {"milestone": "results", "revision": "1"}, "call:C1:results:1"),
    ("admissions.rectification_to_confirm", {"person": "9"}, "rectification:R1:9"),
    (
        "admissions.undecided",
        {"revision": "1", "person": "9"},
        "undecided:ales-2022:file-results:1:9",
    ),
    ("admissions.place_held", {}, ":P1"),
    ("admissions.place_lost", {}, ":P1"),
    ("admissions.trainee_listed", {}, ":C1"),
    ("admissions.trainee_left", {}, ":C1"),
    ("apprenticeship.search_open", {}, ":C1"),
    ("apprenticeship.search_closed", {}, ":C1"),
    ("apprenticeship.employer_link", {"link": "5"}, ":J1:5"),
    ("apprenticeship.employer_news", {}, ":J1:approved"),
    ("apprenticeship.project_news", {}, ":J1:approved"),
    ("apprenticeship.project_work", {"person": "9"}, ":J1:submitted:1:9"),
]


def classes(base: type[Mail] = Mail) -> list[type[Mail]]:
    """Every mail of the product that is not a base of others."""
    found = []
    for mail in base.__subclasses__():
        is_ours = not mail.__module__.startswith("tests.")
        found += [mail] if is_ours and "name" in vars(mail) else []
        found += classes(mail)
    return found


def test_every_mail_is_registered():
    registered = {mail for mail in all_mails() if not mail.name.startswith("tests.")}
    assert registered == set(classes()), "give the module to register_mails in its app's apps.py"
    assert len({mail.name for mail in registered}) == len(classes()), "two have one name"


def test_a_row_of_every_mail_is_kept_here():
    named = {mail.name for mail in classes()}
    assert sorted(named - ROWS.keys()) == [], "add to ROWS what a row of it keeps"
    assert sorted(ROWS.keys() - named) == [], "rows of these may still wait in somebody's outbox"


@pytest.mark.parametrize("mail", classes(), ids=lambda mail: mail.name)
def test_a_mail_has_its_templates_and_its_words(mail):
    for part in PARTS:
        assert get_template(f"{mail.folder()}/{part}")
    for words in (mail.label, mail.when):
        assert isinstance(words, Promise)
        in_french, in_english = said(words, "fr"), said(words, "en")
        assert in_english
        is_said = in_french != in_english or in_english in SAID_ALIKE
        assert is_said, (
            f"{in_english!r} has no French words: tools/messages.py update, then translate it"
        )


def said(words: Promise, language: str) -> str:
    with translation.override(language):
        return str(words)


@pytest.mark.parametrize(
    ("mail", "sample"),
    [(mail, sample) for mail in classes() for sample in mail.samples()],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_mail_is_written_on_its_samples_in_both_languages(mail, sample):
    french, english = (compose_sample(mail, language, sample) for language in ("fr", "en"))

    for letter in (french, english):
        assert letter.subject
        assert letter.text.strip()
        assert "</html>" in letter.html
    assert french.subject != english.subject
    assert french.text != english.text


@pytest.mark.parametrize("mail", classes(), ids=lambda mail: mail.name)
def test_the_cases_of_a_mail_are_worded_otherwise(mail):
    letters = [compose_sample(mail, "fr", sample) for sample in mail.samples()]

    assert len({(letter.subject, letter.text) for letter in letters}) == len(letters)


@pytest.mark.parametrize("name", ROWS)
def test_a_row_that_waits_is_read(name):
    mail = mail_named(name).load(TO, ROWS[name])

    assert mail.dump() == ROWS[name]


@pytest.mark.parametrize(("name", "identity", "key"), KEYS, ids=[name for name, _, _ in KEYS])
def test_a_key_without_a_clock_is_that_of_yesterday(name, identity, key):
    mail = mail_named(name).load(TO, {**ROWS[name], **identity})

    assert mail.key == (f"{name}{key}" if key.startswith(":") else key)


def test_values_keep_their_types_in_a_row():
    withdrawal = mail_named("admissions.withdrawal").load(TO, ROWS["admissions.withdrawal"])
    asked = mail_named("admissions.pieces_asked").load(TO, ROWS["admissions.pieces_asked"])

    assert (withdrawal.programmes, withdrawal.at) == (("INF", "MEC"), AT)
    assert asked.until == date(2027, 3, 9)
    assert asked.pieces == [{"title": {"fr": "Relevé"}, "subject": None, "reason": "Illisible"}]


def test_a_fact_that_must_be_there_is_missed():
    with pytest.raises(KeyError, match="number"):
        mail_named("admissions.receipt").load(TO, {"application": "A1"})


@pytest.mark.django_db
def test_what_was_queued_before_the_change_is_written_and_sent(mailoutbox):
    application = dossiers.submitted()
    receipt = Notification.objects.get()
    at = receipt.queued_at
    key = f"withdrawal:{application.candidacies.first().ref}:{at.timestamp():.0f}"
    Notification.objects.create(
        dedupe_key=key,
        kind="admissions.withdrawal",
        school_id=receipt.school_id,
        language="fr",
        to=receipt.to,
        about=application.ref,
        refs={"application": application.ref, "programmes": "BAT-1", "at": at.isoformat()},
        queued_at=at,
        due_at=at,
        message_id=message_id(key),
    )

    deliver(clock=lambda: at)

    assert receipt.dedupe_key == f"receipt:{application.ref}:1"
    assert receipt.refs == {"application": application.ref, "number": "1"}
    assert mail_of(receipt).key == receipt.dedupe_key
    assert [row.state for row in Notification.objects.order_by("pk")] == ["sent", "sent"]
    assert mailoutbox[1].subject.startswith("Désistement enregistré")
    assert application.candidacies.first().state == CandidacyState.SUBMITTED
