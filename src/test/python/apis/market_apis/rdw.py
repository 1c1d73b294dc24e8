"""opendata.rdw.nl: Socrata's SODA 2.1 with its SoQL. Rows: vehicles with their plates, which the API groups and counts."""

from collections import Counter
from typing import Any

from market_apis.answers import Answer, Refused, matched, page

PATH = "/resource/m9d7-ebf2.json"
_DAY = "datum_eerste_tenaamstelling_in_nederland_dt"
_GROUP = f"{_DAY},merk,handelsbenaming"
_WHERE = (
    r"voertuigsoort = '(\w+)' and datum_eerste_toelating_dt = datum_eerste_tenaamstelling_in_nederland_dt "
    rf"and {_DAY} >= '(\d{{4}}-\d\d-\d\dT00:00:00\.000)' and {_DAY} <= '(\d{{4}}-\d\d-\d\dT00:00:00\.000)'"
)


def allows(headers: Any, secret: str) -> bool:
    """Tells whether a call has the token."""
    return headers.get("X-App-Token") == secret


def answer(path: str, query: dict[str, str], rows: list[Any]) -> Answer:
    """Answers a query of groups: a scalar is text, a null is no field."""
    if path != PATH:
        raise Refused(path)
    matched(r"datum_eerste_tenaamstelling_in_nederland_dt,merk,handelsbenaming,count\(\*\) as registrations", query["$select"])
    matched(_GROUP, query["$group"])
    matched(_GROUP, query["$order"])
    kind, since, until = matched(_WHERE, query["$where"])
    counts = Counter(
        (row[_DAY], row["merk"], row.get("handelsbenaming"))
        for row in rows
        if row["voertuigsoort"] == kind and row["datum_eerste_toelating_dt"] == row[_DAY] and since <= row[_DAY] <= until
    )
    # Fields that a row has and the data set is not known for stand for a column that the owner adds to the answer.
    extra = {(row[_DAY], row["merk"], row.get("handelsbenaming")): row.get("+", {}) for row in rows}
    groups = [
        {name: value for name, value in (*zip((_DAY, "merk", "handelsbenaming"), key), ("registrations", str(counts[key]))) if value is not None}
        | extra[key]
        for key in sorted(counts, key=lambda key: (key[0], key[1], key[2] or ""))
    ]
    groups = [{name: value for name, value in group.items() if value != "-"} for group in groups]
    shown = page(groups, query.get("$limit", "1000"), query.get("$offset", "0"), 50_000)
    return Answer(200, shown, len(shown))
