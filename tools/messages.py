"""Keep the catalogues in step with the code.

messages.py update [APP ...]   write each catalogue anew, keeping its translations
messages.py check              say what is missing, obsolete, untranslated or ill-formed
"""

import fcntl
import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
APPS = (
    "common",
    "accounts",
    "notifications",
    "companies",
    "campaigns",
    "admissions",
    "apprenticeship",
    "contratpro",
)
SHARED = "config"  # its strings, those of its neighbours and of the templates that all parts use, are in locale/
WITH_SHARED = ("screens", "rehearsal", "demonstration")
TEMPLATES_OF = {"account": "accounts", "mfa": "accounts"}
CATALOGUE = "locale/fr/LC_MESSAGES/django.po"
TEMPLATE_ENDINGS = {".html", ".txt"}
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENT_TAG = "Translators:"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
BREAKS = re.compile("« | [:;!?»]")  # French has spaces there that never end a line
METADATA = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "fr",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}
Key = tuple[str | None, str]


def catalogue_path(owner: str) -> Path:
    return ROOT / CATALOGUE if owner == SHARED else ROOT / owner / CATALOGUE


def sources() -> Iterator[tuple[str, Path]]:
    """Every file that may hold strings, with the part whose catalogue they go to."""
    for part in (SHARED, *WITH_SHARED, *APPS):
        for path in sorted((ROOT / part).rglob("*.py")):
            if "migrations" not in path.parts:
                yield SHARED if part in WITH_SHARED else part, path
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in TEMPLATE_ENDINGS:
            folder = path.relative_to(ROOT / "templates").parts[0]
            owner = TEMPLATES_OF.get(folder, folder)
            yield owner if owner in APPS else SHARED, path


def entries(path: Path) -> Iterator[polib.POEntry]:
    """The strings of a file, in their order."""
    content = path.read_text(encoding="utf-8")
    if path.suffix in TEMPLATE_ENDINGS:
        # Without the indentation, which means nothing in a template and would stop Python's tokeniser.
        content = "\n".join(
            line.strip() for line in templatize(content, origin=str(path)).splitlines()
        )
    found = extract(
        "python", BytesIO(content.encode()), KEYWORDS, [COMMENT_TAG], {"encoding": "utf-8"}
    )
    for _line, message, comments, context in found:
        singular, plural = message if isinstance(message, tuple) else (message, "")
        yield polib.POEntry(
            msgid=singular,
            msgid_plural=plural,
            msgctxt=context,
            msgstr_plural={0: "", 1: ""} if plural else {},
            comment="\n".join(comments),
            occurrences=[(str(path.relative_to(ROOT)), "")],
            flags=["python-format"] if PLACEHOLDER.search(singular + plural) else [],
        )


def extracted() -> dict[str, dict[Key, polib.POEntry]]:
    """What each catalogue should hold, in the order of files and lines."""
    wanted: dict[str, dict[Key, polib.POEntry]] = {owner: {} for owner in (SHARED, *APPS)}
    for owner, path in sources():
        for entry in entries(path):
            known = wanted[owner].setdefault(key_of(entry), entry)
            if entry.msgid_plural and not known.msgid_plural:
                known.msgid_plural, known.msgstr_plural = entry.msgid_plural, entry.msgstr_plural
            known.occurrences = sorted({*known.occurrences, *entry.occurrences})
    return wanted


def key_of(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid


def read(owner: str) -> polib.POFile:
    path = catalogue_path(owner)
    return polib.pofile(str(path), wrapwidth=110) if path.exists() else polib.POFile(wrapwidth=110)


def update(owners: Iterable[str]) -> None:
    wanted = extracted()
    for owner in owners:
        kept = {key_of(entry): entry for entry in read(owner) if not entry.obsolete}
        catalogue = polib.POFile(wrapwidth=110)
        catalogue.metadata = METADATA
        for key, entry in wanted[owner].items():
            _take_translation(entry, kept.get(key))
            catalogue.append(entry)
        if kept or len(catalogue):
            _write(catalogue_path(owner), f"{catalogue}\n")
        left = len(catalogue.untranslated_entries()) + len(catalogue.fuzzy_entries())
        print(f"{owner}: {len(catalogue)} strings, {left} to translate")


def _take_translation(entry: polib.POEntry, old: polib.POEntry | None) -> None:
    if old is None:
        return
    if bool(entry.msgid_plural) == bool(old.msgid_plural):
        entry.msgstr, entry.msgstr_plural = old.msgstr, old.msgstr_plural or entry.msgstr_plural
    entry.tcomment = old.tcomment
    entry.flags += [
        flag for flag in old.flags if flag not in entry.flags and flag != "python-format"
    ]


def _write(path: Path, text: str) -> None:
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".po.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def mistakes() -> Iterator[str]:
    french: dict[Key, tuple[str, str]] = {}
    for owner, wanted in extracted().items():
        place = catalogue_path(owner).relative_to(ROOT)
        held = {key_of(entry): entry for entry in read(owner)}
        yield from (f"{place}: missing {key[1]!r}" for key in wanted.keys() - held.keys())
        for key, entry in held.items():
            if key not in wanted:
                yield f"{place}: obsolete {entry.msgid!r}"
                continue
            yield from (f"{place}: {mistake} {entry.msgid!r}" for mistake in _mistakes_of(entry))
            other, text = french.setdefault(key, (str(place), entry.msgstr))
            if text != entry.msgstr:
                yield f"{place}: {entry.msgid!r} is said otherwise in {other}"


def _mistakes_of(entry: polib.POEntry) -> Iterator[str]:
    if "fuzzy" in entry.flags:
        yield "fuzzy"
    elif not entry.translated():
        yield "untranslated"
    elif not _same_placeholders(entry):
        yield "other placeholders than"
    elif any(BREAKS.search(text) for text in (entry.msgstr, *entry.msgstr_plural.values())):
        yield "needs a no-break space (U+00A0) before : ; ! ? » and after «, in the French of"


def _same_placeholders(entry: polib.POEntry) -> bool:
    """A plural says every figure; its singular may leave the count out."""
    expected = _placeholders(entry.msgid_plural or entry.msgid)
    if not entry.msgid_plural:
        return _placeholders(entry.msgstr) == expected
    singular, plural = entry.msgstr_plural[0], entry.msgstr_plural[1]
    return _placeholders(plural) == expected and set(_placeholders(singular)) <= set(expected)


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text.replace("%%", "")))


def main(arguments: list[str]) -> int:
    match arguments:
        case ["update", *owners] if set(owners) <= {SHARED, *APPS}:
            with Path(__file__).open(encoding="utf-8") as lock:  # several people update at once
                fcntl.flock(lock, fcntl.LOCK_EX)
                update(owners or (SHARED, *APPS))
            return 0
        case ["check"]:
            found = sorted(mistakes())
            print("\n".join(found) or "The catalogues are complete.")
            return 1 if found else 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
