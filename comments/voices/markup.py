"""Reading strangers' HTML. Pure.

Not for showing anything: only to find links and microformats in a page that may have been made to hurt. One pass from
left to right that looks at each character once, and a tree that is never deeper than `DEEPEST`. html5lib and html5ever
(nh3) build the exact tree of the standard, and need minutes for 500 KB of nested <div>.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

DEEPEST = 250  # elements; what stands deeper is put there
NAME = re.compile(r"[a-zA-Z][^\s/>]*+")
ATTRIBUTE = re.compile(
    r"""[\s/]*+([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)("?)|'([^']*+)('?)|([^\s>"'][^\s>]*+))?+)?+"""
)
GAP = re.compile(r"[\s/]*+")
TAG_END = re.compile(r"[\s/]*+>")

VOID = set("area base br col embed hr img input link meta param source track wbr".split())
RAW = set("script style xmp iframe noembed noframes template".split())  # what stands in them is no part of the page
WORDS_ONLY = {"title", "textarea"}
BLOCKS = set(
    "address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav "
    "ol p pre section table ul".split()
)
APART = BLOCKS | {"br", "dd", "dt", "li", "td", "th", "tr"}  # what parts words
ENDED_BY_THE_NEXT = {"li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "a": {"a"}, "option": {"option"}}


@dataclass(eq=False)
class Element:
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Element | None" = None
    children: list["Element | str"] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def elements(self) -> Iterator["Element"]:
        """Yield all elements below this one, in the order of the page."""
        line = self.children[::-1]
        while line:
            element = line.pop()
            if isinstance(element, Element):
                yield element
                line += element.children[::-1]

    @property
    def text(self) -> str:
        """All its words, with white space folded."""
        words: list[str] = []
        self.collect(words)
        return " ".join("".join(words).split())

    def collect(self, words: list[str]) -> None:
        for child in self.children:
            if isinstance(child, str):
                words.append(child)
                continue
            apart = " " if child.name in APART else ""
            words.append(apart)
            child.collect(words)
            words.append(apart)


def parse(html: str) -> Element:
    """Return the tree of a page, below a root without a name. Never raises."""
    root = Element("")
    line = [root]  # from the root to where what comes next stands
    at, end = 0, len(html)
    while at < end:
        start = html.find("<", at)
        if start < 0:
            start = end
        if start > at:
            line[-1].children.append(unescape(html[at:start]))
        if start == end:
            break
        at = markup_at(html, start, line)
    return root


def markup_at(html: str, start: int, line: list[Element]) -> int:
    """Take in the tag or comment that begins at `start`; return where it ends."""
    end = len(html)
    if html.startswith("<!--", start):
        close = html.find("-->", start + 2)  # `<!-->` is one
        return end if close < 0 else close + 3
    following = html[start + 1 : start + 3]
    closing = following.startswith("/")
    name = NAME.match(html, start + 2 if closing else start + 1)
    if not name:
        if closing or following[:1] in ("!", "?"):
            close = html.find(">", start + 1)
            return end if close < 0 else close + 1
        line[-1].children.append("<")
        return start + 1
    attributes, at = attributes_at(html, name.end())
    if at is None:  # the page ends within the tag
        return end
    tag = name[0].lower()
    if closing:
        close_element(line, tag)
        return at
    open_element(line, tag, attributes)
    if tag in RAW or tag in WORDS_ONLY:
        return skip_words(html, at, line, tag)
    return at


def attributes_at(html: str, at: int) -> tuple[dict[str, str], int | None]:
    """Return the attributes that begin at `at`, and where their tag ends; None where it never does."""
    found: dict[str, str] = {}
    while not (close := TAG_END.match(html, at)):
        attribute = ATTRIBUTE.match(html, at)
        if not attribute:
            at = GAP.match(html, at).end() + 1  # a stray sign
            if at > len(html):
                return found, None
            continue
        name, double, double_end, single, single_end, bare = attribute.groups()
        if (double is not None and not double_end) or (single is not None and not single_end):
            return found, None
        found.setdefault(name.lower(), unescape(double or single or bare or ""))
        at = attribute.end()
    return found, close.end()


def open_element(line: list[Element], tag: str, attributes: dict[str, str]) -> None:
    ended = ENDED_BY_THE_NEXT.get(tag, {"p"} if tag in BLOCKS else set())
    if line[-1].name in ended:
        line.pop()
    element = Element(tag, attributes, line[-1])
    line[-1].children.append(element)
    if tag not in VOID and len(line) < DEEPEST:
        line.append(element)


def close_element(line: list[Element], tag: str) -> None:
    for depth in range(len(line) - 1, 0, -1):
        if line[depth].name == tag:
            del line[depth:]
            return


def skip_words(html: str, at: int, line: list[Element], tag: str) -> int:
    """Step over what is no markup until its end tag; keep it where it is words."""
    close = re.compile(rf"</{tag}(?=[\s/>])", re.I).search(html, at)
    stop = close.start() if close else len(html)
    if tag in WORDS_ONLY and line[-1].name == tag:
        line[-1].children.append(unescape(html[at:stop]))
    close_element(line, tag)
    if not close:
        return stop
    after = html.find(">", stop)
    return len(html) if after < 0 else after + 1
