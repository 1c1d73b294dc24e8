"""wikimedia.org: page views per article of the Analytics Query Service. Rows: its items."""

from typing import Any
from urllib.parse import unquote

from market_apis.answers import Answer, Refused, matched

_PATH = r"/api/rest_v1/metrics/pageviews/per-article/([^/]+)/all-access/user/([^/]+)/daily/(\d{8}00)/(\d{8}00)"


def allows(headers: Any, secret: str) -> bool:
    """Tells whether a call has the token, and says whom to write to."""
    return headers.get("Authorization") == f"Bearer {secret}" and "(sales@dealer.example)" in headers.get("User-Agent", "")


def answer(path: str, query: dict[str, str], rows: list[Any]) -> Answer:
    """Answers a range of days; one without views is not found."""
    if query:
        raise Refused(str(query))
    project, article, since, until = matched(_PATH, path)
    found = [row for row in rows if row["project"] == project and row["article"] == unquote(article) and since <= row["timestamp"] <= until]
    if not found:
        return Answer(
            404,
            {
                "type": "about:blank",
                "title": "Not Found",
                "method": "get",
                "status": 404,
                "detail": "The date(s) you used are valid, but we either do not have data for those date(s), or the project you asked for is not loaded yet.",
                "uri": path,
            },
        )
    return Answer(200, {"items": found}, len(found))
