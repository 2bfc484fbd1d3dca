"""An icon that is missing shows nothing and fails nowhere."""

import re

from common.templatetags.rentree import TONE_ICONS
from config.environment import ROOT
from screens import styleguide

NAMED = re.compile(r"""(?:{% icon |\bicon=)["']([a-z0-9-]+)["']""")


def test_every_icon_named_is_drawn():
    drawn = set(
        re.findall(r'<symbol id="([^"]+)"', (ROOT / "static/icons/sprite.svg").read_text("utf-8"))
    )
    named = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in NAMED.findall(path.read_text("utf-8"))
    }
    shown = {str(chip["icon"]) for chip in styleguide.CHIPS}
    assert named | shown | set(TONE_ICONS.values()) <= drawn
