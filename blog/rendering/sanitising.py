"""What a text may contain.

bleach applies the policy, then nh3 (ammonia) applies the same: they parse independently, so a hole in one is closed
by the other. The text of a refused element stays; the contents of scripts and styles do not.
"""

import re

import nh3
from bleach.sanitizer import Cleaner

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
    r"align(?:left|right|center|none|wide|full)|size-\w+|wp-caption(?:-text)?|gallery|table-scroll|"
    r"highlight|language-[\w+#-]+|footnote(?:-ref|-backref)?|headerlink|admonition|[a-z]{1,2}[a-z0-9]?"
)
# An id of the text must never be taken for one of the page (`respond`, `comment-1`) or a property of a script.
OWN_IDS = re.compile(r"(?:fn|fnref\d*):[\w.-]{1,100}")
ID_PREFIX = "text-"

UNREADABLE = re.compile(
    r"<(script|style|template|noscript|svg|math|iframe|object|noembed|noframes|xmp|title)\b.*?</\1\s*>", re.I | re.S
)


def allow_attribute(tag, name, value):
    if name == "class":
        return True
    return name in ATTRIBUTES["*"] or name in ATTRIBUTES.get(tag, ())


CLEANER = Cleaner(tags=TAGS, attributes=allow_attribute, protocols=SCHEMES, strip=True, strip_comments=True)


def clean(html: str) -> str:
    """Return `html` with nothing but what the policy allows. Never raises."""
    html = keep_embed_links(html)
    html = UNREADABLE.sub("", html)
    return nh3.clean(
        CLEANER.clean(html),
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=filter_attribute,
        url_schemes=SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style"},
    )


def filter_attribute(tag, name, value):
    """Return the value that an allowed attribute may keep, or None to drop it."""
    if name == "class":
        return " ".join(word for word in value.split() if CLASSES.fullmatch(word)) or None
    if name == "id":
        return value if OWN_IDS.fullmatch(value) or value.startswith(ID_PREFIX) else f"{ID_PREFIX}{value}"
    if name == "href" and value.startswith("#") and not OWN_IDS.fullmatch(value[1:]):
        anchor = value[1:]
        return value if not anchor or anchor.startswith(ID_PREFIX) else f"#{ID_PREFIX}{anchor}"
    if name == "rel":
        return " ".join(word for word in value.split() if re.fullmatch(r"[a-z-]{1,20}", word)) or None
    return value


def keep_embed_links(html: str) -> str:
    """Replace each <iframe src> by a link to it: nothing is loaded from elsewhere, and nothing is lost."""

    def link(match):
        source = re.search(r"""\bsrc\s*=\s*["']?(https?:[^"'\s>]+)""", match.group(), re.I)
        return f'<p><a href="{source[1]}">{source[1]}</a></p>' if source else ""

    return re.sub(r"<iframe\b[^>]*>(?:[^<]*</iframe\s*>)?", link, html, flags=re.I)
