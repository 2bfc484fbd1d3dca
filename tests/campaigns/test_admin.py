"""Set-up of the notices in the stock admin: by their own administrators, each change a version."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import Client

from campaigns.enums import LABELS
from campaigns.models import Campaign, Diploma, ListedDiploma, Milestone, Pool, Speciality
from common.models import JournalEntry
from tests.factories import accounts as make
from tests.factories import admissions, campaigns
from tests.forms import fields_of

pytestmark = [pytest.mark.django_db, pytest.mark.servers]

ROWS = [
    "campaign",
    "milestone",
    "pool",
    "programme",
    "route",
    "feetier",
    "documentrequirement",
    "speciality",
]


@pytest.fixture(autouse=True)
def _no_second_factor(settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def campaign() -> Campaign:
    return campaigns.ales_2022()


@pytest.fixture
def admin_of_the_school(client: Client, campaign: Campaign) -> Client:
    client.force_login(make.school_admin(campaign.organiser))
    return client


def url(row) -> str:
    return f"/admin/campaigns/{row._meta.model_name}/{row.pk}/change/"


def shown(client: Client, row) -> dict[str, object]:
    page = client.get(url(row))
    assert page.status_code == 200
    return {name: value for name, value in fields_of(page).items() if name != "csrfmiddlewaretoken"}


@pytest.mark.parametrize("enum", sorted(LABELS, key=lambda enum: enum.__name__))
def test_every_value_that_staff_read_has_its_label(enum) -> None:
    assert LABELS[enum].keys() == set(enum)


def test_values_are_read_in_french(admin_of_the_school, campaign) -> None:
    lists = {
        "campaign": "publiée",
        "milestone": "ferme",
        "route": "le jury apprécie",
        "documentrequirement": "candidature",
    }
    for model, word in lists.items():
        assert (
            f">{word}</td>"
            in admin_of_the_school.get(f"/admin/campaigns/{model}/").content.decode()
        )


def test_personal_rows_are_not_in_the_admin() -> None:
    assert {model._meta.label for model in admin.site._registry} == {
        "accounts.School",
        "accounts.User",
        "admissions.JuryMember",
        "campaigns.Campaign",
        "campaigns.Diploma",
        "campaigns.DocumentRequirement",
        "campaigns.FeeTier",
        "campaigns.Milestone",
        "campaigns.Pool",
        "campaigns.Programme",
        "campaigns.Route",
        "campaigns.Speciality",
        "campaigns.StatedRule",
        "common.JournalEntry",
    }


@pytest.mark.parametrize("model", ROWS)
def test_the_administrators_of_the_school_open_every_row(
    admin_of_the_school, campaign, model
) -> None:
    assert admin_of_the_school.get(f"/admin/campaigns/{model}/").status_code == 200
    row = admin.site.get_model_admin(_model(model)).model.objects.first()
    assert admin_of_the_school.get(url(row)).status_code == 200


@pytest.mark.parametrize("model", ROWS)
def test_the_administrators_of_another_school_find_nothing(client, campaign, model) -> None:
    client.force_login(make.school_admin(make.other_school()))
    page = client.get(f"/admin/campaigns/{model}/")
    assert page.status_code == 200
    assert page.context["cl"].result_count == 0
    assert client.get(url(_model(model).objects.first())).status_code == 302


@pytest.mark.parametrize("model", ROWS)
@pytest.mark.parametrize("who", [make.clerk, make.juror, make.candidate])
def test_clerks_jurors_and_candidates_do_not_enter(client, campaign, model, who) -> None:
    client.force_login(who())
    row = _model(model).objects.first()
    for path in (f"/admin/campaigns/{model}/", url(row)):
        assert client.get(path, follow=True).status_code == 403
        assert client.post(path, {}, follow=True).status_code == 403


def test_a_date_is_moved_and_the_notice_gets_a_version(admin_of_the_school, campaign) -> None:
    """R-CAL-6"""
    row = Milestone.objects.get(campaign=campaign, key="deadline")
    data = shown(admin_of_the_school, row) | {
        "ends_at_0": "15/03/2022",
        "reason": "Panne du 7 mars",
    }
    assert admin_of_the_school.post(url(row), data).status_code == 302
    campaign.refresh_from_db()
    version = campaign.current_version
    assert (version.number, version.reason) == (2, "Panne du 7 mars")
    assert campaign.last_second.isoformat() == "2022-03-15T22:59:59+00:00"
    entry = JournalEntry.objects.filter(verb="record_version").latest("pk")
    assert (entry.scope, entry.reason) == (campaign.slug, "Panne du 7 mars")


def test_recording_a_row_untouched_makes_no_version(admin_of_the_school, campaign) -> None:
    row = Milestone.objects.get(campaign=campaign, key="deadline")
    assert admin_of_the_school.post(url(row), shown(admin_of_the_school, row)).status_code == 302
    campaign.refresh_from_db()
    assert campaign.current_version.number == 1


def test_places_are_raised_with_their_trace(admin_of_the_school, campaign) -> None:
    """R-PLA-4"""
    row = Pool.objects.filter(campaign=campaign).first()
    data = shown(admin_of_the_school, row) | {
        "ceiling": row.ceiling + 2,
        "reason": "Deux places de plus",
    }
    assert admin_of_the_school.post(url(row), data).status_code == 302
    campaign.refresh_from_db()
    row_of_notice = {part["key"]: part for part in campaign.current_version.document["pools"]}[
        row.key
    ]
    assert row_of_notice["ceiling"] == row.ceiling + 2


def test_both_languages_of_a_text_are_written(admin_of_the_school, campaign) -> None:
    data = shown(admin_of_the_school, campaign) | {
        "title_fr": "Recrutement 2022",
        "title_en": "Admissions 2022",
    }
    assert admin_of_the_school.post(url(campaign), data).status_code == 302
    campaign.refresh_from_db()
    assert campaign.title == {"fr": "Recrutement 2022", "en": "Admissions 2022"}


def test_the_french_of_a_text_is_needed(admin_of_the_school, campaign) -> None:
    data = shown(admin_of_the_school, campaign) | {"title_fr": "", "title_en": "Admissions 2022"}
    response = admin_of_the_school.post(url(campaign), data)
    assert response.context["adminform"].form.errors == {
        "title": ["Le texte en français est nécessaire."]
    }


def test_a_notice_that_would_not_hold_together_is_refused_whole(
    admin_of_the_school, campaign
) -> None:
    data = shown(admin_of_the_school, campaign) | {"contact": '{"email": "personne"}'}
    response = admin_of_the_school.post(url(campaign), data, follow=True)
    assert response.redirect_chain == [(url(campaign), 302)]
    assert any("n’est plus cohérente" in str(message) for message in response.context["messages"])
    before = campaign.contact
    campaign.refresh_from_db()
    assert (campaign.contact, campaign.current_version.number) == (before, 1)


def test_a_diploma_is_added_to_the_list_of_a_speciality(admin_of_the_school, campaign) -> None:
    row = Speciality.objects.filter(campaign=campaign).first()
    diploma = Diploma.objects.exclude(listings__speciality=row).filter(kind="BTS").first()
    data = shown(admin_of_the_school, row)
    number = int(data["listed-TOTAL_FORMS"]) - 1  # the empty line
    data |= {
        f"listed-{number}-diploma": diploma.pk,
        f"listed-{number}-printed": "BTS ajouté",
        "reason": "Oubli",
    }
    assert admin_of_the_school.post(url(row), data).status_code == 302
    added = ListedDiploma.objects.get(printed="BTS ajouté")
    assert added.position == number
    campaign.refresh_from_db()
    assert campaign.current_version.number == 2


def test_a_milestone_of_another_campaign_cannot_be_added(
    admin_of_the_school, campaign, client
) -> None:
    page = client.get("/admin/campaigns/milestone/add/")
    choices = page.context["adminform"].form.fields["campaign"].queryset
    assert list(choices) == [campaign]


def test_a_milestone_in_use_stays(admin_of_the_school, campaign) -> None:
    row = Milestone.objects.filter(campaign=campaign, announced_stages__isnull=False).first()
    admin_of_the_school.post(f"/admin/campaigns/milestone/{row.pk}/delete/", {"post": "yes"})
    assert Milestone.objects.filter(pk=row.pk).exists()


def test_a_renamed_school_is_renamed_in_its_notices(client, campaign) -> None:
    client.force_login(make.administrator())
    school = campaign.organiser
    data = {"name": "École des mines d’Alès", "website": school.website}
    assert client.post(f"/admin/accounts/school/{school.pk}/change/", data).status_code == 302
    campaign.refresh_from_db()
    assert campaign.current_version.number == 2
    assert campaign.current_version.document["schools"][0]["name"] == "École des mines d’Alès"


def test_the_nomenclature_is_for_the_platform_alone(admin_of_the_school, campaign) -> None:
    row = Diploma.objects.first()
    assert admin_of_the_school.get("/admin/campaigns/diploma/").status_code == 403
    assert admin_of_the_school.get(url(row)).status_code == 403
    platform = Client()
    platform.force_login(make.administrator())
    data = shown(platform, row) | {"title_fr": "Intitulé corrigé"}
    assert platform.post(url(row), data).status_code == 302
    assert Diploma.objects.get(pk=row.pk).title["fr"] == "Intitulé corrigé"
    assert JournalEntry.objects.latest("pk").verb == "save_diploma"


def _model(name: str):
    return {model._meta.model_name: model for model in admin.site._registry}[name]


def test_a_row_in_use_is_kept_and_the_dossiers_that_hang_on_it_are_not_listed(
    admin_of_the_school, campaign
) -> None:
    document = admissions.submitted().documents.get(requirement__key="cv")
    page = f"/admin/campaigns/documentrequirement/{document.requirement_id}/delete/"

    assert document.application.ref not in admin_of_the_school.get(page).content.decode()
    kept = admin_of_the_school.post(page, {"post": "yes"}, follow=True)
    assert kept.redirect_chain == [(page, 302)]
    assert [str(message) for message in kept.context["messages"]] == [
        "«\u00a0cv\u00a0» est utilisé par des dossiers\u00a0: gardez-le dans la notice."
    ]
    assert not LogEntry.objects.exists()
    document.refresh_from_db()
