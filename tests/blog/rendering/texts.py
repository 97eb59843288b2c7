"""Rendering a source, and looking at what came out with a parser that no step of the renderer uses."""

import re

import html5lib

from blog.rendering import File, Picture, Variant, render

# A name that tries to break out of an attribute: the worst that a file could be called.
WICKED = "/media/2011/10/a%22%20onerror=x()%20b='.jpg"
PORT = Picture(
    media_id=1,
    url="/media/2011/10/port.jpg",
    width=1200,
    height=800,
    alt='Le port, "à l’aube" <b>',
    caption='La rade > le port & "l\'ancre"',
    focal_x=0.2,
    focal_y=1,
    variants=(
        Variant("image/avif", 400, "/media/variants/1/400.avif"),
        Variant("image/avif", 800, "/media/variants/1/800.avif"),
        Variant("image/webp", 400, "/media/variants/1/400.webp"),
        Variant("image/webp", 800, "/media/variants/1/800.webp"),
        Variant("image/jpeg", 400, "/media/variants/1/400.jpg"),
        Variant("image/jpeg", 800, "/media/variants/1/800.jpg"),
    ),
)
LIBRARY = {
    "/media/2011/10/port.jpg": PORT,
    "https://old.example/wp-content/uploads/2011/10/port.jpg": PORT,
    "/?attachment_id=7": PORT,
    "/media/2011/10/icon.png": Picture(media_id=2, url="/media/2011/10/icon.png", width=32, height=32),
    "/media/2011/10/film.mp4": File(3, "/media/2011/10/film.mp4", "video/mp4", "Un film"),
    "/media/2011/10/son.mp3": File(4, "/media/2011/10/son.mp3", "audio/mpeg"),
    "/media/2011/10/plan.pdf": File(5, "/media/2011/10/plan.pdf", "application/pdf"),
    "https://old.example/wp-content/uploads/2011/10/plan.pdf": File(5, "/media/2011/10/plan.pdf", "application/pdf"),
    "/media/wicked.jpg": Picture(media_id=6, url=WICKED, width=90, height=60, alt='"><script>x()</script>'),
}


def shown(source, source_format="markdown", *, language="en", **options):
    """Return the HTML that readers get of `source`."""
    return render(source, source_format, language=language, find_media=LIBRARY.get, **options).html


def parsed(html):
    """Return the root of what a browser makes of `html`."""
    return html5lib.parseFragment(html, namespaceHTMLElements=False)


def reparsed(html):
    """Return `html` as it is after a script has read and written it once (`element.innerHTML += ""`)."""
    return html5lib.serialize(parsed(html), omit_optional_tags=False, quote_attr_values="always")


TAGS = set(
    "a abbr acronym aside audio b blockquote br caption cite code col colgroup dd del details dfn div dl dt em "
    "figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp rt ruby s samp section small "
    "source span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var video wbr".split()
)
ATTRIBUTES = set(
    "alt aria-label cite class colspan controls data-player datetime decoding dir fetchpriority height href id lang "
    "loading loop muted open poster preload rel reversed role rowspan scope sizes span src srcset start tabindex title "
    "type value width align".split()
)
ADDRESSES = ("href", "src", "cite", "poster", "data-player")
OWN = re.compile(r"/media/[^\s\"<>]*")  # what may be loaded without a click


def assert_harmless(html):
    """Fail unless `html` holds nothing that runs, loads from elsewhere, or poses as a part of the page."""
    ids = []
    for element in parsed(html).iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        assert element.tag in TAGS, element.tag
        for name, value in element.attrib.items():
            assert name in ATTRIBUTES, (element.tag, name)
            if name in ADDRESSES:
                scheme = re.match(r"[\x00-\x20]*([a-z][a-z0-9+.-]*):", re.sub(r"[\t\n\r]", "", value), re.I)
                assert not scheme or scheme[1].lower() in ("http", "https", "mailto", "tel"), value
            if name in ("src", "poster"):
                assert OWN.fullmatch(value), value
            if name == "srcset":
                assert all(OWN.fullmatch(choice.split()[0]) for choice in value.split(", ")), value
            if name == "data-player":
                assert re.match(r"https://[\w.-]+/", value), value
            if name == "id":
                assert value.startswith(("text-", "fn:", "fnref")), value
                ids.append(value)
    assert len(ids) == len(set(ids)), ids
