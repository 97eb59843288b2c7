"""Whom somebody means by a name. Pure."""

import unicodedata


def folded(name: str) -> str:
    """Return `name` as mentions are compared: without case, accents, a leading @ and doubled spaces."""
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "oe").replace("’", "'").casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(plain.replace("@", " ").split())[:245]
