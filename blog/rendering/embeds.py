"""Films and sounds that live elsewhere: a link that contacts nobody, and what a script may put in its place on a click.

Without JavaScript the link leads to the page of the film. With it (`static/js/post.js`) a click loads the player,
from the host that keeps the least about viewers. `PLAYER_HOSTS` are all that the content security policy lets in.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import quote, unquote

from .clean_html import TAG, is_end, name_of, words_of

# Instances that have been there for years. A film on any other is a plain link.
PEERTUBE = (
    "framatube.org",
    "peertube.debian.social",
    "tilvids.com",
    "tube.aquilenet.fr",
    "video.blender.org",
    "video.tedomum.net",
)


@dataclass(frozen=True)
class Provider:
    """A site with films or sounds. `address` matches its pages and its players; `page` and `player` are made from
    what was matched."""

    name: str
    address: re.Pattern
    page: Callable
    player: Callable
    verb: str = "watch"


def seconds(address: str) -> int:
    """Return where a film begins: `t=90`, `start=90` or `t=1m30s`."""
    found = re.search(r"[?&#](?:t|start)=(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,6})s?)?(?:&|$)", address)
    hours, minutes, rest = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return hours * 3600 + minutes * 60 + rest


def youtube_page(match):
    start = seconds(match[0])
    return f"https://www.youtube.com/watch?v={match['id']}" + (f"&t={start}" if start else "")


def youtube_player(match):
    start = seconds(match[0])
    return f"https://www.youtube-nocookie.com/embed/{match['id']}?autoplay=1" + (f"&start={start}" if start else "")


def vimeo_secret(match):
    """Return what an unlisted film is shown with: `vimeo.com/1/abc` or `?h=abc`."""
    found = re.search(r"[?&]h=([0-9a-f]{6,20})", match[0])
    return match["secret"] or (found and found[1])


def vimeo_page(match):
    secret = vimeo_secret(match)
    return f"https://vimeo.com/{match['id']}" + (f"/{secret}" if secret else "")


def vimeo_player(match):
    secret = vimeo_secret(match)
    return f"https://player.vimeo.com/video/{match['id']}?dnt=1&autoplay=1" + (f"&h={secret}" if secret else "")


def soundcloud_source(match):
    return f"https://soundcloud.com/{match['path']}" if match["path"] else unquote(match["encoded"])


PROVIDERS = (
    Provider(
        "YouTube",
        re.compile(
            r"https?://(?:(?:www\.|m\.|music\.)?youtube(?:-nocookie)?\.com/"
            r"(?:watch\?(?:[^#\s]*&)?v=|embed/|shorts/|live/|v/)|youtu\.be/)(?P<id>[\w-]{11})(?:[?&#/].*)?"
        ),
        youtube_page,
        youtube_player,
    ),
    Provider(
        "Vimeo",
        re.compile(
            r"https?://(?:www\.|player\.)?vimeo\.com/(?:video/|channels/\w+/|groups/\w+/videos/)?"
            r"(?P<id>\d{5,12})(?:/(?P<secret>[0-9a-f]{6,20}))?(?:[?&#/].*)?"
        ),
        vimeo_page,
        vimeo_player,
    ),
    Provider(
        "Dailymotion",
        re.compile(
            r"https?://(?:www\.dailymotion\.com/(?:embed/)?video/|dai\.ly/|"
            r"geo\.dailymotion\.com/player(?:/\w+)?\.html\?(?:[^#\s]*&)?video=)(?P<id>[a-zA-Z0-9]{5,12})(?:[?&#_/].*)?"
        ),
        lambda match: f"https://www.dailymotion.com/video/{match['id']}",
        lambda match: f"https://geo.dailymotion.com/player.html?video={match['id']}",
    ),
    Provider(
        "SoundCloud",
        re.compile(
            r"https?://(?:(?:www\.|m\.)?soundcloud\.com/(?P<path>[\w-]{1,100}/(?:sets/)?[\w-]{1,200})|"
            r"w\.soundcloud\.com/player/?\?(?:[^#\s]*&)?url=(?P<encoded>https?[^&#\s]{10,400}))(?:[?&#].*)?"
        ),
        soundcloud_source,
        lambda match: f"https://w.soundcloud.com/player/?url={quote(soundcloud_source(match), safe='')}&auto_play=true",
        verb="listen",
    ),
    Provider(
        "PeerTube",
        re.compile(
            rf"https://(?P<host>{'|'.join(map(re.escape, PEERTUBE))})/"
            r"(?:w|videos/watch|videos/embed)/(?P<id>[\w-]{20,40})(?:[?&#].*)?"
        ),
        lambda match: f"https://{match['host']}/w/{match['id']}",
        lambda match: f"https://{match['host']}/videos/embed/{match['id']}?autoplay=1&p2p=0",
    ),
)
PLAYER_HOSTS = (
    "https://www.youtube-nocookie.com",
    "https://player.vimeo.com",
    "https://geo.dailymotion.com",
    "https://w.soundcloud.com",
    *(f"https://{host}" for host in PEERTUBE),
)
PLAYER = re.compile(r"https?://[^/]*/(?:embed|video|player|videos/embed)\b")

# In the text's language, not the reader's.
WORDS = {
    "fr": {"watch": "Voir sur {name}", "listen": "Écouter sur {name}"},
    "en": {"watch": "Watch on {name}", "listen": "Listen on {name}"},
}

LINK = r'<a href="(?P<href>[^"]*)"[^>]*>(?P<words>[^<]*)</a>'
LONE = re.compile(rf"\s*(?:{LINK}|(?P<bare>https?://[^\s<]+))\s*")
BLOCK = re.compile(r"<(p|div)((?: [^>]*)?)>((?:(?!<(?:p|div)\b).)*?)</\1>", re.S)
LINE = re.compile(r"((?:<br>)?\n|<br>)")


def arrange(html: str, language: str) -> str:
    """Return sanitised `html` with each film or sound alone on its line as a card, and each other address alone in
    its paragraph as a link."""

    def block(match):
        name, attributes, content = match.groups()
        if "http" not in content:
            return match[0]
        lines = LINE.split(content)
        cards = [card(line, language) for line in lines]
        if any(cards):
            return divided(f"<{name}{attributes}>", f"</{name}>", lines, cards) or match[0]
        alone = LONE.fullmatch(content)
        if alone and alone["bare"]:
            return f'<{name}{attributes}><a href="{alone["bare"]}">{alone["bare"]}</a></{name}>'
        return match[0]

    return BLOCK.sub(block, html)


def divided(start, end, lines, cards):
    """Return a paragraph cut around its cards; "" where an element goes on from one line to another."""
    shown, words = [], ""
    for line, found in zip([*lines, ""], [*cards, "end"], strict=True):
        tags = [tag for tag in TAG.findall(line) if name_of(tag) not in ("br", "img", "source", "wbr")]
        if sum(-1 if is_end(tag) else 1 for tag in tags):
            return ""
        if not found:
            words += line
            continue
        words = re.sub(r"^(?:<br>|\s)+|(?:<br>|\s)+$", "", words)
        shown += [f"{start}{words}{end}"] if words else []
        shown += [found] if found != "end" else []
        words = ""
    return "\n".join(shown)


def card(line: str, language: str) -> str:
    """Return the card for the film or sound whose address is all there is in `line`, or ""."""
    alone = LONE.fullmatch(line)
    if not alone:
        return ""
    address = unescape(alone["bare"] or alone["href"])
    title = "" if alone["bare"] or unescape(alone["words"]).strip() == address else alone["words"].strip()
    if title and not PLAYER.match(address):
        return ""  # a link that the author wrote as a link
    for provider in PROVIDERS:
        if match := provider.address.fullmatch(address):
            action = WORDS.get(language[:2], WORDS["en"])[provider.verb].format(name=provider.name)
            words = f"{title} – {provider.name}" if title else action
            return (
                f'<p class="embed"><a href="{escape(provider.page(match))}" rel="external" '
                f'data-player="{escape(provider.player(match))}">{words}</a></p>'
            )
    return ""


def without_cards(html: str) -> str:
    """Return `html` without the addresses that stand alone: no words to search, or to show in a list."""
    return BLOCK.sub(lambda match: "" if LONE.fullmatch(match[3]) and "http" in words_of(match[3]) else match[0], html)
