"""Links that are not what they seem. Pure."""

import html
import re
import unicodedata
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

ANCHOR = re.compile(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.S)
HOST = re.compile(r"(?:https?://|\bwww\.)([\w.-]+)|^\s*([\w-]+(?:\.[\w-]+)*\.[a-z]{2,12})(?:/\S*)?\s*$", re.I)
TAG = re.compile(r"<[^>]*>")


def host_of(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def has_foreign_letters(host: str) -> bool:
    """Whether a host is written, perhaps as xn--…, in letters other than Latin: they can look the same.

    https://www.unicode.org/reports/tr39/#Confusable_Detection. A few honest addresses have them too: they may wait.
    """
    for label in host.lower().split("."):
        if label.startswith("xn--"):
            try:
                label = label.encode("ascii").decode("idna")
            except UnicodeError:
                return True
        if any(character.isalpha() and "LATIN" not in unicodedata.name(character, "") for character in label):
            return True
    return False


def count(shown: str) -> int:
    """Return how many links there are in rendered HTML."""
    return len(ANCHOR.findall(shown))


def doubts(shown: str) -> list[str]:
    """Return, in words, what is wrong with the links of rendered HTML."""
    found = []
    for address, words in ANCHOR.findall(shown):
        host = host_of(html.unescape(address))
        said = HOST.search(html.unescape(TAG.sub("", words)))
        said = (said[1] or said[2]).lower().removeprefix("www.") if said else ""
        if has_foreign_letters(host):
            found.append(_("The letters of a link’s address imitate others: %(host)s.") % {"host": punycode(host)})
        elif said and punycode(said) != punycode(host):
            found.append(_("A link says %(said)s and leads to %(host)s.") % {"said": said, "host": punycode(host)})
    return list(dict.fromkeys(found))


def punycode(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.encode("ascii", "backslashreplace").decode("ascii").lower()
