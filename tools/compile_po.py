"""Compile the catalogues whose compiled form is missing or older. Needs no gettext on the machine."""

from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent

for source in (*ROOT.glob("locale/*/LC_MESSAGES/*.po"), *ROOT.glob("*/locale/*/LC_MESSAGES/*.po")):
    compiled = source.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime_ns > source.stat().st_mtime_ns:
        continue
    part = source.with_suffix(".mo.part")
    polib.pofile(str(source)).save_as_mofile(str(part))
    part.replace(compiled)
