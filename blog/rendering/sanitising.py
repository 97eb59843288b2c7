"""What a text may contain.

bleach applies the policy, then nh3 (ammonia) applies the same: they parse independently, so a hole in one is closed
by the other. The text of a refused element stays; the contents of scripts and styles do not. When everything else is
done, `seal` applies the policy once more, with what this site's own markup needs besides.
"""

import re

import nh3
from bleach.sanitizer import Cleaner

from . import raw_html

TAGS = frozenset(
    """
    a abbr acronym aside audio b blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small
    source span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var video wbr
    """.split()
)
ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "title"},
    "a": {"href", "rel"},
    "audio": {"controls", "loop", "preload", "src"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"alt", "height", "src", "width"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "q": {"cite"},
    "source": {"src", "type"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "video": {"controls", "height", "loop", "muted", "poster", "preload", "src", "width"},
}
SCHEMES = {"http", "https", "mailto", "tel"}

# Classes that our style sheet knows, or that our own syntaxes write.
CLASSES = re.compile(
    r"align(?:left|right|center|none|wide|full)|has-text-align-(?:left|right|center)|size-\w+|wp-caption(?:-text)?|"
    r"gallery|highlight|language-[\w+#-]+|footnote(?:-ref|-backref)?|admonition|[a-z]{1,2}[a-z0-9]?"
)
# What the steps after sanitising write besides (`layout`, `embeds`, `pictures`, `recordings`).
OWN_TAGS = {"picture"}
OWN_ATTRIBUTES = {
    "a": {"aria-label", "data-player", "role"},
    "audio": {"aria-label"},
    "div": {"role", "tabindex"},
    "img": {"decoding", "fetchpriority", "loading", "sizes", "srcset"},
    "pre": {"tabindex"},
    "source": {"sizes", "srcset"},
    "video": {"aria-label"},
}
ALL_ATTRIBUTES = {
    tag: ATTRIBUTES.get(tag, set()) | OWN_ATTRIBUTES.get(tag, set()) for tag in {**ATTRIBUTES, **OWN_ATTRIBUTES}
}
OWN_CLASSES = re.compile(r"embed|focus-[xy]-(?:\d|10)|headerlink|table-scroll")

# An id of the text must never be taken for one of the page (`respond`, `comment-1`) or a property of a script.
OWN_IDS = re.compile(r"(?:fn|fnref\d*):[\w.-]{1,100}")
ID_PREFIX = "text-"

UNREADABLE = "script style template noscript svg math iframe object noembed noframes xmp title".split()


def allow_attribute(tag, name, value):
    return name in ATTRIBUTES["*"] or name in ATTRIBUTES.get(tag, ())


CLEANER = Cleaner(tags=TAGS, attributes=allow_attribute, protocols=SCHEMES, strip=True, strip_comments=True)


def clean(html: str) -> str:
    """Return `html` with nothing but what the policy allows. Never raises."""
    html = raw_html.digestible(html)
    html = raw_html.without(embeds_as_links(modern(html)), UNREADABLE)
    html = nh3.clean(
        CLEANER.clean(html),
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=filter_attribute,
        url_schemes=SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style"},
    )
    return raw_html.restored(html)


def seal(html: str) -> str:
    """Return `html` as our own steps left it, with nothing but what they and the policy allow."""
    attributes = {
        tag: ATTRIBUTES.get(tag, set()) | OWN_ATTRIBUTES.get(tag, set()) for tag in ATTRIBUTES | OWN_ATTRIBUTES
    }
    html = nh3.clean(
        raw_html.with_signs_aside(html),
        tags=TAGS | OWN_TAGS,
        attributes=attributes,
        attribute_filter=lambda tag, name, value: filter_attribute(tag, name, value, own=True),
        url_schemes=SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style"},
    )
    return raw_html.restored(html)


def filter_attribute(tag, name, value, *, own=False):
    """Return the value that an allowed attribute may keep, or None to drop it."""
    if name == "class":
        allowed = (word for word in value.split() if CLASSES.fullmatch(word) or (own and OWN_CLASSES.fullmatch(word)))
        return " ".join(allowed) or None
    if name == "id":
        return value if OWN_IDS.fullmatch(value) or value.startswith(ID_PREFIX) else f"{ID_PREFIX}{value}"
    if name == "href" and value.startswith("#") and not OWN_IDS.fullmatch(value[1:]):
        anchor = value[1:]
        return value if not anchor or anchor.startswith(ID_PREFIX) else f"#{ID_PREFIX}{anchor}"
    if name == "rel":
        return " ".join(word for word in value.split() if re.fullmatch(r"[a-z-]{1,20}", word)) or None
    return value


def modern(html: str) -> str:
    """Return `html` with what older editors wrote for alignment and anchors as the policy knows it."""
    html = re.sub(
        r"(<[a-z][^<>]*?)\sstyle=[\"']text-align:\s?(left|center|right);?[\"']",
        r'\1 class="has-text-align-\2"',
        html,
        flags=re.I,
    )
    return re.sub(r"(<a\s(?:[^<>]*?\s)?)name=", r"\1id=", html, flags=re.I)


def embeds_as_links(html: str) -> str:
    """Replace each <iframe src> by a link to it: nothing is loaded from elsewhere, and nothing is lost."""

    def link(match):
        source = re.search(r"""\bsrc\s*=\s*["']?((?:https?:)?//[^"'\s<>]+)""", match.group(), re.I)
        if not source:
            return ""
        address = source[1] if source[1].startswith("http") else f"https:{source[1]}"
        title = re.search(r"""\btitle\s*=\s*(?:"([^"]*)"|'([^']*)')""", match.group(), re.I)
        return f'<p><a href="{address}">{(title and (title[1] or title[2])) or address}</a></p>'

    return re.sub(r"<iframe\b[^<>]*>(?:[^<]*</iframe\s*>)?", link, html, flags=re.I)
