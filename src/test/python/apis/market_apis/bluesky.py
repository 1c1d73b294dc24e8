"""bsky.social: sessions and the search for posts of the AT Protocol. Rows: app.bsky.feed.defs#postView."""

from datetime import datetime
from typing import Any

from market_apis.answers import Answer, Refused, matched

SESSION = "/xrpc/com.atproto.server.createSession"
SEARCH = "/xrpc/app.bsky.feed.searchPosts"
_TOKEN = "eyJ.session"
_MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"


def allows(headers: Any, secret: str) -> bool:
    """Tells whether a call has a session."""
    return headers.get("Authorization") == f"Bearer {_TOKEN}"


def session(body: Any, secret: str) -> Answer:
    """Opens a session."""
    if body != {"identifier": "dealer.example", "password": secret}:
        return Answer(401, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"})
    return Answer(200, {"accessJwt": _TOKEN, "refreshJwt": "eyJ.refresh", "handle": "dealer.example", "did": "did:plc:me", "active": True})


def _sort_at(post: dict[str, Any]) -> datetime:
    indexed = datetime.fromisoformat(post["indexedAt"])
    created = post["record"].get("createdAt")
    return min(indexed, datetime.fromisoformat(created)) if created else indexed


def answer(path: str, query: dict[str, str], rows: list[Any]) -> Answer:
    """Answers a search: since is included, until is not."""
    if path != SEARCH:
        raise Refused(path)
    (phrase,) = matched('"(.+)"', query["q"])
    matched("latest", query["sort"])
    matched(_MOMENT, query["since"])
    matched(_MOMENT, query["until"])
    since, until = (datetime.fromisoformat(query[name]) for name in ("since", "until"))
    found = [row for row in rows if phrase.lower() in row["record"].get("text", phrase).lower() and since <= _sort_at(row) < until]
    found.sort(key=_sort_at, reverse=True)
    limit, offset = int(query.get("limit", 25)), int(query.get("cursor", 0))
    if not 0 < limit <= 100:
        raise Refused(f"limit {limit} is not from 1 to 100")
    # The stub's pages are short, so that a few posts have several.
    shown = found[offset : offset + min(limit, 3)]
    body: dict[str, Any] = {"hitsTotal": len(found), "posts": shown}
    if offset + len(shown) < len(found):
        body["cursor"] = str(offset + len(shown))
    return Answer(200, body, len(shown))
