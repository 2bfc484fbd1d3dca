from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.services import IdentityInput
from admissions.dossier.selectors.dossiers import get_dossier
from admissions.dossier.services import drafts, endings, pieces, submission
from admissions.models import Application, Document
from common.models import JournalEntry, StoredFile
from common.refusals import DomainError, NotAllowedError
from tests.factories import accounts
from tests.factories import admissions as dossiers

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
NOW, LAST_SECOND = dossiers.STARTED, dossiers.LAST_SECOND
SECOND = timedelta(seconds=1)


def codes(error):
    return [refusal.code for refusal in error.value.refusals]


def test_one_dossier_per_person_and_campaign():
    """R-APP-1: starting again opens the same dossier, even once the campaign is closed."""
    first = dossiers.started()
    again = drafts.start_application(campaign_slug=dossiers.SLUG, actor=first.person.user, now=NOW)
    late = drafts.start_application(
        campaign_slug=dossiers.SLUG, actor=first.person.user, now=LAST_SECOND + timedelta(days=1)
    )
    assert (again.pk, late.pk, Application.objects.count()) == (first.pk, first.pk, 1)


@pytest.mark.parametrize(
    ("at", "started"),
    [
        (datetime(2022, 1, 31, 22, 59, 59, tzinfo=UTC), False),
        (datetime(2022, 1, 31, 23, 0, tzinfo=UTC), True),
        (LAST_SECOND, True),
        (LAST_SECOND + timedelta(microseconds=999_999), True),
        (LAST_SECOND + SECOND, False),
    ],
)
def test_a_dossier_starts_from_the_opening_to_the_last_second(at, started):
    """R-CAL-1"""
    dossiers.campaign()
    user = accounts.candidate()
    if started:
        drafts.start_application(campaign_slug=dossiers.SLUG, actor=user, now=at)
    else:
        with pytest.raises(DomainError) as error:
            drafts.start_application(campaign_slug=dossiers.SLUG, actor=user, now=at)
        assert codes(error) == ["campaign_is_closed"]
    assert Application.objects.exists() == started


def test_each_part_is_saved_as_far_as_it_goes():
    application = dossiers.started()
    by = dossiers.whose(application)
    person = drafts.save_identity(
        identity=IdentityInput(birth_name="Roux", first_names="", city="Alès"), now=NOW, **by
    )
    drafts.save_studies(baccalaureate="STL", baccalaureate_year=None, now=NOW, **by)
    dossier = get_dossier(ref=application.ref, now=NOW)
    assert (person.birth_name, person.first_names, person.city) == ("Roux", "", "Alès")
    assert (dossier.application.baccalaureate, dossier.application.baccalaureate_year) == (
        "STL",
        None,
    )


def test_a_title_is_added_changed_and_removed():
    application = dossiers.started()
    by = dossiers.whose(application)
    added = drafts.add_title(title=dossiers.TITLE, now=NOW, **by)
    other = drafts.TitleInput(
        kind="OTHER", name="Diplom", country="DE", status="obtained", on=date(2020, 7, 1)
    )
    drafts.change_title(title_ref=added.ref, title=other, now=NOW, **by)
    title = get_dossier(ref=application.ref, now=NOW).titles[0]
    assert (title.ref, title.diploma, title.kind, title.name, title.country.code) == (
        added.ref,
        None,
        "OTHER",
        "Diplom",
        "DE",
    )
    drafts.remove_title(title_ref=added.ref, now=NOW, **by)
    drafts.remove_title(title_ref=added.ref, now=NOW, **by)
    assert get_dossier(ref=application.ref, now=NOW).titles == ()


@pytest.mark.parametrize(
    ("title", "code"),
    [
        (drafts.TitleInput(diploma_code="DUT-NOPE", status="obtained"), "unknown_diploma"),
        (drafts.TitleInput(kind="PHD", name="Doctorat", status="obtained"), "unknown_diploma_kind"),
        (drafts.TitleInput(kind="OTHER", status="obtained"), "title_needs_name"),
        (
            drafts.TitleInput(diploma_code="DUT-GCCD", status="obtained", on=date(2022, 2, 11)),
            "title_not_obtained_yet",
        ),
    ],
)
def test_a_title_that_says_too_little_is_refused(title, code):
    application = dossiers.started()
    with pytest.raises(DomainError) as error:
        drafts.add_title(title=title, now=NOW, **dossiers.whose(application))
    assert codes(error) == [code]
    assert not application.titles.exists()


def test_the_kind_of_a_known_diploma_is_its_own():
    application = dossiers.started()
    title = drafts.add_title(
        title=drafts.TitleInput(diploma_code="DUT-GCCD", kind="BTS", status="obtained"),
        now=NOW,
        **dossiers.whose(application),
    )
    assert title.kind == "DUT"


def test_removing_a_title_removes_its_pieces_and_their_files():
    application = dossiers.filled()
    piece = dossiers.piece_of(application, "diploma-to-come")
    dossiers.give(application, piece)
    drafts.remove_title(title_ref=piece.subject_key, now=NOW, **dossiers.whose(application))
    assert not Document.objects.exists()
    assert [file.state for file in StoredFile.objects.all()] == ["dropped"]


def test_programmes_are_chosen_and_left():
    application = dossiers.started()
    by = dossiers.whose(application)
    drafts.choose_programmes(codes=["BAT-1", "MKX-1"], now=NOW, **by)
    drafts.choose_programmes(codes=["MKX-1", "INFRES-DL-1"], now=NOW, **by)
    chosen = get_dossier(ref=application.ref, now=NOW).chosen
    assert [row.code for row in chosen] == ["INFRES-DL-1", "MKX-1"]


def test_leaving_a_programme_removes_its_letter():
    application = dossiers.filled()
    dossiers.give(application, dossiers.piece_of(application, "motivation"))
    drafts.choose_programmes(codes=["MKX-1"], now=NOW, **dossiers.whose(application))
    assert not Document.objects.exists()
    assert [file.state for file in StoredFile.objects.all()] == ["dropped"]


def test_a_programme_that_the_studies_close_cannot_be_chosen():
    """R-ELI-3, R-ELI-6: 120 credits do not open year 2; nothing is chosen."""
    application = dossiers.filled(programmes=())
    with pytest.raises(DomainError) as error:
        drafts.choose_programmes(
            codes=["BAT-1", "BAT-2", "NOPE"], now=NOW, **dossiers.whose(application)
        )
    assert codes(error) == ["unknown_programme", "programme_not_eligible", "title_credits_short"]
    assert not application.candidacies.exists()


def test_without_a_title_nothing_is_known_to_fail():
    application = dossiers.started()
    drafts.choose_programmes(codes=["BAT-2"], now=NOW, **dossiers.whose(application))
    assert [row.code for row in get_dossier(ref=application.ref, now=NOW).chosen] == ["BAT-2"]


def test_fees_follow_the_programmes_and_the_grant():
    """R-APP-2"""
    application = dossiers.filled(programmes=("BAT-1", "INFRES-SR-1", "MKX-1"))
    fees = get_dossier(ref=application.ref, now=NOW).fees
    assert [(row.code, row.cents) for row in fees.lines] == [
        ("BAT-1", 7700),
        ("INFRES-SR-1", 2200),
        ("MKX-1", 2200),
    ]
    assert (fees.total, fees.charged, fees.due) == (12100, 0, 12100)
    drafts.declare_grant_holder(grant_holder=True, now=NOW, **dossiers.whose(application))
    assert get_dossier(ref=application.ref, now=NOW).fees.total == 4400


COMMANDS = {
    drafts.save_identity: {"identity": IdentityInput(birth_name="X", first_names="Y")},
    drafts.write_to_account: {},
    drafts.save_studies: {"baccalaureate": "S", "baccalaureate_year": 2018},
    drafts.add_title: {"title": dossiers.TITLE},
    drafts.change_title: {"title_ref": "x", "title": dossiers.TITLE},
    drafts.remove_title: {"title_ref": "x"},
    drafts.choose_programmes: {"codes": ["BAT-1"]},
    drafts.declare_grant_holder: {"grant_holder": True},
    pieces.give_document: {"requirement_key": "cv", "subject_key": "", "uploads": []},
    pieces.await_document: {"requirement_key": "diploma", "subject_key": "", "due_on": None},
    pieces.remove_document_file: {"file_ref": "x"},
    endings.withdraw_application: {},
    endings.withdraw_candidacy: {"candidacy_ref": "x"},
    endings.reopen_application: {},
}


@pytest.mark.parametrize("stranger", ["candidate", "clerk", "juror", "administrator"])
def test_nobody_writes_in_somebody_elses_dossier(stranger):
    application = dossiers.filled()
    actor = getattr(accounts, stranger)()
    before = JournalEntry.objects.count()
    for command, arguments in COMMANDS.items():
        with pytest.raises(NotAllowedError):
            command(ref=application.ref, actor=actor, now=NOW, **arguments)
    assert JournalEntry.objects.count() == before


def test_a_submission_by_somebody_else_is_refused():
    application = dossiers.complete()
    with pytest.raises(NotAllowedError):
        submission.submit_application(
            ref=application.ref, actor=accounts.administrator(), accepted_version=1, received_at=NOW
        )


READ_ONLY = [
    drafts.save_identity,
    drafts.save_studies,
    drafts.add_title,
    drafts.remove_title,
    drafts.declare_grant_holder,
]


@pytest.mark.parametrize(
    ("state", "at", "code"),
    [
        ("submitted", LAST_SECOND + SECOND, "campaign_is_closed"),
        ("handed_over", NOW, "dossier_is_complete"),
        ("withdrawn", NOW, "dossier_is_withdrawn"),
        ("refused", NOW, "dossier_is_refused"),
        ("lapsed", dossiers.ENDED, "dossier_is_lapsed"),
        ("filled", LAST_SECOND + SECOND, "campaign_is_closed"),
    ],
)
def test_what_is_late_or_no_longer_under_check_is_read_only(state, at, code):
    application = getattr(dossiers, state)()
    refused = {}
    for command in READ_ONLY:
        with pytest.raises(DomainError) as error:
            command(now=at, **dossiers.whose(application), **COMMANDS[command])
        refused[command] = codes(error)
    assert refused == {command: [code] for command in READ_ONLY}


def test_the_journal_names_what_changed_and_holds_no_personal_value():
    application = dossiers.filled(birth_name="Desproges", street="3 rue des Lilas")
    entries = JournalEntry.objects.filter(object_ref=application.ref)
    assert [entry.verb for entry in entries.order_by("pk")] == [
        "start",
        "save_studies",
        "add_title",
        "choose_programmes",
        "declare_grant_holder",
    ]
    assert not any(
        word in str(entry.data) for entry in entries for word in ("Desproges", "Lilas", "STI2D")
    )
