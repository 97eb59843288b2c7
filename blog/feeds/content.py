"""What a feed may contain. Pure: works on HTML that a page could show.

A feed is read far from the page: in programs that know neither our style sheet nor our scripts, and that often show
many texts in one page. So there are no classes, no ids, no controls, and no address that needs to know where it stands.
"""

import re
from urllib.parse import urljoin

import nh3

# No span: without its class it says nothing, and highlighted code is full of them.
TAGS = {
    *"a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption".split(),
    *"figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small strike strong".split(),
    *"sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr audio source video".split(),
}
ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href", "rel"},
    "audio": {"controls", "src"},
    "blockquote": {"cite"},
    "del": {"datetime"},
    "img": {"alt", "height", "sizes", "src", "srcset", "width"},
    "ins": {"datetime"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "q": {"cite"},
    "source": {"src", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "video": {"controls", "height", "poster", "src", "width"},
}
ADDRESSES = {"cite", "href", "poster", "src"}
SCHEMES = {"http", "https", "mailto", "tel"}
# What only a page can use goes with all it holds.
OF_A_PAGE = {"button", "form", "iframe", "nav", "noscript", "object", "script", "select", "style", "svg", "template"}
HEADING_LINK = re.compile(r'<a\b[^>]*\bclass="[^"]*\bheaderlink\b[^"]*"[^>]*>(.*?)</a>', re.S)
# The formats of <picture> that many readers cannot show; its <img> remains, with its own srcset.
PICTURE_SOURCE = re.compile(r'<source\b[^>]*\bsrcset="[^"]*"[^>]*>')
CANDIDATE = re.compile(r"(^|,\s+)(\S+)")  # of a srcset: what stands before an address, and the address


def for_feeds(html: str, address: str) -> str:
    """Return `html`, that of the page at the absolute `address`, as a feed may carry it: every address absolute.

    A link within the text (a footnote) leads to its place on the page.
    """

    def absolute(address_in_text):
        try:
            return urljoin(address, address_in_text)
        except ValueError:  # “http://[”
            return None

    def filter_attribute(tag, name, value):
        if name in ADDRESSES:
            return absolute(value)
        if name == "srcset":
            return CANDIDATE.sub(lambda match: match[1] + (absolute(match[2]) or match[2]), value)
        return value

    return nh3.clean(
        PICTURE_SOURCE.sub("", HEADING_LINK.sub(r"\1", html)),
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=filter_attribute,
        url_schemes=SCHEMES,
        link_rel=None,
        clean_content_tags=OF_A_PAGE,
    )
