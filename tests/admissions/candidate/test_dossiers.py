"""The candidate's own dossiers: started, followed, withdrawn, opened again."""

from datetime import timedelta

import pytest
import time_machine

from admissions.dossier.services import drafts, endings
from admissions.models import Application
from campaigns.models import Campaign
from common import jobs
from tests.admissions.conftest import OPEN_DAY
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.factories.campaigns import open_campaign

pytestmark = pytest.mark.usefixtures("while_applications_are_open")

AFTER = dossiers.LAST_SECOND + timedelta(seconds=1)


def test_whoever_has_no_dossier_sees_where_to_start(signed_in):
    dossiers.campaign()

    html = signed_in(accounts.candidate()).get("/dossiers/").content.decode()

    assert 'href="/apply/ales-2022/"' in html
    assert "mardi 8\xa0mars 2022 à 23\xa0h\xa059, heure de Paris" in html


def test_without_an_open_campaign_the_next_action_is_said(signed_in):
    dossiers.campaign()

    with time_machine.travel(AFTER, tick=False):
        html = signed_in(accounts.candidate()).get("/dossiers/").content.decode()

    assert "Aucune campagne ne reçoit de candidatures en ce moment" in html


def test_only_own_dossiers_are_listed(signed_in):
    mine, other = dossiers.started(), dossiers.started()

    html = signed_in(mine.person.user).get("/dossiers/").content.decode()

    assert (mine.ref in html, other.ref in html) == (True, False)
    assert "/apply/ales-2022/" not in html


def test_the_list_costs_the_same_at_one_and_at_three(signed_in, django_assert_num_queries):
    first = dossiers.started()
    client = signed_in(first.person.user)
    client.get("/dossiers/")

    with django_assert_num_queries(6):
        one = client.get("/dossiers/")
    for slug in ("ales-b", "ales-c"):
        open_campaign(on=OPEN_DAY.date(), slug=slug)
        drafts.start_application(campaign_slug=slug, actor=first.person.user, now=OPEN_DAY)
    with django_assert_num_queries(6):
        three = client.get("/dossiers/")

    assert [len(page.context["applications"]) for page in (one, three)] == [1, 3]


@pytest.mark.parametrize(
    ("at", "words", "button"),
    [
        (OPEN_DAY.replace(month=1), "Il est trop tôt pour candidater.", False),
        (OPEN_DAY, "Commencer ma candidature", True),
        (AFTER, "Cette campagne ne reçoit plus de candidatures.", False),
    ],
)
def test_the_way_in_says_what_is_needed_and_by_when(signed_in, at, words, button):
    dossiers.campaign()

    with time_machine.travel(at, tick=False):
        html = signed_in(accounts.candidate()).get("/apply/ales-2022/").content.decode()

    assert (words in html, "Commencer ma candidature" in html) == (True, button)
    assert ("Carte d’identité (recto et verso) ou passeport" in html) is button


def test_a_dossier_is_started_once(signed_in):
    """R-APP-1."""
    dossiers.campaign()
    client = signed_in(accounts.candidate())

    first, second, read = (
        send("/apply/ales-2022/") for send in (client.post, client.post, client.get)
    )

    application = Application.objects.get()
    assert first["Location"] == f"/dossiers/{application.ref}/identity/"
    assert second["Location"] == read["Location"] == f"/dossiers/{application.ref}/"


def test_no_dossier_is_started_after_the_deadline(signed_in):
    """R-CAL-1: the same instant closes the creation of a dossier."""
    dossiers.campaign()
    client = signed_in(accounts.candidate())

    with time_machine.travel(AFTER, tick=False):
        response = client.post("/apply/ales-2022/", follow=True)

    assert not Application.objects.exists()
    assert "Cette campagne ne reçoit pas de candidatures en ce moment." in response.content.decode()


def test_a_campaign_that_is_not_published_does_not_exist(signed_in):
    Campaign.objects.filter(pk=dossiers.campaign().pk).update(state="draft")
    client = signed_in(accounts.candidate())

    assert [send("/apply/ales-2022/").status_code for send in (client.get, client.post)] == [
        404,
        404,
    ]


def test_a_visitor_who_applies_signs_in_first(client):
    assert client.get("/apply/ales-2022/")["Location"] == "/accounts/login/?next=/apply/ales-2022/"
    assert client.get("/dossiers/")["Location"] == "/accounts/login/?next=/dossiers/"


def test_a_draft_says_where_to_go_on(signed_in):
    application = dossiers.filled()

    html = signed_in(application.person.user).get(f"/dossiers/{application.ref}/").content.decode()

    assert f'href="/dossiers/{application.ref}/documents/">Continuer\xa0: Pièces' in html
    assert "Votre candidature est un brouillon" in html


def test_where_it_is_follows_the_calendar(signed_in):
    application = dossiers.submitted()

    html = signed_in(application.person.user).get(f"/dossiers/{application.ref}/").content.decode()

    assert "Vérification par le service central" in html
    assert "lundi 4\xa0avril 2022" in html
    assert "Résultat de l’examen des dossiers" in html


def test_the_recap_is_served_before_it_is_kept_and_after(signed_in):
    application = dossiers.submitted()
    client = signed_in(application.person.user)
    path = f"/dossiers/{application.ref}/recap.pdf"

    before = client.get(path)
    jobs.run(key=f"recap:{application.ref}:1", now=OPEN_DAY)
    after = client.get(path)

    for response in (before, after):
        assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
        assert response["Cache-Control"] == "private, no-store"
    assert signed_in(accounts.candidate()).get(path).status_code == 404


def test_a_draft_has_no_recap(signed_in):
    application = dossiers.filled()
    path = f"/dossiers/{application.ref}/recap.pdf"
    assert signed_in(application.person.user).get(path).status_code == 404


def test_one_programme_is_withdrawn(signed_in):
    """R-APP-9."""
    application = dossiers.submitted()
    candidacy = application.candidacies.get(programme__code="MKX-1")
    path = f"/dossiers/{application.ref}/withdraw/"
    client = signed_in(application.person.user)

    shown = client.get(path).content.decode()
    response = client.post(path, {"what": candidacy.ref})

    assert "Les frais restent dus" in shown
    assert response["Location"] == f"/dossiers/{application.ref}/"
    assert dict(application.candidacies.values_list("programme__code", "state")) == {
        "BAT-1": "submitted",
        "MKX-1": "withdrawn",
    }


def test_giving_up_a_draft_says_whether_fees_are_due(signed_in):
    """R-APP-2: those of a dossier that was submitted once stay due."""
    never, once = dossiers.filled(), dossiers.withdrawn()
    endings.reopen_application(now=dossiers.SUBMITTED, **dossiers.whose(once))

    told = {
        row.ref: signed_in(row.person.user).get(f"/dossiers/{row.ref}/withdraw/")
        for row in (never, once)
    }

    assert told[never.ref].context["consequences"][:2] == [
        "Votre brouillon n’est étudié par personne.",
        "Rien n’est dû.",
    ]
    assert told[once.ref].context["consequences"][1] == (
        "Les frais restent dus\N{NO-BREAK SPACE}: ils ne sont jamais remboursés."
    )


def test_a_price_below_what_was_charged_is_not_taken_for_what_is_due(signed_in):
    """R-APP-2."""
    application = dossiers.withdrawn()
    by = dossiers.whose(application)
    endings.reopen_application(now=dossiers.SUBMITTED, **by)
    drafts.declare_grant_holder(grant_holder=True, now=dossiers.SUBMITTED, **by)

    html = signed_in(application.person.user).get(f"/dossiers/{application.ref}/").content.decode()

    assert "Un dépôt précédent a donné lieu à 99\N{NO-BREAK SPACE}€ de frais" in html


def test_all_is_withdrawn_then_opened_again(signed_in):
    application = dossiers.submitted()
    client = signed_in(application.person.user)

    client.post(f"/dossiers/{application.ref}/withdraw/", {"what": "all"})
    withdrawn = dossiers.reread(application).state
    page = client.get(f"/dossiers/{application.ref}/").content.decode()
    response = client.post(f"/dossiers/{application.ref}/reopen/")

    assert (withdrawn, dossiers.reread(application).state) == ("withdrawn", "draft")
    assert "La rouvrir" in page
    assert response["Location"] == f"/dossiers/{application.ref}/programmes/"


def test_nothing_is_withdrawn_without_saying_what(signed_in):
    application = dossiers.submitted()
    client = signed_in(application.person.user)

    for what in ("", "23456789abcd"):
        assert (
            client.post(f"/dossiers/{application.ref}/withdraw/", {"what": what}).status_code == 422
        )
    assert dossiers.reread(application).state == "submitted"


def test_after_the_deadline_a_withdrawn_dossier_stays_so(signed_in):
    application = dossiers.withdrawn()
    client = signed_in(application.person.user)

    with time_machine.travel(AFTER, tick=False):
        page = client.get(f"/dossiers/{application.ref}/").content.decode()
        response = client.post(f"/dossiers/{application.ref}/reopen/", follow=True)

    assert "La rouvrir" not in page
    assert dossiers.reread(application).state == "withdrawn"
    assert response.redirect_chain[-1][0] == f"/dossiers/{application.ref}/"


def test_the_reason_of_a_refusal_is_shown_as_text(signed_in):
    application = dossiers.refused(reason="Pièce <b>illisible</b>")

    html = signed_in(application.person.user).get(f"/dossiers/{application.ref}/").content.decode()

    assert "Pièce &lt;b&gt;illisible&lt;/b&gt;" in html
