"""Markdown, with tables, footnotes, definition lists and highlighted code."""

import re

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor

from . import raw_html, wordpress

MOST_EFFORT = 400_000_000
SCANNED = 20  # what it costs to look at a character in Python instead of copying it
HIGHLIGHTING = 40_000  # what it costs to begin with a block of code
ELEMENT = 5_000  # what a paragraph, list item or table cell costs beyond that


def to_html(source: str) -> str:
    """Return the HTML of Markdown `source`, not yet sanitised.

    A source that python-markdown cannot digest (see `Effort`) has its paragraphs and its HTML, and nothing else.
    """
    source = raw_html.without_unclosed(source, raw_html.LESS_THAN)
    try:
        return figures(parser_for(source).convert(source))
    except (Effort.Exhausted, RecursionError):
        return wordpress.paragraphs(source)


def parser_for(source):
    parser = Markdown(
        extensions=["extra", "sane_lists", "codehilite"],
        extension_configs={"codehilite": {"css_class": "highlight", "guess_lang": False}},
        output_format="html",
        tab_length=4,
    )
    Effort(source).watch(parser)
    return parser


class Effort:
    """How much work python-markdown may have, counted in characters copied: about a nanosecond each.

    Its patterns copy or scan the rest of a block for each match, so its time grows with the square of a block made of
    nothing but headings, brackets or backticks. An ordinary text of a million characters takes a tenth of it.
    """

    class Exhausted(Exception):
        """The source is not meant to be read."""

    def __init__(self, source):
        self.left = MOST_EFFORT
        fences = re.findall(r"^(~{3,}|`{3,})(.*)$", source, re.M)
        last_closing = {fence: place for place, (fence, rest) in enumerate(fences) if not rest.strip()}
        unclosed = sum(last_closing.get(fence, -1) <= place for place, (fence, _) in enumerate(fences))
        self.spend(len(fences) * HIGHLIGHTING + unclosed * len(source) * SCANNED // 4)
        self.spend(source.count("<") * len(source) // 20)  # each closing tag copies what follows it
        self.spend(source.count("\n\n") ** 2 // 5)  # blocks are taken from the front of a list
        self.spend((source.count("\n") + source.count("|")) * ELEMENT)

    def spend(self, characters):
        self.left -= characters
        if self.left < 0:
            raise self.Exhausted

    def watch(self, parser):
        parser.parser.blockprocessors.register(Toll(parser.parser, self), "toll", 1000)
        for pattern in parser.inlinePatterns:
            pattern.handleMatch = self.metered(pattern.handleMatch)

    def metered(self, handle):
        def handle_match(match, data):
            found, start, end = handle(match, data)
            self.spend(len(data) if found is not None else SCANNED * (len(data) - match.start()))
            return found, start, end

        return handle_match


class Toll(BlockProcessor):
    """Stands before all others, counts what comes by and never takes it."""

    def __init__(self, parser, effort):
        super().__init__(parser)
        self.effort = effort

    def test(self, parent, block):
        self.effort.spend(SCANNED * len(block))
        return False


IMAGE = r"(?:<a\b[^<>]*>)?<img\b[^<>]*>(?:</a>)?"
LONE = re.compile(rf"<p>({IMAGE})</p>")
ROW = re.compile(rf"<p>({IMAGE}(?:\s*(?:<br>\s*)?{IMAGE})+)\s*</p>")


def figures(html: str) -> str:
    """Return `html` with each picture alone in its paragraph as a figure, captioned by its title, and each row of
    pictures as a gallery."""
    html = html.replace("<p>[TOC]</p>", "")  # a page makes its own table of contents
    html = LONE.sub(lambda match: figure(match[1]), html)
    return ROW.sub(lambda match: gallery(re.findall(IMAGE, match[1])), html)


def gallery(images) -> str:
    items = "".join(f"<li>{figure(image) if ' title=' in image else image}</li>" for image in images)
    return f"<ul class=gallery>{items}</ul>"


def figure(image: str) -> str:
    title = re.search(r' title="([^"]*)"', image)
    if not title:
        return f"<figure>{image}</figure>"
    return f"<figure>{image.replace(title[0], '', 1)}<figcaption>{title[1]}</figcaption></figure>"
