"""The central service checks a dossier on its page: one address per act."""

import re

import pytest
import time_machine

from admissions.checking.services import record_payment
from admissions.dossier.selectors.dossiers import get_dossier
from admissions.dossier.services.drafts import choose_programmes
from common.rules import Cents
from notifications.models import Notification
from tests.factories import accounts
from tests.factories import admissions as dossiers

LIST = "/admin/dossiers/"


@pytest.fixture(autouse=True)
def after_the_deadline(db):
    with time_machine.travel(dossiers.CHECKED, tick=False):
        yield


def page(application) -> str:
    return f"{LIST}{application.ref}/"


def act(application, document, name) -> str:
    return f"{page(application)}pieces/{document.ref}/{name}/"


def shown(client, path) -> str:
    return re.sub(r"\s+", " ", client.get(path).content.decode().replace("\N{NO-BREAK SPACE}", " "))


def photo(application):
    return application.documents.get(requirement__key="photo")


def seen(application) -> str:
    return " ".join(photo(application).files.values_list("file__ref", flat=True))


def test_pieces_are_accepted_refused_and_undone_in_place(signed_in, clerk):
    """R-APP-8."""
    application = dossiers.submitted()
    client, piece = signed_in(clerk), photo(application)

    accepted = client.post(act(application, piece, "accept"), {"seen": seen(application)})
    state = photo(application).state
    client.post(act(application, piece, "undo"))
    client.post(
        act(application, piece, "refuse"), {"seen": seen(application), "reason": "Photo floue."}
    )
    html = shown(client, page(application))

    assert (accepted.status_code, accepted["Location"]) == (
        302,
        f"{page(application)}#document-{piece.ref}",
    )
    assert state == "accepted"
    assert "Photo floue." in html
    assert "Cette pièce a été refusée et doit être remplacée" in html
    assert clerk.email in html


def test_what_was_not_seen_is_not_accepted(signed_in, clerk):
    application = dossiers.submitted()
    client = signed_in(clerk)
    client.post(act(application, photo(application), "accept"), {"seen": "other"})
    assert "d’autres fichiers entre-temps" in shown(client, page(application))
    assert photo(application).state == "given"


def test_fees_are_recorded_waived_and_taken_out(signed_in, clerk):
    """R-APP-2."""
    application = dossiers.submitted()
    client = signed_in(clerk)

    client.post(f"{page(application)}payment/", {"euros": "49,50", "note": "VIR 1"})
    silent = client.post(f"{page(application)}waive/", {"reason": ""})
    client.post(f"{page(application)}waive/", {"reason": "Erreur de l’école."})
    rows = list(application.payments.values_list("method", "cents"))
    client.post(f"{page(application)}payments/{application.payments.first().ref}/cancel/")

    assert silent.status_code == 422
    assert rows == [("transfer", 4950), ("waiver", 4950)]
    assert list(application.payments.values_list("method", flat=True)) == ["waiver"]


def test_an_amount_that_is_none_is_said(signed_in, clerk):
    application = dossiers.submitted()
    client = signed_in(clerk)
    answer = client.post(f"{page(application)}payment/", {"euros": "beaucoup", "note": "VIR 12"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Indiquez le montant reçu, par exemple 99 ou 49,50." in html
    assert 'value="beaucoup"' in html
    assert 'value="VIR 12"' in html


def test_a_payment_that_cannot_be_read_is_said_even_if_nothing_is_left(signed_in, clerk):
    application = dossiers.submitted()
    client = signed_in(clerk)
    long = client.post(f"{page(application)}payment/", {"euros": "99", "note": "x" * 201})
    record_payment(ref=application.ref, cents=Cents(9900), actor=clerk, now=dossiers.CHECKED)
    late = client.post(f"{page(application)}payment/", {"euros": "beaucoup"}, follow=True)
    assert (long.status_code, "200" in long.content.decode()) == (422, True)
    assert "Il ne reste rien à payer." in late.content.decode()


def test_pieces_are_asked_for_and_the_candidate_reads_which(signed_in, clerk):
    """R-APP-5."""
    application = dossiers.submitted()
    client = signed_in(clerk)
    client.post(
        act(application, photo(application), "refuse"),
        {"seen": seen(application), "reason": "Floue."},
    )

    before = shown(client, f"{page(application)}ask/")
    done = client.post(f"{page(application)}ask/", {"until": "18/03/2022"})
    own = signed_in(application.person.user)
    overview = shown(own, f"/dossiers/{application.ref}/")
    slots = shown(own, f"/dossiers/{application.ref}/documents/")

    assert "Photo d’identité" in before
    assert done["Location"] == page(application)
    assert dossiers.reread(application).state == "incomplete"
    assert "Pièces à fournir au plus tard le vendredi 18 mars 2022" in overview
    assert "Floue." in overview
    assert "Floue." in slots
    assert Notification.objects.filter(kind="admissions.pieces_asked").count() == 1


def test_what_was_added_and_not_submitted_is_neither_asked_for_nor_owed(signed_in, clerk):
    """R-APP-2, R-APP-5"""
    application = dossiers.submitted()
    now = dossiers.SUBMITTED
    record_payment(ref=application.ref, cents=Cents(9900), actor=clerk, now=now)
    choose_programmes(codes=["INFRES-SR-1"], now=now, **dossiers.whose(application))
    with time_machine.travel(now, tick=False):
        client = signed_in(clerk)
        client.post(
            act(application, photo(application), "refuse"),
            {"seen": seen(application), "reason": "Floue."},
        )
        client.post(f"{page(application)}ask/", {"until": "18/03/2022"})

        read = shown(client, page(application))
        listed = shown(client, "/admin/dossiers/?state=")
        own = shown(signed_in(application.person.user), f"/dossiers/{application.ref}/")
    [asked] = Notification.objects.filter(kind="admissions.pieces_asked")

    assert "Ajoutée, pas encore déposée" in read
    assert '<span class="code">INFRES-SR-1' not in listed
    assert (
        "Lettre de motivation"
        not in own.split("Pièces à fournir")[1].split("Votre candidature est reçue")[0]
    )
    assert "Lettre de motivation" not in str(asked.refs)
    assert "(pas encore déposée)" in own
    assert "Il ne reste rien à payer pour ce qui est déposé." in own
    assert "22 € s’ajouteront" in own


def test_pieces_to_check_are_counted_beside_them(signed_in, clerk):
    application = dossiers.submitted()
    count = sum(
        piece.status == "given"
        for piece in get_dossier(ref=application.ref, now=dossiers.CHECKED).pieces
    )
    html = shown(signed_in(clerk), page(application))
    assert f"{count} pièces restent à vérifier." in html
    assert "Cette pièce reste à vérifier" not in html
    assert "Il reste 99 € de frais à payer." in html


def test_a_dossier_is_declared_complete_once_nothing_is_left(signed_in, clerk):
    """R-APP-8."""
    application = dossiers.submitted()
    client = signed_in(clerk)

    early = client.post(f"{page(application)}complete/")
    dossiers.checked(application)
    before = shown(client, f"{page(application)}complete/")
    done = client.post(f"{page(application)}complete/")
    overview = shown(signed_in(application.person.user), f"/dossiers/{application.ref}/")

    assert early.status_code == 422
    assert "Il est transmis au jury pour 2 formations." in before
    assert done["Location"] == page(application)
    assert dossiers.reread(application).state == "complete"
    assert "Complet, étudié par le jury de recrutement" in overview


def test_the_next_dossier_to_check_follows_the_list(signed_in, clerk):
    older, newer = (
        dossiers.submitted(),
        dossiers.submitted(received_at=dossiers.SUBMITTED.replace(day=21)),
    )
    client = signed_in(clerk)
    assert client.get(page(newer)).context["next_ref"] == older.ref
    assert client.get(page(older)).context["next_ref"] is None


def test_the_list_counts_each_state(signed_in, clerk):
    dossiers.submitted()
    dossiers.handed_over()
    counts = signed_in(clerk).get(LIST).context["counts"]
    assert {state.value: count for state, count in counts.items()} == {
        "submitted": 1,
        "complete": 1,
    }


def test_a_stranger_acts_on_nothing(signed_in):
    application = dossiers.submitted()
    client = signed_in(accounts.with_second_factor(accounts.clerk(accounts.other_school())))
    for name in ("accept", "refuse", "undo"):
        assert client.post(act(application, photo(application), name)).status_code == 404
    for name in ("payment", "waive", "ask", "complete"):
        assert client.post(f"{page(application)}{name}/").status_code == 404


@pytest.mark.parametrize("name", ["", "ask/", "waive/", "complete/"])
def test_the_screens_read_in_english(signed_in, clerk, name):
    application = dossiers.submitted()
    assert (
        '<html lang="en">' in signed_in(clerk).get(f"/en{page(application)}{name}").content.decode()
    )
