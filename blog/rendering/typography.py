"""French and English typography, applied when a text is rendered: the author's source keeps what they typed.

Idempotent. Never applied to code, attributes, addresses or emoticons; spaces that do not break, once typed, stay. The
rules are those of the *Lexique des règles typographiques en usage à l’Imprimerie nationale*, with the thin space of
the web (U+202F) before `;` `!` `?`, and of the *Chicago Manual of Style*.
"""

import re
from html import escape, unescape

from .clean_html import is_end, name_of, pieces

NO_BREAK, NARROW = "\u00a0", "\u202f"
LITERAL = {"code", "pre", "kbd", "samp", "tt", "var"}
INLINE = set(
    "a abbr acronym b cite code del dfn em i img ins kbd mark q s samp small span strike strong sub sup time tt u var "
    "wbr".split()
)
# In the text that the rules see, these stand for an inline tag, and for something that is not theirs to read.
MARK, OPAQUE = "\U0010fff3", "\U0010fff4"

NOT_OURS = re.compile(
    r"""(?:https?://|www\.)[^\s<>"«»]*[^\s<>"«».,;:!?…'’)\]]"""
    r"""|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w"""
    r"""|(?<!\S)[:;8=][-o']?[)(DPp/\\|\]\[*](?!\w)"""
)
LETTER = r"[^\W\d_]"
SPACE = r"[ \n]+"  # those that may break

FRENCH = [
    (re.compile(rf"({LETTER}{MARK}*)'(?={MARK}*[{OPAQUE}«“\w])"), r"\1’"),
    (re.compile(r"(?<![.…])\.\.\.(?![.…])"), "…"),
    (re.compile(r"<<\s*([^<>\s][^<>]*?)\s*>>"), rf"«{NO_BREAK}\1{NO_BREAK}»"),
    (re.compile(r"«(?![\s»])"), f"«{NO_BREAK}"),
    (re.compile(rf"«{SPACE}(?=[^\s»])"), f"«{NO_BREAK}"),
    (re.compile(r"(?<![\s«])»"), f"{NO_BREAK}»"),
    (re.compile(rf"(?<=[^\s«]){SPACE}»"), f"{NO_BREAK}»"),
    (re.compile(rf"(?<=\S){SPACE}(?=[!?]++(?![\w=]))"), NARROW),
    (re.compile(rf"(?<=\S){SPACE}(?=;(?![\w)-]))"), NARROW),
    (re.compile(rf"(?<=\S){SPACE}(?=:(?:\s|$|{MARK}))"), NO_BREAK),
    # Speech begins with a dash, and stays beside it.
    (re.compile(rf"\A({MARK}*)--{SPACE}(?=\S)"), r"\1— "),
    (re.compile(rf"\A({MARK}*[—–]){SPACE}(?=\S)"), rf"\1{NO_BREAK}"),
    (re.compile(r"(?<=[ \n])--(?=[ \n])"), "–"),
    # Numbers, and what they count.
    (re.compile(r"(?<![\d.,\u00a0\u202f])\d{1,3}(?: \d{3})+(?!\d)"), lambda match: match[0].replace(" ", NARROW)),
    (re.compile(rf"(?<=\d){SPACE}(?=[%‰€$£])"), NO_BREAK),
    (re.compile(rf"(?<=\d){SPACE}(?=(?:km|kg|g|mg|cm|mm|m|h|min|s|ko|Mo|Go|°C?|siècles?)(?!\w))"), NO_BREAK),
    (re.compile(rf"(?<=\d\sh){SPACE}(?=\d\d(?!\d))"), NO_BREAK),
    (re.compile(rf"(?<!\w)([nN][°º]|pp?\.|chap\.|art\.|fig\.|vol\.){SPACE}(?=\d)"), rf"\1{NO_BREAK}"),
    (re.compile(rf"(?<!\w)(MM?\.|Mmes?|Mlles?|Dr|Pr|Mgr){SPACE}(?={MARK}*[A-ZÀ-ÖØ-Þ])"), rf"\1{NO_BREAK}"),
    (re.compile(rf"(?<!\w)([IVXLC]+{MARK}*(?:er|e){MARK}*){SPACE}(?=siècles?(?!\w))"), rf"\1{NO_BREAK}"),
]
ENGLISH = [
    (re.compile(r"(?<![.…])\.\.\.(?![.…])"), "…"),
    (re.compile(r"(?<=\d)--(?=\d)"), "–"),
    (re.compile(r"(?<=\w)---?(?=\w)|(?<=[ \n])---(?=[ \n])"), "—"),
    (re.compile(r"(?<=[ \n])--(?=[ \n])"), "–"),
    (re.compile(rf"(?<!\w)(Mr|Mrs|Ms|Dr|St|No|pp?)\.{SPACE}(?=[A-Z\d])"), rf"\1.{NO_BREAK}"),
]
RULES = {"fr": FRENCH, "en": ENGLISH}
QUOTES = {"fr": (("«", "»"), ("“", "”")), "en": (("“", "”"), ("“", "”"))}
OPENED_AFTER = set("([{«“‘—–-/'’" + NO_BREAK + NARROW)
DEEPEST = 4  # quotations inside one another
CONTRACTED = re.compile(r"(?:\d\ds?|tis|twas|til|cause|em|n|round)(?!\w)", re.I)


def correct(html: str, language: str) -> str:
    """Return sanitised `html` with the typography of `language` ("fr", "en"; others are left alone)."""
    language = language[:2]
    if language not in RULES:
        return html
    done, run, quotes, literal = [], [], Quotes(language), 0
    for place, piece in enumerate(pieces(html)):
        if not place % 2:
            run.append((OPAQUE, piece) if literal else ("", piece))
            continue
        name = name_of(piece)
        if name in LITERAL:
            literal += -1 if is_end(piece) else 1
        if name in INLINE:
            run.append((OPAQUE if name in LITERAL or name == "img" else MARK, piece))
            continue
        # The end of a paragraph, or of a line: the rules look no further.
        done += [corrected(run, language, quotes), piece]
        run = []
        if name != "br":
            quotes = Quotes(language)
    return "".join([*done, corrected(run, language, quotes)])


def corrected(run, language, quotes) -> str:
    """Return the HTML of a run of (what stands for it, piece), its words corrected."""
    hidden = []

    def hide(sign, piece):
        hidden.append(piece)
        return sign

    seen = []
    for sign, piece in run:
        if sign:
            seen.append(hide(sign, piece))
        else:
            words = unescape(piece).replace(MARK, "").replace(OPAQUE, "")
            seen.append(NOT_OURS.sub(lambda match: hide(OPAQUE, escape(match[0], quote=False)), words))
    text = "".join(seen)
    if not text.strip(MARK + OPAQUE + " \n"):
        return "".join(piece for _, piece in run)
    text = quotes.turned(text)
    for pattern, replacement in RULES[language]:
        text = pattern.sub(replacement, text)
    behind = iter(hidden)
    return re.sub(f"[{MARK}{OPAQUE}]", lambda match: next(behind), escape(text, quote=False))


class Quotes:
    """The quotation marks of a paragraph: which are open, and what the next straight one is."""

    def __init__(self, language):
        self.language = language
        self.closing = []  # the marks that will close what is open

    def turned(self, text: str) -> str:
        """Return `text` with its straight quotation marks turned the way they look."""
        single = "'" if self.language == "en" else ""

        def turn(match):
            before, after = match.start() - 1, match.end()
            while before >= 0 and text[before] == MARK:
                before -= 1
            while text[after : after + 1] == MARK:
                after += 1
            return self.turn(match[0], text[before] if before >= 0 else "", text[after : after + 8])

        return re.sub(f'["«»“”{single}]', turn, text)

    def turn(self, sign, before, following):
        after = following[:1]
        if sign in "«“":
            self.open("»" if sign == "«" else "”")
            return sign
        if sign in "»”":
            self.close(sign)
            return sign
        can_open = (not before or before.isspace() or before in OPENED_AFTER) and bool(after) and not after.isspace()
        can_close = bool(before) and not before.isspace()
        if sign == "'":
            return self.turn_single(before, following, can_open=can_open, can_close=can_close)
        if self.closing and can_close and not (can_open and after.isalnum()):
            return self.closing.pop()
        if can_open:
            opening, closing = QUOTES[self.language][bool(self.closing)]
            self.open(closing)
            return opening
        return sign

    def turn_single(self, before, following, *, can_open, can_close):
        if can_open:
            if CONTRACTED.match(following):
                return "’"
            self.open("’")
            return "‘"
        if before.isalnum() and following[:1].isalpha():
            return "’"
        if can_close and self.close("’"):
            return "’"
        return "’" if can_close and not before.isdigit() else "'"

    def open(self, closing):
        self.closing = [*self.closing[-DEEPEST:], closing]

    def close(self, closing):
        """Note that `closing` is closed with all that was opened inside; return whether it was open."""
        was_open = closing in self.closing
        while was_open and self.closing.pop() != closing:
            pass
        return was_open
