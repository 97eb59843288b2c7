"""What can be noticed about a comment. Pure.

A feature is a short string. Those of words are the words themselves, folded and cut to their stems, alone and in
pairs; others carry a prefix that `in_words` knows how to say to a moderator.
"""

import html
import math
import re
import unicodedata
from itertools import pairwise

from django.utils.translation import gettext as _

MOST_CHARACTERS = 5000  # of a text: what follows tells nothing new

TOP_LEVEL = (
    "com|net|org|info|biz|io|co|me|tv|ly|gl|be|eu|fr|de|uk|us|ca|ru|pl|in|cn|xyz|online|shop|store|site|club|top|vip|"
    "live|pro|app|blog|link|click"
)
ADDRESS = re.compile(
    rf"""(?:https?://|www\.)[^\s<>"'\])]+|(?<![\w@.])[a-z0-9][a-z0-9-]{{1,60}}(?:\s?\.\s?[a-z0-9-]{{1,60}}){{0,3}}"""
    rf"""\s?\.\s?(?:{TOP_LEVEL})\b(?:/[^\s<>"'\])]*)?""",
    re.I,
)
HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s>]+)""", re.I)
TAG = re.compile(r"<[^<>]{0,2000}>")
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
MAIL = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}\.\w{2,10}")
MONEY = re.compile(r"[$€£]\s?\d|\d\s?[$€£]")
ENDINGS = ("ement", "ation", "ing", "ers", "ait", "ant", "ed", "es", "er", "ez", "s", "e")


def features(name: str, url: str, body: str, *, own_host: str = "") -> set[str]:
    """Return what can be noticed of a comment by `name` from `url` that says `body` (as it was typed, tags and all).

    Links to `own_host` are no links to elsewhere.
    """
    text = html.unescape(body[:MOST_CHARACTERS])
    shown = TAG.sub(" ", text)
    links = dict.fromkeys([*HREF.findall(text), *(match.group() for match in ADDRESS.finditer(shown))])
    elsewhere = [link for link in links if not own_host or own_host not in link.lower()]
    words = stems(ADDRESS.sub(" ", shown))
    found = set(words) | {f"{one} {other}" for one, other in pairwise(words)}
    found |= {f"site:{host(link)}" for link in elsewhere[:20]}
    found.add(f"links:{min(3, len(elsewhere))}")
    found.add(f"length:{int(math.log2(len(words) + 1))}")
    found.add(f"capitals:{capitals(shown)}")
    found.add(f"exclamations:{min(3, shown.count('!'))}")
    if len(elsewhere) < len(links):
        found.add("sign:own-link")
    if elsewhere and len(words) <= 4:
        found.add("sign:bare-link")
    if MONEY.search(shown):
        found.add("sign:money")
    if MAIL.search(shown):
        found.add("sign:mail")
    if url:
        found.add(f"from:{host(url)}")
    found |= {f"name:{word}" for word in stems(name[:100])}
    return found


def stems(text: str) -> list[str]:
    """Return the words of `text` without case, accents, drawn-out letters and endings; numbers by their length."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("’", "'").replace("œ", "oe").replace("æ", "ae"))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return [stem(re.sub(r"(.)\1{2,}", r"\1\1", word[:60])) for word in WORD.findall(plain)]


def stem(word: str) -> str:
    if word.isdigit():
        return "0" * min(len(word), 4)
    ending = next((end for end in ENDINGS if word.endswith(end) and len(word) - len(end) >= 3), "")
    return word.removesuffix(ending)


def host(address: str) -> str:
    return re.sub(r"^(?:https?:)?/*(?:www\.)?", "", re.sub(r"\s", "", address.lower())).split("/")[0][:60]


def capitals(text: str) -> int:
    """Return how much of `text` shouts: 0, 1 or 2 thirds and 3 for all of it."""
    letters = [character for character in text if character.isalpha()]
    return int(3 * sum(character.isupper() for character in letters) / len(letters)) if letters else 0


def in_words(feature: str) -> str:
    """Return `feature` as a moderator reads it."""
    kind, colon, value = feature.partition(":")
    if not colon:
        return f"“{feature}”"
    match kind:
        case "sign":
            return {
                "own-link": _("a link to this blog"),
                "bare-link": _("a link with hardly a word"),
                "money": _("a sum of money"),
                "mail": _("an e-mail address in the text"),
            }[value]
        case "site":
            return _("a link to %(site)s") % {"site": value}
        case "from":
            return _("the website %(site)s") % {"site": value}
        case "links":
            return _("no link") if value == "0" else _("its number of links")
        case "length":
            return _("its length")
        case "capitals":
            return _("its capitals") if value != "0" else _("no shouting")
        case "exclamations":
            return _("its exclamation marks") if value != "0" else _("no exclamation marks")
    return _("the name “%(name)s”") % {"name": value}
