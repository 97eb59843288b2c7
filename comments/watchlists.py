"""Lists of words and addresses by which comments wait or are blocked. Pure.

One entry a line: an IP address or range (192.0.2.0/24), an e-mail address or all of a domain (@mail.example), or words.
Words are looked for in the name, the website and the text, whole, without regard to case and accents; a star stands
for the rest of a word (casino*). WordPress's lists match parts of words too (“press” in “WordPress”); here one says so.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

IP_LIKE = re.compile(r"[0-9.]+(?:/\d*)?|[0-9a-f:]*:[0-9a-f:.]*(?:/\d*)?", re.I)


@dataclass(frozen=True)
class Subject:
    """What of a comment is compared with a list."""

    name: str = ""
    email: str = ""
    url: str = ""
    body: str = ""
    ip: str | None = None


def fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae").replace("’", "'"))
    return "".join(character for character in plain if not unicodedata.combining(character))


def entries(text: str) -> list[str]:
    """Return the entries of a list as somebody typed it."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def unusable(text: str) -> list[str]:
    """Return the entries that look like an IP range and are none."""
    return [entry for entry in entries(text) if IP_LIKE.fullmatch(entry) and not network(entry)]


def network(entry: str):
    """Return the IP network that an entry means, or None."""
    try:
        return ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return None


def first_match(listed: Iterable[str], subject: Subject) -> str | None:
    """Return the first entry that fits the comment, None when none does."""
    ip = ipaddress.ip_address(subject.ip) if subject.ip else None
    email = subject.email.casefold()
    text = fold("\n".join([subject.name, subject.url, subject.body]))
    return next((entry for entry in listed if fits(entry, ip, email, text)), None)


def fits(entry: str, ip, email: str, text: str) -> bool:
    addresses, address, words = understood(entry)
    if addresses:
        return ip is not None and ip in addresses
    if address:
        return email.endswith(address) if address.startswith("@") else email == address
    if not all(piece in text for word in words for piece in word.split("*")):
        return False
    pattern = r"\s+".join(re.escape(word) for word in words).replace(r"\*", r"\w*")
    return re.search(rf"(?<!\w){pattern}(?!\w)", text) is not None


# Lists that people share on the net have tens of thousands of entries, and each comment is compared with all of them.
@lru_cache(maxsize=100_000)
def understood(entry: str) -> tuple:
    """Return what an entry means: an IP network, an e-mail address (or None each), and folded words."""
    is_address = "@" in entry and " " not in entry
    return network(entry), entry.casefold() if is_address else None, fold(entry).split()
