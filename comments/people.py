"""Whom somebody means by a name. Pure."""

import re
import unicodedata

# Unicode's invisible orders to turn the direction of what follows (UAX #9): a name that holds one turns its neighbours.
TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def folded(name: str) -> str:
    """Return `name` as mentions are compared: without case, accents, a leading @ and doubled spaces."""
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "oe").replace("’", "'").casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(plain.replace("@", " ").split())[:245]
