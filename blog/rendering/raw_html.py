"""Looking into HTML that nobody has checked yet, in one pass, and keeping it from choking the parsers to come.

python-markdown's, bleach's and nh3's parsers each take a time that grows with the square of something: of tags that
are never closed, of elements inside one another, of elements that are opened again in every block. The limits here
are far above what people write. Beyond them a tag is taken out and its text stays.
"""

import re

DEEPEST = 60  # elements inside one another
MOST_TAGS = 100_000
MOST_WORK = 1_000_000  # the sum, over all tags, of the elements open there
MOST_SPECIALS = 5_000  # characters that nh3 writes as entities or looks for, before they are set aside
MOST_RESCANS = 100_000_000  # characters

# The end of the last private use plane stands in for other characters: `printable` leaves none of it in a source.
LESS_THAN, AMPERSAND, GREATER_THAN = "\U0010fff0", "\U0010fff1", "\U0010fff2"
SIGNS = {0xA0 + place: 0x10FF00 + place for place in range(0x20)}  # NBSP, «, », §, °…
BACK = {stand_in: character for character, stand_in in SIGNS.items()} | {
    ord(LESS_THAN): "&lt;",
    ord(AMPERSAND): "&amp;",
    ord(GREATER_THAN): "&gt;",
    SIGNS[0xA0]: "&nbsp;",
}
STAND_INS = re.compile("[\U0010ff00-\U0010ffff]")

TAG = re.compile(r"<(/?)([a-z][^\s/>]*)[^>]*>", re.I)
UNCLOSED = re.compile(r"<(?=[^<>]*(?:<|\Z))")
# Elements that have no end, or whose end people leave out: they never pile up.
NEVER_DEEP = frozenset(
    "area base br col embed hr img input link meta param source track wbr "
    "p li dt dd tr td th thead tbody tfoot colgroup caption option rp rt".split()
)


def elements(html: str, names):
    """Yield (start, end) of each element of `names` in `html` from its first tag to the first that closes it.

    An element that is never closed is passed over.
    """
    closing = {name: re.compile(rf"</{name}\s*>", re.I) for name in names}
    position = 0
    for opening in re.finditer(rf"<({'|'.join(names)})(?![\w-])", html, re.I):
        name = opening[1].lower()
        if opening.start() < position or name not in closing:
            continue
        if end := closing[name].search(html, opening.end()):
            position = end.end()
            yield opening.start(), position
        else:
            del closing[name]  # no later one is closed either


def without(html: str, names) -> str:
    """Return `html` without the elements of `names` and what is in them."""
    return replace(html, names, lambda element: "")


def replace(html: str, names, replacement) -> str:
    """Return `html` with each closed element of `names` replaced by `replacement(its HTML)`."""
    pieces, position = [], 0
    for start, end in elements(html, names):
        pieces += [html[position:start], replacement(html[start:end])]
        position = end
    return "".join([*pieces, html[position:]])


def without_unclosed(html: str, stand_in: str) -> str:
    """Return `html` with `stand_in` for each `<` that no `>` follows before the next `<`, when there are too many."""
    # Every parser looks for the end of each such tag as far as the end of the text.
    if len(UNCLOSED.findall(html)) * len(html) > MOST_RESCANS:
        return UNCLOSED.sub(stand_in, html)
    return html


def without_comments(html: str) -> str:
    """Return `html` without its comments. One that never ends would take all that follows with it: it is words."""
    pieces, position = [], 0
    while (start := html.find("<!--", position)) != -1 and (end := html.find("-->", start + 4)) != -1:
        pieces.append(html[position:start])
        position = end + 3
    return "".join([*pieces, html[position:].replace("<!--", f"{LESS_THAN}!--")])


def with_signs_aside(html: str) -> str:
    """Return `html` with stand-ins for the characters that are only characters, when there are many. See `restored`.

    nh3 searches a text to its end from each character that it may have to escape: `&`, and what begins with NBSP's
    first byte.
    """
    if html.count("<") + html.count("&") + len(re.findall("[\xa0-\xbf]", html)) <= MOST_SPECIALS:
        return html
    html = re.sub(r"&lt;|<(?![a-z/!?])", LESS_THAN, html, flags=re.I)
    html = re.sub(r"&amp;|&(?!#\d|#x[0-9a-f]|[a-z])", AMPERSAND, html, flags=re.I)
    return html.replace("&gt;", GREATER_THAN).replace("&nbsp;", "\xa0").translate(SIGNS)


def restored(html: str) -> str:
    """Return `html` with the characters that `with_signs_aside` put aside."""
    return html.translate(BACK) if STAND_INS.search(html) else html


def digestible(html: str) -> str:
    """Return `html` such that a parser reads it in a time that grows with its length. See `restored`."""
    return shallow(with_signs_aside(without_comments(without_unclosed(html, LESS_THAN))))


def shallow(html: str) -> str:
    """Return `html` without the tags that are nested too deep or too many; their text stays."""
    if html.count("<") <= DEEPEST:
        return html
    open_now, depth, tags, work = {}, 0, 0, 0

    def judge(match):
        nonlocal depth, tags, work
        closing, name = match[1], match[2].lower()
        tags, work = tags + 1, work + depth
        if tags > MOST_TAGS or work > MOST_WORK:
            return ""
        if name in NEVER_DEEP:
            return match[0]
        count = open_now.get(name, 0)
        if closing:
            if not count:
                return ""  # closes nothing
            open_now[name], depth = count - 1, depth - 1
            return match[0]
        if depth >= DEEPEST:
            return ""
        open_now[name], depth = count + 1, depth + 1
        return match[0]

    return TAG.sub(judge, html)
