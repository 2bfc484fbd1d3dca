"""An icon that is missing shows nothing and fails nowhere."""

import ast
import re

from common.templatetags.rentree import TONE_ICONS
from config.environment import ROOT
from screens import styleguide
from tests.test_consistency import modules

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
    wanted = named | shown | signs() | set(TONE_ICONS.values())
    assert sorted(wanted - drawn) == [], (
        "copy their symbols into the sprite (static/icons/VERSION says from where)"
    )
    assert len(signs()) > 10


def signs() -> set[str]:
    """What template tags write after a tone, in a table or in a call."""
    written = (
        node.elts if isinstance(node, ast.Tuple) else node.args
        for path, tree in modules().items()
        if "/templatetags/" in path
        for node in ast.walk(tree)
        if isinstance(node, ast.Tuple | ast.Call)
    )
    words = ([part.value for part in parts if isinstance(part, ast.Constant)] for parts in written)
    return {
        row[1] for row in words if row[1:] and row[0] in TONE_ICONS and row[1] not in TONE_ICONS
    }
