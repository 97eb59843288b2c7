"""French and English typography, applied when a text is rendered: the author's source keeps what they typed.

Idempotent, and never applied to code, to attributes or to addresses.
"""

import re

NO_BREAK, NARROW = "\u00a0", "\u202f"
TAG = re.compile(r'(<(?:[^>"]|"[^"]*")*>)')
LITERAL = {"code", "pre", "kbd", "samp", "tt", "var"}

FRENCH = [
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…"),
    (re.compile(r"&lt;&lt;\s*"), f"«{NO_BREAK}"),
    (re.compile(r"\s*&gt;&gt;"), f"{NO_BREAK}»"),
    (re.compile(r'"([^"\n]+)"'), f"«{NO_BREAK}\\1{NO_BREAK}»"),
    (re.compile(r"«[ \u00a0\u202f]?(?=\S)"), f"«{NO_BREAK}"),
    (re.compile(r"(?<=\S)[ \u00a0\u202f]»"), f"{NO_BREAK}»"),
    (re.compile(r"(?<=\S) (?=[;!?]+(?:\s|$|[)»…]))"), NARROW),
    (re.compile(r"(?<=\S) (?=:(?:\s|$))"), NO_BREAK),
    (re.compile(r"(?<=\d) (?=(?:%|€|km|kg|cm|mm|°C)(?!\w))"), NO_BREAK),
]
ENGLISH = [
    (re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?=\s)"), "’"),
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…"),
    (re.compile(r'(?<![\w"])"(?=\S)([^"\n]*\S)"(?!\w)'), "“\\1”"),
    (re.compile(r"(?<![\w'])'(?=\S)([^'\n]*\S)'(?!\w)"), "‘\\1’"),
    (re.compile(r" -- "), " – "),
]
RULES = {"fr": FRENCH, "en": ENGLISH}


def correct(html: str, language: str) -> str:
    """Return sanitised `html` with the typography of `language` ("fr", "en"; others are left alone)."""
    rules = RULES.get(language[:2])
    if not rules:
        return html
    literal, pieces = 0, []
    for piece in TAG.split(html):
        if piece.startswith("<"):
            name = re.match(r"</?(\w*)", piece)[1]
            if name in LITERAL:
                literal += -1 if piece.startswith("</") else 1
        elif not literal:
            for pattern, replacement in rules:
                piece = pattern.sub(replacement, piece)
        pieces.append(piece)
    return "".join(pieces)
