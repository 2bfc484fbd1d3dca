"""The messages of accounts, as they are read: in both languages, what to do first."""

import pytest

from notifications import account_mails
from notifications.account_mails import AccountChange, AccountChangedMail
from notifications.delivery.services import ComposedMail, compose
from notifications.mails import mails_of
from notifications.models import Notification

pytestmark = pytest.mark.django_db

RESET = "http://127.0.0.1:8000/accounts/password/reset/key/2-abc/"
SIGN_UP = "http://127.0.0.1:8000/accounts/signup/"


def letter(kind: str, language: str, **refs: str) -> ComposedMail:
    [(_, written)] = compose(
        [Notification(pk=1, kind=kind, language=language, refs=refs, to="lea@exemple.fr")]
    )
    assert isinstance(written, ComposedMail)
    return written


@pytest.mark.parametrize(
    ("kind", "refs", "french", "english"),
    [
        (
            "account.code",
            {"code": "482913"},
            "Votre code Rentrée\N{NO-BREAK SPACE}: 482913",
            "Your Rentrée code: 482913",
        ),
        (
            "account.exists",
            {"password_reset_url": RESET},
            "Vous avez déjà un compte Rentrée",
            "You already have a Rentrée account",
        ),
        (
            "account.unknown",
            {"signup_url": SIGN_UP},
            "Aucun compte Rentrée n’a cette adresse",
            "No Rentrée account has this address",
        ),
        (
            "account.reset",
            {"password_reset_url": RESET},
            "Choisissez un nouveau mot de passe pour Rentrée",
            "Choose a new password for Rentrée",
        ),
    ],
)
def test_a_message_says_what_it_is_and_holds_what_it_is_for(kind, refs, french, english) -> None:
    for language, subject in (("fr", french), ("en", english)):
        written = letter(kind, language, **refs)
        assert written.subject == subject
        for value in refs.values():
            assert value in written.text
            assert value in written.html


@pytest.mark.parametrize("change", sorted(set(AccountChange) - {AccountChange.EMAIL}))
def test_every_change_has_its_words(change) -> None:
    french, english = (
        letter(AccountChangedMail.name, language, change=change) for language in ("fr", "en")
    )
    assert french.subject
    assert french.subject != english.subject
    assert "http://127.0.0.1:8000/accounts/password/reset/" in french.text
    assert "http://127.0.0.1:8000/en/accounts/password/reset/" in english.text


def test_whose_address_was_changed_is_not_sent_to_a_form_that_no_longer_knows_it() -> None:
    for language, words in (
        ("fr", "Écrivez tout de suite au contact"),
        ("en", "Write at once to the contact"),
    ):
        written = letter(AccountChangedMail.name, language, change="email")
        for body in (written.text, written.html):
            assert words in body
            assert "/password/reset/" not in body


def test_codes_and_links_are_forgotten_once_sent() -> None:
    kept = [mail for mail in mails_of(account_mails) if not mail.sensitive]
    assert kept == [AccountChangedMail]
