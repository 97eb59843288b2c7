"""Title cards: the picture of a post that has none, for where its link is shared. Pure: knows texts, not posts.

Drawn in the blog's paper and ink with whatever serif the machine has, or with the face that Pillow carries. A character
that no face at hand can draw is left out: better a gap than a box.
"""

import functools
import hashlib
import io
import json
import re
import unicodedata
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

VERSION = 1  # raise it when the same words give another picture
WIDTH, HEIGHT = 1200, 630  # pixels: what Open Graph's readers show whole
MARGIN = 84
PAPER, INK, INK_SOFT, ACCENT = "#fbf8f1", "#1e1b16", "#5c554a", "#bd3217"  # causerie.css, light
TEXT_WIDTH = WIDTH - 2 * MARGIN
TITLE_TOP, TITLE_HEIGHT = 122, 366
SIZES = range(112, 43, -4)  # pixels; the largest letters that fit
LEADING = 1.16

SERIFS = (  # files that Pillow finds in the system's font folders
    "NotoSerif-Bold.ttf",
    "Georgia Bold.ttf",
    "georgiab.ttf",
    "LiberationSerif-Bold.ttf",
    "DejaVuSerif-Bold.ttf",
    "Times New Roman Bold.ttf",
    "timesbd.ttf",
    "DejaVuSans-Bold.ttf",
    "NotoSerifCJK-Bold.ttc",
    "NotoSansCJK-Bold.ttc",
    "NotoNaskhArabic-Bold.ttf",
    "NotoSerifHebrew-Bold.ttf",
    "NotoSerifDevanagari-Bold.ttf",
)
SANS = ("NotoSans-Bold.ttf", "Arial Bold.ttf", "arialbd.ttf", "LiberationSans-Bold.ttf", "DejaVuSans-Bold.ttf")
PLAIN = {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "–": "-", "—": "-"}
NO_BREAK = "\u00a0"
FRENCH_SPACE = re.compile(r"[ \u202f](?=[:;?!»])|(?<=«)[ \u202f]|\u202f")


@dataclass(frozen=True)
class Card:
    """The words of a card: the title, what it is filed under, and whose blog it is."""

    title: str
    rubric: str
    signature: str

    @property
    def digest(self):
        """What the picture's address is made of, so that it may be kept for ever."""
        words = json.dumps([VERSION, self.title, self.rubric, self.signature])
        return hashlib.sha256(words.encode()).hexdigest()[:16]

    def draw(self) -> bytes:
        """Return the card as PNG."""
        image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        pen = ImageDraw.Draw(image)
        pen.rectangle((0, 0, 17, HEIGHT), fill=ACCENT)
        if rubric := drawable(self.rubric.upper(), SANS, 26):
            text, face = rubric
            pen.text((MARGIN, 76), fitting(text, face, TEXT_WIDTH), ACCENT, face)
        for baseline, line, face in placed(self.title) or placed(self.signature):
            pen.text((MARGIN, baseline), line, INK, face, anchor="ls")
        pen.line((MARGIN, 508, WIDTH - MARGIN, 508), INK, 1)
        pen.line((MARGIN, 514, WIDTH - MARGIN, 514), INK, 4)
        if signature := drawable(self.signature, SERIFS, 34):
            text, face = signature
            pen.text((MARGIN, 570), fitting(text, face, TEXT_WIDTH), INK_SOFT, face, anchor="ls")
        output = io.BytesIO()
        image.quantize(64).save(output, "PNG", optimize=True)  # a few shades between paper and ink
        return output.getvalue()


def placed(title):
    """Return (baseline, line, face) for each line of the title, as large as fits and in the middle of its room."""
    if drawable(title, SERIFS, SIZES[0]) is None:
        return []
    for size in SIZES:
        text, face = drawable(title, SERIFS, size)
        lines, room = wrapped(text, face, TEXT_WIDTH), int(TITLE_HEIGHT // (size * LEADING))
        if len(lines) <= room and all(face.getlength(line) <= TEXT_WIDTH for line in lines):
            break
    else:
        cut = len(lines) > room
        lines = [fitting(line, face, TEXT_WIDTH) for line in lines[:room]]
        if cut:
            lines[-1] = fitting(f"{lines[-1]} …", face, TEXT_WIDTH)
    top = TITLE_TOP + (TITLE_HEIGHT - size * LEADING * len(lines)) / 2
    return [(round(top + size * (0.9 + LEADING * number)), line, face) for number, line in enumerate(lines)]


def wrapped(text, face, width):
    """Return `text` in as few lines of `width` pixels as it needs, of lengths as even as they can be.

    Only ordinary spaces break a line; a word that is longer stands alone.
    """
    words = [word.replace(NO_BREAK, " ") for word in text.split(" ")]
    lengths, space = [face.getlength(word) for word in words], face.getlength(" ")

    def broken(limit):
        lines, length = [], width
        for word, added in zip(words, lengths, strict=True):
            if lines and length + space + added <= limit:
                lines[-1], length = f"{lines[-1]} {word}", length + space + added
            else:
                lines, length = [*lines, word], added
        return lines

    needed, narrow, wide = len(broken(width)), 0, width
    while wide - narrow > 4:
        middle = (narrow + wide) // 2
        narrow, wide = (narrow, middle) if len(broken(middle)) == needed else (middle, wide)
    return broken(wide)


def fitting(text, face, width):
    """Return `text`, or as much of its beginning as fits into `width` pixels with an ellipsis."""
    if face.getlength(text) <= width:
        return text
    text = text.removesuffix("…")
    while text and face.getlength(f"{text.rstrip()}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def drawable(text, names, size):
    """Return (what can be drawn of `text`, the face that draws most of it), or None when nothing can be."""
    text = FRENCH_SPACE.sub(NO_BREAK, unicodedata.normalize("NFC", re.sub(r"[^\S\u00a0\u202f]+", " ", text)))
    text = "".join(character for character in text if unicodedata.category(character)[0] != "C")  # control, format
    best, best_known = None, set()
    for name in (*names, None):
        known = known_characters(name, text)
        if len(known) > len(best_known):
            best, best_known = name, known
        if len(known) == len(set(text)):
            break
    letters = (character if character in best_known else stand_in(character, best) for character in text)
    text = " ".join(word for word in "".join(letters).split(" ") if word)
    return (text, face_of(best, size)) if text else None


@functools.cache
def face_of(name, size):
    """Return the face in the file `name`, or None where the machine has none; Pillow's own for None."""
    try:
        return ImageFont.truetype(name, size) if name else ImageFont.load_default(size)
    except OSError:
        return None


def known_characters(name, text):
    """Return the characters of `text` that the face called `name` can draw."""
    face = face_of(name, 32)
    if face is None:
        return set()

    def drawn(character):
        mask = face.getmask(character)
        return mask.size, bytes(mask)

    unknown = drawn("\U0010fffd")  # of a private plane: what it shows for whatever it does not know
    return {character for character in set(text) if character in (" ", NO_BREAK) or drawn(character) != unknown}


def stand_in(character, name):
    """Return what is drawn for a character that the face called `name` does not know: its bare letters, or nothing."""
    plain = unicodedata.normalize("NFKD", PLAIN.get(character, character))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return plain if known_characters(name, plain) == set(plain) else ""
