"""Requests that nobody's page would send: valid ones with something wrong in them, and plain nonsense."""

from __future__ import annotations

import copy
import json
import random
from typing import Any
from urllib.parse import quote

from tests.review.conftest import CLINIC, NURSES, Answer, Client, ask, key

JUNK: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    2**31,
    2**63,
    10**400,
    1e308,
    0.5,
    "",
    " ",
    "a",
    "m1",
    "i1",
    "\x00",
    "\ud800",
    "👩🏻\u200d🚒",
    "x" * 5000,
    [],
    [[]],
    {},
    {"a": {}},
    [None] * 50,
    "human:",
    "model:x@1",
    "2021-13-45",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "ORG",
    "DATE",
    "KRW",
)
PATHS = (
    "/api/articles/{}/decisions", "/api/articles/{}/settle", "/api/articles/{}/renew", "/api/articles/{}/rulings",
    "/api/articles", "/api/entities",
)  # fmt: skip


def valid(rng: random.Random, client: Client) -> tuple[str, Any]:
    """A request that would be taken."""
    article_id = rng.choice((NURSES, CLINIC, "2023-boat-diary-ko"))
    data = client.get(f"/api/articles/{article_id}")
    item = rng.choice(data["mentions"] + data["initiatives"])
    bodies: list[tuple[str, Any]] = [
        ("/api/entities", {"type": "person", "name": f"Somebody {rng.random()}", "country": "KH"}),
        ("/api/articles", {"title": "A title", "text": "Some text.", "date": "2021-02-03"}),
        (f"/api/articles/{article_id}/settle", {"name": "Eve", "dispute": rng.randint(0, 9), "keep": "mine"}),
        (f"/api/articles/{article_id}/renew", {}),
    ]
    if rng.random() < 0.05:
        return f"/api/articles/{NURSES}/rulings", ruling(rng, client)
    ops: list[dict[str, Any]] = [
        {"op": "judge", "seen": item, "state": rng.choice(("accepted", "rejected"))},
        {"op": "note", "seen": item, "note": rng.choice(("a note", None))},
        {"op": "accept-above", "score": rng.random()},
        {"op": rng.choice(("undo", "redo"))},
        {"op": "initiative", "seen": None, "fields": rng.choice(data["initiatives"] or [{}])},
    ]
    start = rng.randint(0, 200)
    ops.append(
        {
            "op": "mention",
            "start": start,
            "end": start + rng.randint(-2, 30),
            "label": rng.choice(("ORG", "DATE")),
            "seen": item if "label" in item else None,
        }
    )
    decisions = [{"key": key(), **rng.choice(ops)} for _ in range(rng.randint(1, 3))]
    bodies += [(f"/api/articles/{article_id}/decisions", {"name": "Eve", "decisions": decisions})] * 8
    return rng.choice(bodies)


def ruling(rng: random.Random, client: Client) -> dict[str, Any]:
    """A referee's word on one of the differences between the two layers."""
    place = rng.choice(client.get(f"/api/articles/{NURSES}/compare")["differences"])
    ids = {side: place[side] and place[side]["id"] for side in ("first", "second")}
    return {"name": "Eve", "what": place["what"], **ids, "kept": rng.choice(("first", "second", "neither")), "why": "x"}


def spoilt(rng: random.Random, value: Any) -> Any:
    """``value`` with something wrong somewhere in it."""
    value = copy.deepcopy(value)
    if isinstance(value, dict) and value and rng.random() < 0.85:
        name = rng.choice(list(value))
        if rng.random() < 0.15:
            del value[name]
        elif rng.random() < 0.1:
            value[rng.choice(("extra", "id", "__proto__", ""))] = rng.choice(JUNK)
        else:
            value[name] = spoilt(rng, value[name])
        return value
    if isinstance(value, list) and value and rng.random() < 0.85:
        n = rng.randrange(len(value))
        value[n] = spoilt(rng, value[n])
        return value
    return rng.choice(JUNK)


def request(rng: random.Random, client: Client) -> Answer:
    """Send one; the answer."""
    dice = rng.random()
    if dice < 0.12:
        junk = "".join(rng.choice("/.%2fa\\:\x00é?&=#") for _ in range(rng.randint(0, 12)))
        start = rng.choice(("/", "/api/", "/static/", "/api/articles/", "/api/search?q=", "/api/search?label="))
        path = start + quote(junk, safe="/%?&=.") + rng.choice(("", "", "/state", "/compare"))
        return ask(client.guard, rng.choice(("GET", "HEAD")), path, list(client.headers.items()))
    path, body = valid(rng, client)
    if dice < 0.2:
        raw = json.dumps(body).encode()
        at = rng.randrange(len(raw))
        return client.post(
            path, raw[:at] + rng.choice((b"", b"\xff", b"[", b"{", b"\x00", b"[" * 3000)) + raw[at + 1 :]
        )
    if dice < 0.3:
        path = rng.choice(PATHS).format(rng.choice((NURSES, "nothing", "%00", "..", "a" * 300)))
    for _ in range(rng.randint(0, 3)):
        body = spoilt(rng, body)
    return client.post(path, body)
