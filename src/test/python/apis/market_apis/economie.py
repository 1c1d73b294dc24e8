"""data.economie.gouv.fr: Opendatasoft's Explore API 2.1. Rows: records of prix-carburants-quotidien."""

from datetime import datetime
from typing import Any

from market_apis.answers import Answer, Refused, matched, page

PATH = "/api/explore/v2.1/catalog/datasets/prix-carburants-quotidien/records"
_WHERE = r'prix_nom = "([^"]+)" and prix_maj >= date\'(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\' and prix_maj <= date\'(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\''


def allows(headers: Any, secret: str) -> bool:
    """Tells whether a call has the key."""
    return headers.get("Authorization") == f"Apikey {secret}"


def answer(path: str, query: dict[str, str], rows: list[Any]) -> Answer:
    """Answers a query of records."""
    if path != PATH:
        raise Refused(path)
    fuel, since, until = matched(_WHERE, query["where"])
    matched("prix_maj, id", query["order_by"])
    if int(query.get("limit", 10)) + int(query.get("offset", 0)) > 10_000:
        raise Refused("offset + limit must be 10,000 at most")
    found = [
        row
        for row in rows
        if row["prix_nom"] == fuel and datetime.fromisoformat(since) <= datetime.fromisoformat(row["prix_maj"]) <= datetime.fromisoformat(until)
    ]
    found.sort(key=lambda row: (row["prix_maj"], row["id"]))
    shown = page(found, query.get("limit", "10"), query.get("offset", "0"), 100)
    return Answer(200, {"total_count": len(found), "results": shown}, len(shown))
