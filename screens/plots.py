"""A plot drawn on the server: one bar a row, in parts, beside the figures that it draws; no script, no inline style."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class PlotKind:
    """What a part of a bar counts: its colour in the style sheet, and the word above its figures."""

    tone: str
    word: str | Promise


@dataclass(frozen=True, slots=True)
class PlotFigure:
    """An amount, how it is written, and the list that it leads to."""

    amount: int
    shown: str
    url: str


@dataclass(frozen=True, slots=True)
class PlotPart:
    """A figure in its place in the bar."""

    kind: PlotKind
    figure: PlotFigure
    start: int


@dataclass(frozen=True, slots=True)
class PlotRow:
    """A bar and what it is about; where `url` is given, the whole bar leads there."""

    title: str
    parts: tuple[PlotPart, ...]
    url: str

    @property
    def said(self) -> str:
        """The bar in words."""
        if len(self.parts) == 1:
            return f"{self.title}: {self.parts[0].figure.shown}"
        found = [part for part in self.parts if part.figure.amount]
        parts = [f"{part.kind.word} {part.figure.shown}" for part in found]
        return f"{self.title}: {', '.join(parts)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """`top`: the amount of the longest bar, as wide as the plot."""

    key: str
    title: str
    about: str
    kinds: tuple[PlotKind, ...]
    rows: tuple[PlotRow, ...]
    top: int

    @property
    def has_parts(self) -> bool:
        """Whether the colours of a bar tell its parts from each other."""
        return len(self.kinds) > 1


def plot_row(
    title: str, kinds: Iterable[PlotKind], figures: Iterable[PlotFigure], url: str = ""
) -> PlotRow:
    """The figures side by side, in the order of their kinds."""
    parts, start = [], 0
    for kind, figure in zip(kinds, figures, strict=True):
        parts.append(PlotPart(kind, figure, start))
        start += figure.amount
    return PlotRow(title, tuple(parts), url)


def plot_of(
    *, key: str, title: str, about: str, kinds: Iterable[PlotKind], rows: Sequence[PlotRow]
) -> Plot:
    """`about`: what stands above the titles of the rows."""
    sums = [sum(part.figure.amount for part in row.parts) for row in rows]
    return Plot(
        key=key,
        title=title,
        about=about,
        kinds=tuple(kinds),
        rows=tuple(rows),
        top=max(sums, default=0),
    )
