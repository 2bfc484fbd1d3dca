"""Private files: kept whole, refused without a trace, removed when dropped (R-APP-3)."""

import io
import logging
import os
import stat
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.http import Http404
from django.utils import translation
from PIL import Image, ImageFile

from common.files import services as files
from common.files.rules import MOST_BYTES, Controls
from common.files.services import destroy, drop, keep_made, purge_dropped, purge_unfinished, sweep
from common.files.views import serve_file
from common.models import Job, StoredFile
from common.refusals import DomainError, say
from tests.factories import admissions
from tests.factories.files import jpeg, pdf, png, png_chunk, png_header, upload

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
LIMIT = 2_097_152
PIECE = Controls(("pdf", "jpg", "png"), LIMIT)
PHOTO = Controls(("jpg", "png"), LIMIT, 900)

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


@pytest.fixture(autouse=True)
def store(settings, tmp_path) -> Path:
    """Where the bytes go."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def bytes_on_disk(store: Path) -> set[str]:
    return {str(path.relative_to(store)) for path in store.rglob("*") if path.is_file()}


def keep(content: bytes, name: str = "releve.pdf", controls: Controls = PIECE) -> StoredFile:
    return files.keep(upload=upload(content, name), controls=controls, purpose="piece", now=NOW)


def padded(content: bytes, size: int) -> bytes:
    """`content` made as large as `size`: what comes after the mark of the end is no part of a JPEG."""
    return content + b"\0" * (size - len(content))


def opened(file: StoredFile) -> Image.Image:
    with file.content.open() as content:
        return Image.open(io.BytesIO(content.read()))


def phone_photo(width: int = 3000, height: int = 4000) -> bytes:
    """Of as many bytes as a phone makes them, held sideways: a tag says how to turn it."""
    noise = Image.effect_noise((width // 4, height // 4), 90).resize((height, width)).convert("RGB")
    turned = Image.Exif()
    turned[0x0112] = 6  # to be turned by a quarter
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=95, exif=turned)
    return out.getvalue()


# --- Kept -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "media_type", "shown"),
    [
        (pdf(), "relevé.pdf", "application/pdf", "relevé.pdf"),
        (
            pdf(pages=3, object_stream_mode=pikepdf.ObjectStreamMode.generate),
            "a.pdf",
            "application/pdf",
            "a.pdf",
        ),
        (pdf(linearize=True), "a.pdf", "application/pdf", "a.pdf"),
        (jpeg(), "photo.jpg", "image/jpeg", "photo.jpg"),
        (jpeg(progressive=True), "photo.jpeg", "image/jpeg", "photo.jpg"),
        (png(), "carte.png", "image/png", "carte.png"),
        (png(), "carte.jpg", "image/png", "carte.png"),
        (jpeg(), "carte.pdf", "image/jpeg", "carte.jpg"),
        (padded(jpeg(), LIMIT), "lourd.jpg", "image/jpeg", "lourd.jpg"),
    ],
)
def test_a_good_file_is_kept(store, content, name, media_type, shown):
    """R-APP-3: what counts is what the bytes say."""
    file = keep(content, name)

    file.refresh_from_db()
    assert (file.media_type, file.name, file.bytes, file.state) == (
        media_type,
        shown,
        len(content),
        "kept",
    )
    assert file.content.name == f"{file.ref[:2]}/{file.ref}"
    assert file.content.open("rb").read() == content
    assert bytes_on_disk(store) == {file.content.name}


def test_the_digest_is_that_of_the_bytes():
    made = keep_made(
        content=b"abc", name="recap.pdf", media_type="application/pdf", purpose="recap", now=NOW
    )

    assert made.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert made.content.open("rb").read() == b"abc"


def test_only_the_owner_of_the_process_reads_the_bytes(store):
    path = store / keep(pdf()).content.name

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_an_upload_that_django_put_on_disk_is_kept_too(store):
    content = pdf()
    spooled = TemporaryUploadedFile("relevé.pdf", "application/pdf", len(content), None)
    spooled.write(content)

    file = files.keep(upload=spooled, controls=PIECE, purpose="piece", now=NOW)

    assert (store / file.content.name).read_bytes() == content
    assert stat.S_IMODE((store / file.content.name).stat().st_mode) == 0o600


def test_a_phone_photo_with_a_second_picture_inside_is_kept():
    out = io.BytesIO()
    small = Image.new("RGB", (20, 20))
    Image.new("RGB", (200, 200)).save(out, "MPO", save_all=True, append_images=[small])

    assert keep(out.getvalue(), "IMG_2041.jpg", PHOTO).media_type == "image/jpeg"


def test_a_phone_photo_is_reduced_to_what_is_asked_and_upright():
    """R-APP-3: at most 900 × 900 pixels and 2 MB."""
    photo = phone_photo()
    assert len(photo) > LIMIT
    kept = keep(photo, "IMG_2041.JPG", PHOTO)
    assert (kept.name, kept.media_type, opened(kept).size) == (
        "IMG_2041.jpg",
        "image/jpeg",
        (675, 900),
    )
    assert kept.bytes <= LIMIT
    assert not opened(kept).getexif()


@pytest.mark.parametrize(
    ("content", "controls", "size", "kind"),
    [
        (jpeg(901, 900), PHOTO, (900, 899), "JPEG"),
        (png(450, 1800), PHOTO, (225, 900), "JPEG"),
        (png(450, 1800), Controls(("png",), LIMIT, 900), (225, 900), "PNG"),
        (phone_photo(), PIECE, (1800, 2400), "JPEG"),
    ],
)
def test_a_picture_of_another_kind_or_without_a_limit_of_pixels_is_reduced_too(
    content, controls, size, kind
):
    kept = opened(keep(content, "scan.png", controls))
    assert (kept.size, kept.format) == (size, kind)


def test_what_shows_through_is_white_once_reduced():
    out = io.BytesIO()
    Image.new("RGBA", (1000, 1000), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(keep(out.getvalue(), "signature.png", PHOTO)).getpixel((0, 0)) == (255, 255, 255)


def test_a_link_in_a_cv_is_no_reason_to_refuse_it():
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.org"))

    assert keep(pdf(root={"/OpenAction": link})).media_type == "application/pdf"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../etc/passwd", "passwd.pdf"),
        ("é" * 300 + ".pdf", "é" * 116 + ".pdf"),
    ],
)
def test_a_hostile_name_reaches_neither_the_disk_nor_the_reader(store, name, shown):
    file = keep(pdf(), name)

    assert file.name == shown
    assert bytes_on_disk(store) == {f"{file.ref[:2]}/{file.ref}"}


# --- Refused --------------------------------------------------------------------


def bomb() -> bytes:
    """A picture of 1 GB in 1 MB: 20 000 × 17 900 points in three colours. Its checksum, told last, is a wrong one."""
    rows = b"\0" * (20_000 * 3 + 1) * 179
    packer = zlib.compressobj(9)
    first, again = (packer.compress(rows) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    body = first + again * 99 + packer.flush()
    return png_header(20_000, 17_900) + png_chunk(b"IDAT", body) + png_chunk(b"IEND", b"")


def small_bomb() -> bytes:
    """Too large for us, but not for Pillow's own limit."""
    return png_header(7000, 7000) + png_chunk(b"IDAT", b"") + png_chunk(b"IEND", b"")


def bomb_in_text() -> bytes:
    text = png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * 50_000_000, 9))
    start = png_header(1, 1)
    return start + text + png()[33:]


def animated() -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    return out.getvalue()


def many_scans() -> bytes:
    return (
        jpeg(progressive=True)[:-2]
        + b"\xff\xda\x00\x08\x01\x01\x00\x01\x3f\x00" * 500
        + b"\xff\xd9"
    )


def encrypted(user: str, owner: str) -> bytes:
    return pdf(encryption=pikepdf.Encryption(user=user, owner=owner))


def action(kind: str, **entries) -> dict:
    return {"/OpenAction": pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), **entries)}


def hidden_script() -> dict:
    """A script deep inside the page tree's extras, where a look at the catalogue alone misses it."""
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    return {"/Extra": pikepdf.Array([pikepdf.Dictionary(Next=pikepdf.Array([script]))])}


def with_attachment() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.attachments["virus.exe"] = b"MZ"
        document.save(out)
    return out.getvalue()


def without_pages() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.save(out)
    return out.getvalue()


GOOD = pdf(pages=2)
HOSTILE = {
    "empty": (b"", "a.pdf", PIECE, "file_empty"),
    "one byte too many": (padded(pdf(), LIMIT + 1), "a.pdf", PIECE, "file_too_big"),
    "heavier than phones make them": (padded(jpeg(), MOST_BYTES + 1), "a.jpg", PIECE, "file_too_big"),
    "renamed executable": (b"MZ\x90\x00" + b"\0" * 500, "releve.pdf", PIECE, "file_wrong_type"),
    "renamed ELF": (b"\x7fELF\x02\x01\x01" + b"\0" * 500, "photo.jpg", PIECE, "file_wrong_type"),
    "HTML called .pdf": (b"<!doctype html><script>alert(1)</script>", "a.pdf", PIECE, "file_wrong_type"),
    "HTML with a PDF's mark": (b"<html><!--%PDF-1.7--><script>alert(1)</script>", "a.pdf", PIECE, "file_wrong_type"),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.png", PIECE, "file_wrong_type"),
    "GIF": (b"GIF89a" + b"\0" * 100, "a.png", PIECE, "file_wrong_type"),
    "PDF where a photo is asked": (pdf(), "photo.jpg", PHOTO, "file_wrong_type"),
    "unpacks to 150 MB, where a photo is asked": (small_bomb(), "a.png", PHOTO, "file_too_many_pixels"),
    "large and truncated": (jpeg(2000, 2000, quality=95)[:-300], "photo.jpg", PHOTO, "file_too_many_pixels"),
    "unpacks to 1 GB": (bomb(), "a.png", PIECE, "file_unpacks_too_big"),
    "unpacks to 150 MB": (small_bomb(), "a.png", PIECE, "file_unpacks_too_big"),
    "bomb in a text": (bomb_in_text(), "a.png", PIECE, "file_corrupt"),
    "too many scans": (many_scans(), "a.jpg", PIECE, "file_unpacks_too_big"),
    "animated": (animated(), "a.png", PIECE, "file_animated"),
    "truncated JPEG": (jpeg(600, 600, quality=95)[:-300], "a.jpg", PIECE, "file_corrupt"),
    "truncated PNG": (png(600, 600)[:-200], "a.png", PIECE, "file_corrupt"),
    "only a JPEG's mark": (b"\xff\xd8\xff\xe0" + b"\0" * 50, "a.jpg", PIECE, "file_corrupt"),
    "only a PDF's mark": (b"%PDF-1.7\nhello", "a.pdf", PIECE, "file_corrupt"),
    "marks of a PDF around nothing": (b"%PDF-1.7\nhello\n%%EOF", "a.pdf", PIECE, "file_corrupt"),
    "truncated PDF": (GOOD[: len(GOOD) // 2], "a.pdf", PIECE, "file_corrupt"),
    "PDF overwritten in its middle": (GOOD[:300] + b"x" * 200 + GOOD[500:], "a.pdf", PIECE, "file_corrupt"),
    "PDF that announces a million objects": (
        GOOD.replace(b"/Size 7", b"/Size 1000000"), "a.pdf", PIECE, "file_unpacks_too_big",
    ),
    "PDF without a page": (without_pages(), "a.pdf", PIECE, "file_corrupt"),
    "PDF with a user password": (encrypted("secret", "owner"), "a.pdf", PIECE, "file_encrypted"),
    "PDF with an owner password": (encrypted("", "owner"), "a.pdf", PIECE, "file_encrypted"),
    "PDF with a script": (pdf(root=action("JavaScript", JS=pikepdf.String("1"))), "a.pdf", PIECE, "file_active"),
    "PDF with a hidden script": (pdf(root=hidden_script()), "a.pdf", PIECE, "file_active"),
    "PDF that starts a program": (pdf(root=action("Launch", F=pikepdf.String("cmd"))), "a.pdf", PIECE, "file_active"),
    "PDF with an attachment": (with_attachment(), "a.pdf", PIECE, "file_active"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _weasyprint_is_loaded(monkeypatch):
    """It has Pillow accept truncated pictures everywhere in its process."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)


@pytest.mark.parametrize(
    ("content", "name", "controls", "code"), HOSTILE.values(), ids=HOSTILE.keys()
)
def test_a_hostile_file_is_refused_and_leaves_nothing(store, content, name, controls, code):
    """R-APP-3"""
    with pytest.raises(DomainError) as refused:
        keep(content, name, controls)

    assert [refusal.code for refusal in refused.value.refusals] == [code]
    assert not StoredFile.objects.exists()
    assert bytes_on_disk(store) == set()


def test_each_refusal_says_what_to_do_next():
    codes = sorted({code for *_, code in HOSTILE.values()})
    sentences = {}
    with translation.override("fr"):
        for content, name, controls, code in HOSTILE.values():
            with pytest.raises(DomainError) as refused:
                keep(content, name, controls)
            sentences[code] = say(refused.value.refusals[0])

    assert sorted(sentences) == codes
    assert sentences["file_too_big"].startswith("Ce fichier dépasse la limite de 2\u00a0Mo.")
    assert "2000 × 2000 pixels" in sentences["file_too_many_pixels"]


# --- Removed --------------------------------------------------------------------


def test_what_is_dropped_goes_with_its_bytes_at_the_next_sweep(store):
    kept, dropped = keep(pdf()), keep(jpeg())
    drop(file=dropped, now=NOW)

    purge_dropped(NOW - timedelta(seconds=1))
    assert len(bytes_on_disk(store)) == 2

    purge_dropped(NOW)
    assert list(StoredFile.objects.all()) == [kept]
    assert bytes_on_disk(store) == {kept.content.name}


def test_what_is_destroyed_leaves_a_row_that_says_so(store, django_capture_on_commit_callbacks):
    kept, other, dropped = keep(pdf()), keep(pdf()), keep(jpeg())
    drop(file=dropped, now=NOW)
    chosen = StoredFile.objects.exclude(pk=kept.pk)
    with django_capture_on_commit_callbacks(execute=True):
        assert destroy(files=chosen, now=NOW) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert destroy(files=chosen, now=NOW) == 0

    row = StoredFile.objects.get(pk=other.pk)
    assert (str(row.state), row.destroyed_at, row.name, row.content.name) == (
        "destroyed",
        NOW,
        "",
        "",
    )
    assert bytes_on_disk(store) == {kept.content.name, dropped.content.name}
    with pytest.raises(Http404):
        serve_file(row)

    drop(file=row, now=NOW)
    purge_dropped(NOW)
    assert list(StoredFile.objects.all()) == [kept]


def test_a_dropped_file_that_something_still_points_to_keeps_its_bytes(store, caplog):
    submission = admissions.last_submission(admissions.submitted())
    recap, other = keep(pdf()), keep(jpeg())
    submission.recap = recap
    submission.save(update_fields=["recap"])
    drop(file=recap, now=NOW)
    drop(file=other, now=NOW)

    with caplog.at_level(logging.CRITICAL):
        purge_dropped(NOW)

    assert recap.content.name in bytes_on_disk(store)
    assert other.content.name not in bytes_on_disk(store)
    assert StoredFile.objects.filter(pk=recap.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_bytes_of_a_transaction_that_failed_are_removed_a_day_later(store):
    kept = keep(pdf())

    def fail() -> None:
        with transaction.atomic():
            keep(jpeg())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert len(bytes_on_disk(store)) == 2
    old, young = NOW - timedelta(days=1, seconds=1), NOW - timedelta(hours=23)

    for name in bytes_on_disk(store):
        os.utime(store / name, (young.timestamp(), young.timestamp()))
    purge_unfinished({}, NOW)
    assert len(bytes_on_disk(store)) == 2

    for name in bytes_on_disk(store):
        os.utime(store / name, (old.timestamp(), old.timestamp()))
    purge_unfinished({}, NOW)
    assert bytes_on_disk(store) == {kept.content.name}


def test_the_store_is_gone_through_once_a_day(django_capture_on_commit_callbacks):
    for hours in (0, 1, 2, 25):
        sweep(NOW + timedelta(hours=hours))

    keys = (
        Job.objects.filter(kind="common.purge_unfinished")
        .values_list("key", flat=True)
        .order_by("key")
    )
    assert list(keys) == ["purge_unfinished:2026-11-21", "purge_unfinished:2026-11-22"]


def test_an_empty_store_is_nothing_to_go_through():
    purge_unfinished({}, NOW)
