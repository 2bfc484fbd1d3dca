from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest
from PIL import Image

from admissions.dossier.selectors.dossiers import get_dossier
from admissions.dossier.services import drafts, endings, pieces
from admissions.models import Document, DocumentFile
from common.models import JournalEntry, StoredFile
from common.refusals import DomainError
from tests.factories import admissions as dossiers
from tests.factories import files

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
NOW, LATE = dossiers.STARTED, dossiers.ENDED


def codes(error):
    return [refusal.code for refusal in error.value.refusals]


def give(application, key, *contents, now=NOW, **options):
    piece = dossiers.piece_of(application, key, now)
    pieces.give_document(
        requirement_key=key,
        subject_key=piece.subject_key,
        uploads=[files.upload(content, f"{n}.pdf") for n, content in enumerate(contents)],
        now=now,
        **dossiers.whose(application),
        **options,
    )


def names(application, key):
    return [file.name for file in dossiers.piece_of(application, key).files]


def kept():
    return StoredFile.objects.filter(state="kept").count()


def test_a_piece_of_several_files_grows_up_to_its_limit():
    application = dossiers.filled()
    give(application, "identity", files.pdf("recto"))
    give(application, "identity", files.jpeg())
    assert names(application, "identity") == ["0.pdf", "0.jpg"]
    with pytest.raises(DomainError) as error:
        give(application, "identity", files.pdf("une autre"))
    assert codes(error) == ["too_many_files"]
    assert (names(application, "identity"), kept()) == (["0.pdf", "0.jpg"], 2)


def test_files_may_take_the_place_of_the_others():
    application = dossiers.filled()
    give(application, "identity", files.pdf("recto"), files.pdf("verso"))
    give(application, "identity", files.png(), replace=True)
    assert names(application, "identity") == ["0.png"]
    assert sorted(StoredFile.objects.values_list("state", flat=True)) == [
        "dropped",
        "dropped",
        "kept",
    ]


def test_a_piece_of_one_file_is_always_replaced():
    application = dossiers.filled()
    give(application, "cv", files.pdf("premier"))
    give(application, "cv", files.pdf("second"))
    assert (names(application, "cv"), kept(), Document.objects.count()) == (["0.pdf"], 1, 1)


def test_a_refused_file_leaves_everything_as_it_was():
    """Hostile files: the second of two is refused, the first is not kept, nor is the one before lost."""
    application = dossiers.filled()
    give(application, "identity", files.pdf("recto"))
    with pytest.raises(DomainError) as error:
        give(application, "identity", files.pdf("verso"), b"MZ\x90\x00" * 40, replace=True)
    assert codes(error) == ["file_wrong_type"]
    assert (names(application, "identity"), kept()) == (["0.pdf"], 1)


HOSTILE = [
    ("cv", b"", "file_empty"),
    ("cv", files.pdf() + b"\0" * 2_000_001, "file_too_big"),
    ("cv", b"<html><script>alert(1)</script></html>", "file_wrong_type"),
    ("photo", files.jpeg(1200, 1200)[:-100], "file_too_many_pixels"),
    ("photo", files.pdf(), "file_wrong_type"),
    ("cv", files.pdf()[:200], "file_corrupt"),
]


@pytest.mark.parametrize(("key", "content", "code"), HOSTILE, ids=[case[2] for case in HOSTILE])
def test_controls_are_those_of_the_notice(key, content, code):
    """R-APP-3: formats, 2 MB, 900 pixels."""
    application = dossiers.filled()
    with pytest.raises(DomainError) as error:
        give(application, key, content)
    assert code in codes(error)
    assert (Document.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_photo_larger_than_the_notice_takes_is_reduced():
    """R-APP-3: 900 pixels."""
    application = dossiers.filled()
    give(application, "photo", files.jpeg(1800, 2400))
    [file] = dossiers.piece_of(application, "photo").files
    with Image.open(file.content) as picture:
        assert picture.size == (675, 900)


def test_a_piece_that_may_come_later_is_awaited():
    """R-APP-5"""
    application = dossiers.filled()
    piece = dossiers.piece_of(application, "current-marks")
    assert (bool(piece.may_await), piece.status) == (True, "missing")
    _await(application, "current-marks", date(2022, 3, 1))
    piece = dossiers.piece_of(application, "current-marks")
    assert (piece.status, piece.due_on) == ("awaited", date(2022, 3, 1))
    give(application, "current-marks", files.pdf())
    piece = dossiers.piece_of(application, "current-marks")
    assert (piece.status, piece.due_on, len(piece.files)) == ("given", None, 1)


@pytest.mark.parametrize("key", ["cv", "further-study-opinion"])
def test_another_piece_cannot_wait(key):
    application = dossiers.filled()
    with pytest.raises(DomainError) as error:
        _await(application, key, date(2022, 3, 1))
    assert codes(error) == ["piece_cannot_wait"]


def test_a_given_piece_is_not_awaited_any_more():
    application = dossiers.filled()
    give(application, "current-marks", files.pdf())
    with pytest.raises(DomainError) as error:
        _await(application, "current-marks", date(2022, 3, 1))
    assert codes(error) == ["piece_is_given"]


@pytest.mark.parametrize(
    ("key", "subject"), [("grant-notice", ""), ("nope", ""), ("cv", "x"), ("motivation", "")]
)
def test_only_pieces_asked_of_this_dossier_are_taken(key, subject):
    application = dossiers.filled()
    with pytest.raises(DomainError) as error:
        pieces.give_document(
            requirement_key=key,
            subject_key=subject,
            uploads=[files.upload(files.pdf())],
            now=NOW,
            **dossiers.whose(application),
        )
    assert codes(error) == ["unknown_piece"]
    assert not StoredFile.objects.exists()


def test_nothing_given_is_refused():
    application = dossiers.filled()
    with pytest.raises(DomainError) as error:
        give(application, "cv")
    assert codes(error) == ["no_file"]


def test_a_file_is_taken_back_from_a_draft():
    application = dossiers.filled()
    give(application, "identity", files.pdf("recto"), files.pdf("verso"))
    by = dossiers.whose(application)
    first, second = dossiers.piece_of(application, "identity").files
    pieces.remove_document_file(file_ref=first.ref, now=NOW, **by)
    pieces.remove_document_file(file_ref=first.ref, now=NOW, **by)
    assert names(application, "identity") == ["1.pdf"]
    pieces.remove_document_file(file_ref=second.ref, now=NOW, **by)
    assert (
        dossiers.piece_of(application, "identity").status,
        kept(),
        Document.objects.count(),
    ) == ("missing", 0, 0)


def test_a_file_of_somebody_else_is_out_of_reach():
    mine, theirs = dossiers.filled(), dossiers.filled()
    give(theirs, "cv", files.pdf())
    file = dossiers.piece_of(theirs, "cv").files[0]
    pieces.remove_document_file(file_ref=file.ref, now=NOW, **dossiers.whose(mine))
    assert names(theirs, "cv") == ["0.pdf"]


def test_once_submitted_a_piece_is_replaced_before_the_deadline_and_never_taken_back():
    application = dossiers.submitted()
    give(application, "cv", files.pdf("mieux"))
    assert names(application, "cv") == ["0.pdf"]
    with pytest.raises(DomainError) as error:
        pieces.remove_document_file(
            file_ref=dossiers.piece_of(application, "cv").files[0].ref,
            now=NOW,
            **dossiers.whose(application),
        )
    assert codes(error) == ["dossier_is_submitted"]


def test_after_the_deadline_only_what_may_come_later_is_taken():
    """R-APP-5"""
    application = dossiers.submitted(nationality="FR")
    give(application, "diploma-to-come", files.pdf(), now=LATE)
    _await(application, "last-marks", date(2022, 7, 10), now=LATE)
    with pytest.raises(DomainError) as error:
        give(application, "cv", files.pdf(), now=LATE)
    assert codes(error) == ["campaign_is_closed"]
    awaited = get_dossier(ref=application.ref, now=LATE).awaited
    assert [(row.key, row.status) for row in awaited] == [
        ("current-marks", "missing"),
        ("last-marks", "awaited"),
    ]


@pytest.mark.parametrize("state", ["withdrawn", "refused", "lapsed"])
def test_nothing_is_taken_for_a_dossier_that_has_ended(state):
    application = getattr(dossiers, state)()
    with pytest.raises(DomainError) as error:
        give(application, "current-marks", files.pdf(), now=LATE)
    assert codes(error) == [f"dossier_is_{state}"]


def test_visas_are_asked_of_nationals_of_countries_that_need_one():
    """R-APP-3"""
    keys = {
        nationality: {
            piece.key
            for piece in get_dossier(
                ref=dossiers.filled(nationality=nationality).ref, now=NOW
            ).pieces
        }
        for nationality in ("FR", "CH", "SN")
    }
    assert {nationality for nationality in keys if "visa" in keys[nationality]} == {"SN"}


def test_files_keep_their_order():
    application = dossiers.filled()
    give(application, "previous-marks", files.pdf("a"), files.pdf("b"))
    give(application, "previous-marks", files.pdf("c"))
    assert names(application, "previous-marks") == ["0.pdf", "1.pdf", "0.pdf"]
    assert list(DocumentFile.objects.values_list("position", flat=True)) == [0, 1, 2]


def _await(application, key, due_on, now=NOW):
    piece = dossiers.piece_of(application, key, now)
    pieces.await_document(
        requirement_key=key,
        subject_key=piece.subject_key,
        due_on=due_on,
        now=now,
        **dossiers.whose(application),
    )


def test_awaiting_again_moves_the_day():
    application = dossiers.submitted()
    _await(application, "current-marks", date(2022, 3, 1))
    _await(application, "current-marks", date(2022, 3, 11), now=LATE)
    assert dossiers.piece_of(application, "current-marks").due_on == date(2022, 3, 11)


def test_a_piece_is_announced_for_a_day_to_come():
    """23:59:59 in Paris is still that day, whatever the server's zone."""
    application = dossiers.submitted()
    with pytest.raises(DomainError) as error:
        _await(application, "current-marks", date(2022, 3, 10), now=LATE.astimezone(UTC))
    assert codes(error) == ["due_on_is_past"]
    _await(application, "current-marks", date(2022, 3, 11), now=LATE.astimezone(UTC))
    assert dossiers.piece_of(application, "current-marks").due_on == date(2022, 3, 11)


def test_after_the_deadline_files_are_added_and_none_is_replaced():
    """domain-model.md §2.17: what is studied stays as it is."""
    application = dossiers.submitted()
    give(application, "last-marks", files.pdf("semestre 3"), now=LATE)
    with pytest.raises(DomainError) as error:
        give(application, "last-marks", files.pdf("semestre 4"), now=LATE, replace=True)
    assert codes(error) == ["piece_stays"]
    give(application, "last-marks", files.png(), now=LATE)
    assert names(application, "last-marks") == ["0.pdf", "0.png"]
    full = dossiers.piece_of(application, "last-marks", LATE)
    assert [refusal.code for refusal in full.may_give.refusals] == ["piece_stays"]


def test_what_the_answers_no_longer_ask_for_goes_with_the_submission():
    """The notice of a grant that is not held after all, the diploma awaited of a title held by now."""
    application = dossiers.filled(grant_holder=True)
    by = dossiers.whose(application)
    give(application, "grant-notice", files.pdf())
    _await(application, "diploma-to-come", date(2022, 7, 1))
    drafts.declare_grant_holder(grant_holder=False, now=NOW, **by)
    held = replace(dossiers.TITLE, status="obtained", on=date(2021, 6, 30))
    drafts.change_title(title_ref=application.titles.get().ref, title=held, now=NOW, **by)
    dossiers.give_all(application)

    dossiers.submit(application)

    left = set(application.documents.values_list("requirement__key", flat=True))
    assert left == {
        "photo",
        "identity",
        "cv",
        "baccalaureate-marks",
        "previous-marks",
        "diploma",
        "motivation",
    }
    assert [file.state for file in StoredFile.objects.filter(name="0.pdf")] == ["dropped"]
    removed = JournalEntry.objects.get(verb="remove_unasked")
    assert removed.data == {"pieces": ["diploma-to-come", "grant-notice"]}


def test_the_letter_of_a_programme_left_waits_for_it():
    application = dossiers.submitted()
    by = dossiers.whose(application)
    bat = application.candidacies.get(programme__code="BAT-1")
    endings.withdraw_candidacy(candidacy_ref=bat.ref, now=NOW, **by)
    drafts.choose_programmes(codes=["INFRES-SR-1"], now=NOW, **by)
    dossiers.give_all(application)
    dossiers.submit(application, dossiers.SUBMITTED + timedelta(days=1))

    drafts.choose_programmes(codes=["BAT-1"], now=NOW, **by)

    letters = [
        row for row in get_dossier(ref=application.ref, now=NOW).pieces if row.key == "motivation"
    ]
    assert [row.status for row in letters] == ["given", "given", "given"]
