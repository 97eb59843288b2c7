"""How a text begins."""

import re

from django import template
from django.utils.html import strip_tags

register = template.Library()

FIRST_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.S)
SHORTEST = 240  # characters: four lines of the column, one more than a drop capital is high


@register.filter
def opens_at_length(html):
    """Whether rendered `html` opens on a paragraph of words alone that is long enough to carry a drop capital."""
    paragraph = FIRST_PARAGRAPH.match(html)
    if not paragraph or "<img" in paragraph[1] or "<br" in paragraph[1]:
        return False
    words = strip_tags(paragraph[1])
    return len(words) >= SHORTEST and words[0].isalpha()
