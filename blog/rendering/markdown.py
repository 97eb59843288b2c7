"""Markdown, with tables, footnotes, definition lists and highlighted code."""

import re

from markdown import Markdown

# python-markdown's time grows with the square of the opening brackets: 4,000 take 2 s. Nobody links that much.
MOST_BRACKETS = 2000
STAND_IN = "\ue0fb"  # of the private use area: no syntax looks at it


def to_html(source: str) -> str:
    """Return the HTML of Markdown `source`, not yet sanitised."""
    if source.count("[") > MOST_BRACKETS:
        return to_html(source.replace("[", STAND_IN)).replace(STAND_IN, "[")
    parser = Markdown(
        extensions=["extra", "sane_lists", "codehilite", "toc"],
        extension_configs={
            "codehilite": {"css_class": "highlight", "guess_lang": False},
            "toc": {"slugify": heading_slug},
        },
        output_format="html",
        tab_length=4,
    )
    return captions_of_lone_images(parser.convert(source))


def heading_slug(text, separator):
    return re.sub(r"[^\w]+", separator, text.lower()).strip(separator)


def captions_of_lone_images(html):
    """A picture alone in its paragraph whose title says something becomes a figure with that caption."""

    def figure(match):
        image, title = match[1], re.search(r'\btitle="([^"]*)"', match[1])
        if not title:
            return f"<figure>{image}</figure>"
        return f"<figure>{image.replace(title[0], '')}<figcaption>{title[1]}</figcaption></figure>"

    return re.sub(r"<p>(<img\b[^>]*>)</p>", figure, html)
