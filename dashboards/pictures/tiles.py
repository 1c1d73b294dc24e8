"""A page of a dashboard as its files say it: tiles with their kinds, titles, places and figures. Readers make pages, drawing.py draws them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

# What drawing.py draws. "filter" is a slicer or a parameter; "chart" is of columns, lines and areas; "bars" are horizontal.
KINDS = ("filter", "number", "chart", "bars", "table", "pivot")


@dataclass(frozen=True)
class Column:
    """A column of a tile's rows: its title, what it writes of a value, and how a chart draws it: column, line or area."""

    title: str
    text: Callable
    is_number: bool = False
    drawn: str = "column"
    on_the_right: bool = False


@dataclass(frozen=True)
class Tile:
    """A visual. Its place is x, y, width and height in pixels.

    The first column of a chart is its category, the others are its series. The first two of a pivot are the members of its rows and columns.
    """

    name: str
    kind: str
    title: str
    place: tuple
    columns: tuple = ()
    rows: tuple = ()
    totals: tuple = ()
    stacked: bool = False
    chosen: str = ""
    caption: str = ""


@dataclass(frozen=True)
class Theme:
    """Colours and font of a product."""

    colours: tuple
    background: str
    foreground: str
    faint: str
    accent: str
    font: str
    blank: str
    frame: str = "none"
    value_size: int = 30


@dataclass(frozen=True)
class Page:
    """A page or a dashboard."""

    name: str
    title: str
    size: tuple
    theme: Theme
    tiles: tuple = field(default=())


def by_member(columns, rows):
    """Returns the columns and rows of a chart with a series for each member of the second column, from rows with one figure."""
    category, member, figure = columns
    members = sorted({row[1] for row in rows}, key=str)
    cells = {row[:2]: row[2] for row in rows}
    series = (replace(figure, title=member.text(one)) for one in members)
    return (category, *series), [(key, *(cells.get((key, one)) for one in members)) for key in dict.fromkeys(row[0] for row in rows)]


def rounded(value, decimals):
    """Returns a number with thousands separated, rounded half up as both products round."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{exact + 0:,.{decimals}f}"
