"""Reads Metabase's dashboards from their files, with the figures of a warehouse. A kind or setting that it does not know is an error that names the file."""

import json
from datetime import date, datetime
from decimal import Decimal

import cards
from tiles import Column, Page, Theme, Tile, by_member, rounded

# The palette of a Metabase that nobody has coloured.
THEME = Theme(
    colours=("#509ee3", "#88bf4d", "#a989c5", "#ef8c8c", "#f9d45c", "#f2a86f", "#98d9d9", "#7172ad"),
    background="#f9fbfc",
    foreground="#4c5773",
    faint="#949aab",
    accent="#509ee3",
    font="Lato",
    blank="(empty)",
    frame="1px solid #eeecec",
)
# The grid is 24 columns wide; a row is as high as Metabase makes it on a page of this width.
WIDTH, GRID, ROW, GAP = 1280, 24, 48, 6
HEAD, FILTER = 48, (150, 30)
KINDS = {"scalar": "number", "table": "table", "row": "bars", "bar": "chart", "line": "chart", "area": "chart", "combo": "chart"}
SETTINGS = {"column_settings", "scalar.field", "graph.dimensions", "graph.metrics", "graph.x_axis.scale", "series_settings", "stackable.stack_type"}
COLUMN = {"column_title", "number_style", "decimals"}


def pages(connection, folder=cards.FOLDER):
    """Returns the dashboards of a folder."""
    contents = cards.read(folder)
    known = {content["entity_id"]: (file, content) for file, content in contents.items() if cards.model_of(content) == "Card"}
    return [page(file, content, known, connection) for file, content in contents.items() if cards.model_of(content) == "Dashboard"]


def page(file, dashboard, known, connection):
    """Returns a dashboard: its title and filters, and below them its grid."""
    tiles = [filter_tile(one, at) for at, one in enumerate(dashboard["parameters"])]
    top = HEAD + (FILTER[1] + GAP if tiles else 0)
    defaults = {one["id"]: one["default"][0] for one in dashboard["parameters"] if one.get("default")}
    for place in dashboard["dashcards"]:
        if place.get("card_id") not in known:
            raise ValueError(f"{file}: a place shows no question of the files: {place.get('card_id')}")
        name, card = known[place["card_id"]]
        values = {one["target"][1][1]: defaults[one["parameter_id"]] for one in place["parameter_mappings"] if one["parameter_id"] in defaults}
        tiles.append(tile(name, card, connection.execute(cards.compiled(card, values)), grid(place, top)))
    bottom = max(tile.place[1] + tile.place[3] for tile in tiles) + GAP
    name = file.rsplit("/", 1)[-1].removesuffix(".yaml").replace("_", "-")
    return Page(name, dashboard["name"], (WIDTH, bottom), THEME, tuple(tiles))


def grid(place, top):
    unit = (WIDTH - 2 * GAP) / GRID
    return (
        round(GAP + place["col"] * unit + GAP / 2),
        round(top + place["row"] * ROW + GAP / 2),
        round(place["size_x"] * unit - GAP),
        place["size_y"] * ROW - GAP,
    )


def filter_tile(parameter, at):
    values = dict(parameter.get("values_source_config", {}).get("values", []))
    default = (parameter.get("default") or [""])[0]
    place = (2 * GAP + at * (FILTER[0] + GAP), HEAD, *FILTER)
    return Tile(parameter["id"], "filter", parameter["name"], place, chosen=values.get(default, default))


def tile(file, card, answer, place):
    """Returns a question with the rows of its answer."""
    settings = card["visualization_settings"]
    unknown = settings.keys() - SETTINGS
    if card["display"] not in KINDS or unknown:
        raise ValueError(f"{file}: cannot draw {', '.join(sorted(unknown)) or card['display']}")
    names = [column[0] for column in answer.description]
    rows = answer.fetchall()
    kind = KINDS[card["display"]]
    made = {"name": card["entity_id"], "kind": kind, "title": card["name"], "place": place}
    if kind == "table":
        shown = names
    elif kind == "number":
        shown = [settings["scalar.field"]]
    else:
        shown = [*settings["graph.dimensions"], *settings["graph.metrics"]]
    missing = [name for name in shown if name not in names]
    if missing:
        raise ValueError(f"{file}: the statement has no column {', '.join(missing)}")
    rows = [tuple(row[names.index(name)] for name in shown) for row in rows]
    columns = [column(file, name, settings, rows, at) for at, name in enumerate(shown)]
    if kind in ("chart", "bars"):
        columns, rows = series(file, card["display"], settings, shown, columns, rows)
        made["stacked"] = settings.get("stackable.stack_type") == "stacked"
    return Tile(**made, columns=tuple(columns), rows=tuple(rows))


def series(file, display, settings, shown, columns, rows):
    """Returns the columns and rows of a chart with a column a series, also where the second dimension tells series apart."""
    drawn = {"line": "line", "area": "area"}.get(display, "column")
    if len(settings["graph.dimensions"]) == 2:
        if len(shown) != 3:
            raise ValueError(f"{file}: cannot draw more than one metric by two dimensions")
        category, member, metric = columns
        return by_member((category, member, Column(metric.title, metric.text, True, drawn)), rows)
    found = [columns[0]]
    for name, one in zip(shown[1:], columns[1:], strict=True):
        own = settings.get("series_settings", {}).get(name, {})
        if own.keys() - {"display", "axis"}:
            raise ValueError(f"{file}: cannot draw {', '.join(own.keys() - {'display', 'axis'})} of {name}")
        how = {"bar": "column", "line": "line", "area": "area"}[own["display"]] if "display" in own else drawn
        found.append(Column(one.title, one.text, True, how, own.get("axis") == "right"))
    return found, rows


def column(file, name, settings, rows, at):
    """Returns a column as its settings and the values in it say."""
    own = settings.get("column_settings", {}).get(json.dumps(["name", name], separators=(",", ":")), {})
    if own.keys() - COLUMN:
        raise ValueError(f"{file}: cannot draw {', '.join(own.keys() - COLUMN)} of {name}")
    found = [row[at] for row in rows if row[at] is not None]
    is_number = bool(found) and all(isinstance(value, (int, float, Decimal)) for value in found)
    return Column(own.get("column_title", name), lambda value: text(value, own), is_number)


def text(value, settings):
    """Returns what Metabase writes of a value, by a column's settings."""
    if value is None:
        return ""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        if settings.get("number_style") == "percent":
            return rounded(Decimal(str(value)) * 100, settings.get("decimals", 2)) + "%"
        if "decimals" in settings:
            return rounded(value, settings["decimals"])
        return rounded(value, 2).rstrip("0").rstrip(".") if "." in rounded(value, 2) else rounded(value, 2)
    if isinstance(value, datetime):
        return f"{value:%B} {value.day}, {value.year}, {(value.hour - 1) % 12 + 1}:{value:%M %p}"
    if isinstance(value, date):
        return f"{value:%B} {value.day}, {value.year}"
    return str(value)
