"""A page of paper on which words, lines and boxes are drawn, and identity photos that are plainly drawings."""

import io
import unicodedata
from functools import cache

import pikepdf
from PIL import Image, ImageDraw, ImageFont

from rehearsal.people.someone import chance

WIDTH, HEIGHT = 595, 842
LEFT, RIGHT = 56, 539
FONTS = {
    "plain": pikepdf.Name.Helvetica,
    "bold": pikepdf.Name("/Helvetica-Bold"),
    "serif": pikepdf.Name("/Times-Roman"),
    "slanted": pikepdf.Name("/Times-Italic"),
}
BOLDER = 1.07  # how much wider bold letters are
INK, GREY, PALE = "0.11 0.14 0.2", "0.42 0.45 0.5", "0.93 0.94 0.95"
UNDIVIDED = {"Đ": "D", "đ": "d", "ı": "i", "Ł": "L", "ł": "l"}  # whose mark is part of the letter
FOOT = "Document inventé pour la démonstration de Rentrée."


class Sheet:
    def __init__(self) -> None:
        self._drawing: list[bytes] = []
        self.y: float = HEIGHT - 64

    def words(
        self,
        text: str,
        *,
        x: float = LEFT,
        size: float = 10,
        font: str = "plain",
        align: str = "left",
        ink: str = INK,
    ) -> None:
        """One line at the height reached; it does not go down by itself."""
        width = width_of(text, size) * (BOLDER if font == "bold" else 1)
        room = {"left": 0.0, "centre": width / 2, "right": width}[align]
        self._draw(f"BT {ink} rg /{font} {size} Tf {x - room:.1f} {self.y:.1f} Td ".encode())
        self._draw(b"(" + _escaped(text) + b") Tj ET\n")

    def down(self, points: float) -> None:
        self.y -= points

    def line(self, x1: float = LEFT, x2: float = RIGHT, *, above: float = 0) -> None:
        self._draw(
            f"{GREY} RG 0.6 w {x1} {self.y + above:.1f} m {x2} {self.y + above:.1f} l S\n".encode()
        )

    def band(
        self, height: float, *, x: float = LEFT, width: float = RIGHT - LEFT, fill: str = PALE
    ) -> None:
        """A filled box whose bottom is a little under the line of words."""
        self._draw(f"{fill} rg {x} {self.y - height * 0.3:.1f} {width} {height} re f\n".encode())

    def frame(self, x: float, width: float, height: float) -> None:
        """An empty box that hangs from the height reached."""
        self._draw(f"{GREY} RG 0.8 w {x} {self.y - height:.1f} {width} {height} re S\n".encode())

    def paragraph(
        self, text: str, *, size: float = 10.5, font: str = "plain", leading: float = 15
    ) -> None:
        for row in wrapped(text, size, RIGHT - LEFT):
            self.words(row, size=size, font=font)
            self.down(leading)

    def pdf(self) -> bytes:
        self.y = 34
        self.words(FOOT, x=WIDTH / 2, size=7.5, align="centre", ink=GREY)
        out = io.BytesIO()
        with pikepdf.new() as document:
            page = document.add_blank_page(page_size=(WIDTH, HEIGHT))
            fonts = {
                f"/{name}": document.make_indirect(_font(face)) for name, face in FONTS.items()
            }
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(fonts))
            page.Contents = document.make_stream(b"".join(self._drawing))
            document.save(out, deterministic_id=True)
        return out.getvalue()

    def _draw(self, drawing: bytes) -> None:
        self._drawing.append(drawing)


def width_of(text: str, size: float) -> float:
    """About, which is enough to wrap and to centre: the face measured is a cousin of the one drawn."""
    return sum(_hundredth(character) for character in text) * size / 100


def wrapped(text: str, size: float, room: float) -> list[str]:
    rows = [""]
    for word in text.split(" "):
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and width_of(longer, size) > room:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


@cache
def _hundredth(character: str) -> float:
    return _measure().getlength(character)


@cache
def _measure() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size=100)


def _font(face: pikepdf.Name) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=face,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )


def _escaped(text: str) -> bytes:
    encoded = "".join(_printable(character) for character in text).encode("cp1252")
    return encoded.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _printable(character: str) -> str:
    """A letter that these fonts lack loses its marks, as on most official papers."""
    try:
        character.encode("cp1252")
    except UnicodeEncodeError:
        bare = unicodedata.normalize("NFKD", character)[0]
        return UNDIVIDED.get(bare, bare)
    return character


SIDES = (420, 540)
FINER = 2  # drawn larger, then made smaller: smooth edges
BACKGROUNDS = ("#d9e2e4", "#e4ded2", "#dcd9e6", "#d6e3d8", "#e6dbd6", "#dfe3ea")
SKINS = ("#f3d3bd", "#eac09f", "#d9a57e", "#c08a63", "#9a6a48", "#7a5138", "#5c3d2c")
HAIRS = ("#2b2320", "#3d2b22", "#5b3d28", "#7b5634", "#a67c48", "#c9a368", "#7a3420", "#1d1d24")
CLOTHES = ("#2f4858", "#6b4e71", "#3f6b52", "#8a4b38", "#46505c", "#7c6a3d", "#28606b")
DARK_HAIRS = 2, ("#2b2320", "#3d2b22", "#1d1d24")  # from the third skin on
CUTS = {
    "f": ("long", "long", "bun", "curls", "parted"),
    "m": ("short", "crop", "crop", "curls", "parted"),
}


def portrait(who: str, sex: str) -> bytes:
    """A JPEG of about ten kilobytes, always the same for the same person."""
    draw_from = chance("portrait", who)
    skin = draw_from.choice(SKINS)
    hair = draw_from.choice(DARK_HAIRS[1] if SKINS.index(skin) > DARK_HAIRS[0] else HAIRS)
    image = Image.new("RGB", (SIDES[0] * FINER, SIDES[1] * FINER), draw_from.choice(BACKGROUNDS))
    draw = ImageDraw.Draw(image)
    cut = draw_from.choice(CUTS[sex])
    _behind(draw, cut, hair)
    _shoulders(draw, draw_from.choice(CLOTHES), skin)
    _face(draw, skin)
    _hair(draw, cut, hair)
    if draw_from.random() < 0.3:  # noqa: PLR2004 -- about a third wear glasses
        _glasses(draw)
    out = io.BytesIO()
    image.reduce(FINER).save(out, "JPEG", quality=82, dpi=(300, 300))
    return out.getvalue()


def _box(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
    return left * FINER, top * FINER, right * FINER, bottom * FINER


def _shoulders(draw: ImageDraw.ImageDraw, clothes: str, skin: str) -> None:
    draw.rounded_rectangle(_box(60, 420, 360, 640), 110 * FINER, fill=clothes)
    draw.rounded_rectangle(_box(172, 330, 248, 460), 36 * FINER, fill=_shade(skin, 0.9))
    draw.polygon(
        [(x * FINER, y * FINER) for x, y in ((160, 422), (260, 422), (210, 486))],
        fill=_shade(skin, 0.9),
    )


def _face(draw: ImageDraw.ImageDraw, skin: str) -> None:
    draw.ellipse(_box(108, 232, 136, 290), fill=_shade(skin, 0.94))
    draw.ellipse(_box(284, 232, 312, 290), fill=_shade(skin, 0.94))
    draw.rounded_rectangle(_box(122, 136, 298, 384), 88 * FINER, fill=skin)
    for x in (176, 244):
        draw.ellipse(_box(x - 7, 246, x + 7, 260), fill="#2b2320")
    draw.line(
        [(206 * FINER, 268 * FINER), (202 * FINER, 302 * FINER), (216 * FINER, 304 * FINER)],
        fill=_shade(skin, 0.78),
        width=4 * FINER,
        joint="curve",
    )
    draw.arc(_box(180, 306, 240, 342), 25, 155, fill=_shade(skin, 0.6), width=5 * FINER)


def _behind(draw: ImageDraw.ImageDraw, cut: str, hair: str) -> None:
    """The hair that falls behind the shoulders, or stands above the head."""
    if cut == "long":
        draw.rounded_rectangle(_box(88, 106, 332, 470), 110 * FINER, fill=_shade(hair, 0.85))
    elif cut == "bun":
        draw.ellipse(_box(160, 58, 260, 158), fill=_shade(hair, 0.85))
    elif cut == "curls":
        for x, y in (
            (112, 150),
            (150, 112),
            (210, 98),
            (270, 112),
            (308, 150),
            (98, 206),
            (322, 206),
        ):
            draw.ellipse(_box(x - 46, y - 46, x + 46, y + 46), fill=hair)


def _hair(draw: ImageDraw.ImageDraw, cut: str, hair: str) -> None:
    lowest = {"crop": 172, "short": 190, "curls": 186}.get(cut, 200)
    draw.chord(_box(112, 100, 308, 2 * lowest - 100), 180, 360, fill=hair)
    if cut in {"long", "parted"}:
        draw.polygon(
            [(x * FINER, y * FINER) for x, y in ((112, 196), (190, 140), (150, 236), (116, 262))],
            fill=hair,
        )
        draw.polygon(
            [(x * FINER, y * FINER) for x, y in ((308, 196), (190, 140), (292, 232), (304, 262))],
            fill=hair,
        )


def _glasses(draw: ImageDraw.ImageDraw) -> None:
    for x in (176, 244):
        draw.rounded_rectangle(
            _box(x - 27, 234, x + 27, 274), 16 * FINER, outline="#39424e", width=4 * FINER
        )
    draw.line(
        [(203 * FINER, 250 * FINER), (217 * FINER, 250 * FINER)], fill="#39424e", width=4 * FINER
    )


def _shade(colour: str, factor: float) -> str:
    parts = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{int(part * factor):02x}" for part in parts)
