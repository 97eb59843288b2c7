"""Faces. Pure: how Gravatar names an address, and the face drawn here for those it does not know.

https://docs.gravatar.com/api/avatars/ : SHA-256 of the trimmed, lower-case address; `s` size in pixels (1–2048);
`d` what to answer when there is none; `r` the highest rating (g, pg, r, x).
"""

import hashlib
from urllib.parse import urlencode, urljoin

SIZE = 160  # pixels: twice the 80 that a page shows at most, for dense screens
INKS = ["#bd3217", "#27538f", "#3b6322", "#7a4a8c", "#8a5a12", "#1f6f6b", "#9b2c5e", "#4a4a4a"]
CELLS = 5  # a face is 5 × 5 cells, its right side the mirror of its left


def email_hash(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()


def gravatar_url(base: str, hashed: str, *, rating: str, default: str) -> str:
    """Return the address of a Gravatar. `default`: "404" to be told that there is none, or a kind such as "mp"."""
    return urljoin(base, hashed) + "?" + urlencode({"s": SIZE, "d": default, "r": rating})


def identicon(seed: str) -> str:
    """Return an SVG face that is always the same for `seed` (an opaque key, never an address or its hash)."""
    digest = hashlib.sha256(seed.encode()).digest()
    ink = INKS[digest[0] % len(INKS)]
    half = (CELLS + 1) // 2
    filled = [
        (column, row)
        for row in range(CELLS)
        for column in range(CELLS)
        if digest[1 + row * half + min(column, CELLS - 1 - column)] % 2
    ]
    cells = "".join(f"M{column + 1} {row + 1}h1v1h-1z" for column, row in filled)
    side = CELLS + 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{SIZE}" height="{SIZE}" '
        f'shape-rendering="crispEdges"><path fill="#f3eee1" d="M0 0h{side}v{side}H0z"/>'
        f'<path fill="{ink}" d="{cells}"/></svg>'
    )
