"""What a page needs around a text's own elements. Works on sanitised HTML, and writes none of the author's words."""

import re

HEADING = re.compile(r"(</?h)([1-6])\b")
TABLE = re.compile(r"<table\b.*?</table>", re.S)


BACK_TO_TEXT = {"fr": "Revenir au texte", "en": "Back to the text"}  # in the text's language, not the reader's
FOOTNOTE_BACK = re.compile(r'(<a class="footnote-backref"[^>]*?) title="[^"]*"')


def arrange(html: str, language: str) -> str:
    """Return `html` with its headings below the page's own, and what may be wider than a phone made to scroll alone.

    What scrolls takes the keyboard's focus (WCAG 2.1.1).
    """
    if "<h1" in html:  # the page's title is the one h1
        html = HEADING.sub(lambda match: f"{match[1]}{min(6, int(match[2]) + 1)}", html)
    html = html.replace("<pre>", '<pre tabindex="0">')
    html = FOOTNOTE_BACK.sub(rf'\1 aria-label="{BACK_TO_TEXT.get(language[:2], BACK_TO_TEXT["en"])}"', html)
    return TABLE.sub(lambda match: f'<div class="table-scroll" tabindex="0">{match.group()}</div>', html)
