"""A page of paper, A4, on which a few words, lines and boxes are drawn: a PDF of a few kilobytes."""

import io
import unicodedata
from functools import cache

import pikepdf
from PIL import ImageFont

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
        self, text: str, *, x: float = LEFT, size: float = 10, font: str = "plain", align: str = "left", ink: str = INK
    ) -> None:
        """One line at the height reached; it does not go down by itself."""
        width = width_of(text, size) * (BOLDER if font == "bold" else 1)
        room = {"left": 0.0, "centre": width / 2, "right": width}[align]
        self._draw(f"BT {ink} rg /{font} {size} Tf {x - room:.1f} {self.y:.1f} Td ".encode())
        self._draw(b"(" + _escaped(text) + b") Tj ET\n")

    def down(self, points: float) -> None:
        self.y -= points

    def line(self, x1: float = LEFT, x2: float = RIGHT, *, above: float = 0) -> None:
        self._draw(f"{GREY} RG 0.6 w {x1} {self.y + above:.1f} m {x2} {self.y + above:.1f} l S\n".encode())

    def band(self, height: float, *, x: float = LEFT, width: float = RIGHT - LEFT, fill: str = PALE) -> None:
        """A filled box whose bottom is a little under the line of words."""
        self._draw(f"{fill} rg {x} {self.y - height * 0.3:.1f} {width} {height} re f\n".encode())

    def frame(self, x: float, width: float, height: float) -> None:
        """An empty box that hangs from the height reached."""
        self._draw(f"{GREY} RG 0.8 w {x} {self.y - height:.1f} {width} {height} re S\n".encode())

    def paragraph(self, text: str, *, size: float = 10.5, font: str = "plain", leading: float = 15) -> None:
        for row in wrapped(text, size, RIGHT - LEFT):
            self.words(row, size=size, font=font)
            self.down(leading)

    def pdf(self) -> bytes:
        self.y = 34
        self.words(FOOT, x=WIDTH / 2, size=7.5, align="centre", ink=GREY)
        out = io.BytesIO()
        with pikepdf.new() as document:
            page = document.add_blank_page(page_size=(WIDTH, HEIGHT))
            fonts = {f"/{name}": document.make_indirect(_font(face)) for name, face in FONTS.items()}
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
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=face, Encoding=pikepdf.Name.WinAnsiEncoding
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
