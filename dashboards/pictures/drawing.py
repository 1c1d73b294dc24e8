"""Draws a page as one HTML file that needs nothing else: columns and bars stand on zero, the last and the greatest value of a series are written.

What does not fit into a tile is counted below it, as a reader would scroll to it.
"""

import math
from datetime import date
from html import escape

HEAD, LINE = 30, 22
# How much wider a bold text is.
BOLD = 1.1
MOST_TICKS = 6
WIDEST_COLUMN, NARROWEST = 64, 70
# The fonts of the products are not everybody's; these are about as wide.
FALLBACK = '"Segoe UI", Lato, "DejaVu Sans Condensed", "Noto Sans", sans-serif'


def breadth(text):
    """Returns about how many pixels a text takes."""
    return sum(7.6 if each.isupper() else 6.3 for each in text)


def html(page):
    """Returns the text of a page."""
    theme, (width, height) = page.theme, page.size
    tiles = "\n".join(tile(one, theme) for one in page.tiles)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(page.title)}</title><style>
* {{ box-sizing: border-box; margin: 0; }}
body {{ width: {width}px; height: {height}px; position: relative; overflow: hidden; background: {theme.background}; color: {theme.foreground};
  font: 12px "{theme.font}", {FALLBACK}; font-variant-numeric: tabular-nums; }}
h1 {{ position: absolute; left: 16px; top: 14px; font-size: 20px; }}
section {{ position: absolute; overflow: hidden; background: #fff; border: {theme.frame}; border-radius: 4px; }}
h2 {{ font-size: 13px; font-weight: 600; padding: 7px 10px 0; height: {HEAD}px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }}
.number div {{ display: flex; flex-direction: column; align-items: center; justify-content: center; }}
.number b {{ font-weight: 600; line-height: 1.1; }}
.number small, .more {{ color: {theme.faint}; font-size: 11px; }}
.more {{ position: absolute; right: 10px; bottom: 4px; }}
.filter h2 {{ font-size: 11px; height: 24px; padding: 5px 10px 0; }}
.filter p {{ margin: 0 10px; padding: 3px 8px; border: 1px solid #ccd1d6; border-radius: 3px; white-space: nowrap; overflow: hidden; }}
.filter p::after {{ content: "\\25be"; float: right; color: {theme.faint}; }}
.filter.flat {{ padding: 6px 10px; }}
.filter.flat h2, .filter.flat p {{ display: inline; height: auto; padding: 0; margin: 0 8px 0 0; border: none; font-size: 12px; }}
.filter.flat p {{ color: {theme.accent}; }}
table {{ border-collapse: collapse; margin-left: 10px; table-layout: fixed; }}
td, th {{ height: {LINE}px; padding: 0 6px; text-align: left; font-weight: 400; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; border-bottom: 1px solid #eef0f2; }}
th {{ font-weight: 600; color: {theme.accent}; white-space: normal; line-height: 1.05; }}
.n {{ text-align: right; }}
tfoot td {{ font-weight: 600; border-top: 1px solid {theme.foreground}; }}
svg text {{ font-size: 11px; fill: {theme.foreground}; paint-order: stroke; stroke: #fff; stroke-width: 3px; }}
svg .axis {{ fill: {theme.faint}; font-size: 10px; }}
</style></head><body>
{f'<h1>{escape(page.title)}</h1>' if not any(one.place[1] < HEAD for one in page.tiles) else ''}
{tiles}
</body></html>
"""


def tile(one, theme):
    x, y, width, height = one.place
    draw = {"filter": chooser, "number": number, "chart": chart, "bars": bars, "table": table, "pivot": pivot}[one.kind]
    inside = draw(one, width, height - HEAD, theme) if one.rows or one.kind == "filter" else '<p class="more">No rows</p>'
    style = f"left:{x}px;top:{y}px;width:{width}px;height:{height}px"
    flat = " flat" if one.kind == "filter" and height < 2 * HEAD - 20 else ""
    return f'<section id="{escape(one.name)}" class="{one.kind}{flat}" style="{style}"><h2>{escape(one.title)}</h2>{inside}</section>'


def chooser(one, *_):
    return f"<p>{escape(one.chosen)}</p>"


def number(one, width, height, theme):
    """Returns the value of a card; what has none is said to be blank."""
    said = one.columns[0].text(one.rows[0][0]) or theme.blank
    size = min(theme.value_size, int((width - 16) / (len(said) * 0.65)), height - 18)
    caption = f"<small>{escape(one.caption)}</small>" if one.caption else ""
    return f'<div style="height:{height - 6}px"><b style="font-size:{size}px">{escape(said)}</b>{caption}</div>'


def more(*left):
    """Returns how many of what are not shown, each a count and the word for one."""
    said = [f"{count:,} more {what}{'s' if count > 1 else ''}" for count, what in left if count > 0]
    return f'<p class="more">{", ".join(said)}</p>' if said else ""


def shortened(text, width):
    """Returns a text that has room."""
    cut = text
    while breadth(cut) > width:
        cut = cut[:-2].rstrip() + "…"
    return cut


def table(one, width, height, _):
    """Returns the rows that fit, and the totals below them."""
    room = int((height - LINE * (1.5 + len(one.totals)) - 4) / LINE)
    shown = one.rows if len(one.rows) <= room else one.rows[: room - 1]
    found = [max((breadth(column.text(row[at])) for row in shown), default=0) for at, column in enumerate(one.columns)]
    for row in one.totals:
        for at, value in enumerate(row, len(one.columns) - len(row)):
            found[at] = max(found[at], breadth(one.columns[at].text(value)) * BOLD)
    widths = [min(190, max(breadth(column.title) * BOLD, size) + 14) for column, size in zip(one.columns, found, strict=True)]
    # Where all have no room, words are cut and titles go over two lines.
    least = [
        (max(size, *(breadth(word) * BOLD for word in column.title.split())) + 14) if column.is_number else min(wide, NARROWEST)
        for column, size, wide in zip(one.columns, found, widths, strict=True)
    ]
    fit = len(widths)
    while sum(least[:fit]) > width - 20:
        fit -= 1
    over = max(0, sum(widths[:fit]) - (width - 20)) / (sum(widths[:fit]) - sum(least[:fit]) or 1)
    widths = [size - (size - small) * over for size, small in zip(widths[:fit], least[:fit], strict=True)]
    spare = (width - 20) / sum(widths)
    columns = one.columns[:fit]
    head = "".join(f'<th style="width:{widths[at] * spare:.0f}px"{side(column)}>{escape(column.title)}</th>' for at, column in enumerate(columns))
    body = "".join("<tr>" + cells(columns, row) + "</tr>" for row in shown)
    foot = ""
    for row in one.totals:
        members = len(one.columns) - len(row)
        foot += "<tr>" + "".join(f"<td>{'' if at else 'Total'}</td>" for at in range(members)) + cells(columns[members:], row) + "</tr>"
    rest = more((len(one.rows) - len(shown), "row"), (len(one.columns) - fit, "column"))
    return f"<table style='width:{width - 20}px'><thead><tr>{head}</tr></thead><tbody>{body}</tbody><tfoot>{foot}</tfoot></table>{rest}"


def side(column):
    return ' class="n"' if column.is_number else ""


def cells(columns, row):
    return "".join(f"<td{side(column)}>{escape(column.text(value))}</td>" for column, value in zip(columns, row, strict=False))


def pivot(one, width, height, theme):
    """Returns members by members with the values of each pair; as many members across as fit."""
    row_column, across_column, *values = one.columns
    across = sorted({row[1] for row in one.rows} | {row[0] for row in one.totals})
    down = list(dict.fromkeys(row[0] for row in one.rows))
    found = {row[:2]: row[2:] for row in one.rows}
    first, cell = 110, [max(62, breadth(value.title) * BOLD + 14) for value in values]
    fit = max(1, min(len(across), int((width - 20 - first) / sum(cell))))
    spare = (width - 20 - first) / (sum(cell) * fit)
    room = int((height - LINE * 3 - 4) / LINE)
    shown = down if len(down) <= room else down[: room - 1]
    head = "".join(f'<th class="n" colspan="{len(values)}">{escape(across_column.text(member))}</th>' for member in across[:fit])
    names = "".join(f'<th class="n" style="width:{size * spare:.0f}px">{escape(value.title)}</th>' for _ in across[:fit] for value, size in zip(values, cell, strict=True))
    blank = (None,) * len(values)
    totals = {row[0]: row[1:] for row in one.totals}
    body = [line(row_column.text(member), [found.get((member, each), blank) for each in across[:fit]], values) for member in shown]
    foot = line("Total", [totals.get(each, blank) for each in across[:fit]], values) if totals else ""
    rest = more((len(down) - len(shown), "row"), (len(across) - fit, across_column.title.lower()))
    return (
        f'<table style="width:{width - 20}px"><thead><tr><th style="width:{first}px"></th>{head}</tr><tr><th>{escape(row_column.title)}</th>{names}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody><tfoot>{foot}</tfoot></table>{rest}"
    )


def line(name, parts, values):
    """Returns a row of a pivot."""
    return f"<tr><td>{escape(name)}</td>" + "".join(cells(values, part) for part in parts) + "</tr>"


def steps(low, high, text=str):
    """Returns the values of an axis from below the least to above the greatest, at round distances that their texts tell apart."""
    high = high if high > low else low + (abs(low) or 1)
    for size in (digit * 10.0**power for power in range(-9, 15) for digit in (1, 2, 5)):
        first, last = math.floor(low / size), math.ceil(high / size)
        if last - first < MOST_TICKS and len({text(at * size) for at in range(first, last + 1)}) == last - first + 1:
            return [at * size for at in range(first, last + 1)]
    raise ValueError(f"no axis holds {low} and {high}")


def scale(columns, rows, stacked):
    """Returns the ticks of the series of an axis. Columns and areas stand on zero; lines may begin above it, as the numbers beside them say."""
    found = [float(row[at]) for at, _ in columns for row in rows if row[at] is not None]
    if stacked:
        found = [sum(float(row[at] or 0) for at, _ in columns) for row in rows]
    low, high = min(found, default=0), max(found, default=0)
    from_zero = any(column.drawn != "line" for _, column in columns) or low < high * 0.6
    return steps(min(0, low) if from_zero else low, max(0, high) if from_zero else high, columns[0][1].text)


def ticked(column, value):
    return f"{value / 1e6:,.4g}M" if abs(value) >= 1e6 and "%" not in column.text(value) else column.text(value)


def legend(columns, theme):
    """Returns the names of series with their colours, and the height that they take."""
    if len(columns) < 2:
        return "", 0
    made, x = "", 10
    for at, column in enumerate(columns):
        colour = theme.colours[at % len(theme.colours)]
        made += f'<rect x="{x}" y="3" width="9" height="9" fill="{colour}"/><text x="{x + 13}" y="11">{escape(column.title)}</text>'
        x += 30 + breadth(column.title)
    return made, 18


def chart(one, width, height, theme):
    """Returns columns, lines and areas over a category, with an axis on each side that has a series."""
    category, *series = one.columns
    made, top = legend(series, theme)
    axes = {}
    for right in (False, True):
        of = [(at, column) for at, column in enumerate(series, 1) if column.on_the_right == right]
        if of:
            axes[right] = (scale(of, one.rows, one.stacked), of[0][1])
    labels = {right: [ticked(column, tick) for tick in ticks] for right, (ticks, column) in axes.items()}
    left, right = (max(map(breadth, labels.get(which, [""]))) + 12 for which in (False, True))
    last = max((breadth(column.text(one.rows[-1][at] or 0)) for at, column in enumerate(series, 1) if column.drawn != "column"), default=0)
    right = right if True in axes else max(right, last + 16)
    area = (left, top + 14, width - left - right, height - top - 14 - 22)
    places = {which: place(ticks, area) for which, (ticks, _) in axes.items()}
    for which, (ticks, _) in axes.items():
        for tick, text in zip(ticks, labels[which], strict=True):
            y, x, anchor = places[which](tick), width - right + 6 if which else left - 6, "start" if which else "end"
            made += f'<text class="axis" x="{x:.1f}" y="{y + 3:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
            if which == min(axes):
                made += f'<line x1="{left:.1f}" x2="{width - right:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e8ebee"/>'
    step = area[2] / len(one.rows)
    centres = [left + step * (at + 0.5) for at in range(len(one.rows))]
    made += names_below([name_of(category, row[0], theme) for row in one.rows], centres, height, width)
    return f'<svg width="{width}" height="{height}">{made}{"".join(marks(one, series, places, centres, step, theme))}</svg>'


def name_of(category, value, theme):
    """Returns the name of a category; a date without the day where the format has none."""
    if not isinstance(value, date):
        return category.text(value) or theme.blank
    return f"{value:%b %Y}" if value.day == 1 and "-" not in category.text(value) else f"{value:%-d %b %Y}"


def place(ticks, area):
    """Returns what turns a value of an axis into a place on the page."""
    low, high, (_, top, _, height) = ticks[0], ticks[-1], area
    return lambda value: top + height * (1 - (float(value) - low) / (high - low))


def names_below(names, centres, height, width):
    """Returns the names of categories, as many as have room."""
    room = max(len(name) for name in names) * 5.8 + 12
    every = max(1, -(-int(room * len(names)) // max(1, int(centres[-1] - centres[0] + room))))
    made = ""
    for at in range(0, len(names), every):
        x = min(max(centres[at], len(names[at]) * 2.9), width - len(names[at]) * 2.9)
        made += f'<text class="axis" x="{x:.1f}" y="{height - 8}" text-anchor="middle">{escape(names[at])}</text>'
    return made


def marks(one, series, places, centres, step, theme):
    """Yields the columns, lines and areas, and their labels."""
    standing = [at for at, column in enumerate(series, 1) if column.drawn == "column"]
    group = min(step * 0.8, WIDEST_COLUMN)
    bar = group / (1 if one.stacked else max(1, len(standing)))
    below = [0.0] * len(one.rows)
    for at, column in enumerate(series, 1):
        colour, to_place = theme.colours[(at - 1) % len(theme.colours)], places[column.on_the_right]
        points = [(centre, row[at]) for centre, row in zip(centres, one.rows, strict=True)]
        present = [point for point in points if point[1] is not None]
        if not present:
            continue
        if column.drawn == "column":
            for place_at, (centre, value) in enumerate(points):
                if value is None:
                    continue
                x = centre - group / 2 + (0 if one.stacked else standing.index(at) * bar)
                start = below[place_at] if one.stacked else 0
                below[place_at] += float(value) if one.stacked else 0
                y1, y2 = sorted((to_place(start), to_place(start + float(value))))
                yield f'<rect x="{x:.1f}" y="{y1:.1f}" width="{max(1, bar - 1):.1f}" height="{y2 - y1:.1f}" fill="{colour}"/>'
            if not one.stacked:
                offset = standing.index(at) * bar + bar / 2 - group / 2
                yield from written(column, present, to_place, offset, step if len(series) == 1 else 0)
            continue
        path = " ".join(f"{'M' if not index else 'L'}{x:.1f} {to_place(value):.1f}" for index, (x, value) in enumerate(present))
        if column.drawn == "area":
            yield f'<path d="{path} L{present[-1][0]:.1f} {to_place(0):.1f} L{present[0][0]:.1f} {to_place(0):.1f} Z" fill="{colour}" opacity="0.25"/>'
        yield f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        x, value = present[-1]
        yield f'<circle cx="{x:.1f}" cy="{to_place(value):.1f}" r="3" fill="{colour}"/>'
        yield from written(column, present, to_place, 0, 0)
    if one.stacked:
        sums = [(centre, total) for centre, total in zip(centres, below, strict=True)]
        yield from written(series[0], sums, places[False], 0, step)


def written(column, points, to_place, offset, step):
    """Yields the labels of a series: of each value if there is room, else of the greatest and the last."""
    texts = [column.text(value) for _, value in points]
    greatest, last = max(range(len(points)), key=lambda at: points[at][1]), len(points) - 1
    shown = range(len(points)) if step > max(map(breadth, texts)) else sorted({greatest, last})
    if len(shown) == 2 and points[last][0] - points[greatest][0] < breadth(texts[greatest]) + 8:
        shown = [last if column.drawn != "column" else greatest]
    for at in shown:
        x, value = points[at]
        if at == last and column.drawn != "column" and not column.on_the_right:
            yield f'<text x="{x + 7:.1f}" y="{to_place(value) + 4:.1f}">{escape(texts[at])}</text>'
        else:
            yield f'<text x="{x + offset:.1f}" y="{to_place(value) - 5:.1f}" text-anchor="middle">{escape(texts[at])}</text>'


def bars(one, width, height, theme):
    """Returns horizontal bars from zero with their values, one row a category."""
    category, column = one.columns[0], one.columns[1]
    if len(one.columns) > 2:
        raise ValueError(f"{one.name}: bars of more than one series are not drawn")
    room = int((height - 22) / 16)
    rows = one.rows[:room]
    names = [name_of(category, row[0], theme) for row in rows]
    texts = [column.text(row[1]) for row in rows]
    left = min(width * 0.5, max(map(breadth, names)) + 16)
    values = [float(row[1] or 0) for row in rows]
    low, high = min(0.0, *values), max(0.0, *values)
    beside = max(map(breadth, texts)) + 10
    start, end = left + (beside if low < 0 else 0), width - beside - 6
    size = (end - start) / ((high - low) or 1)
    zero, pitch = start - low * size, min(34.0, (height - 24) / len(rows))
    made = ""
    for at, value in enumerate(values):
        y, x = 4 + at * pitch, zero + min(0.0, value) * size
        thick = pitch * 0.7
        made += f'<text x="{left - 8:.1f}" y="{y + thick / 2 + 4:.1f}" text-anchor="end">{escape(shortened(names[at], left - 12))}</text>'
        made += f'<rect x="{x:.1f}" y="{y:.1f}" width="{abs(value) * size:.1f}" height="{thick:.1f}" fill="{theme.colours[0]}"/>'
        side_x, anchor = (x - 4, "end") if value < 0 else (x + abs(value) * size + 4, "start")
        made += f'<text x="{side_x:.1f}" y="{y + thick / 2 + 4:.1f}" text-anchor="{anchor}">{escape(texts[at])}</text>'
    made += f'<line x1="{zero:.1f}" x2="{zero:.1f}" y1="0" y2="{4 + pitch * len(rows):.1f}" stroke="{theme.faint}"/>'
    return f'<svg width="{width}" height="{height}">{made}</svg>{more((len(one.rows) - len(rows), "bar"))}'
