"""The HTML of WordPress posts: paragraphs from blank lines, captions, galleries, blocks."""

import re
from html import escape

from . import raw_html

# The elements that stand on their own, not in a paragraph (WordPress's wpautop).
BLOCKS = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|blockquote|address|p|h[1-6]|"
    "hr|fieldset|legend|section|article|aside|header|footer|nav|figure|figcaption|details|summary|iframe|video|audio"
)
BLOCK_TAG = rf"</?(?:{BLOCKS})\b[^<>]*>"
KEPT = ("pre", "script", "style", "textarea")
KEPT_MARK = "\U0010fff5"  # no source holds it, see `raw_html`
GALLERY = re.compile(r"\[gallery\b[^\[\]]*\]")
CONTAINERS = re.compile(r"<(?:blockquote|div|section|article|aside|details)\b[^<>]*>\s*$", re.I)
# No `<` within: a comment that never ends must not be searched to the end of the text from each of its beginnings.
BLOCK_COMMENT = re.compile(r"<!--\s*/?wp:[^<>]*-->")
BREAK = re.compile(r"<!--(?:more|nextpage)[^<>]*-->")
PLAYER = re.compile(
    r"""\[(audio|video)\b[^\[\]]*?\b(?:src|mp3|m4a|ogg|wav|flac|mp4|webm)=["']?(https?://[^\s"'\[\]<>]+)[^\[\]]*\]"""
)
# What WordPress embeds: an address alone on its line or in its paragraph, or in [embed].
ALONE = re.compile(r"^([ \t]*(?:<p>[ \t]*)?)(https?://[^\s<>\"\[\]]+)([ \t]*(?:</p>[ \t]*)?)$", re.I | re.M)
EMBED = re.compile(r"\[embed\b[^\[\]]*\]\s*(https?://[^\s<>\"\[\]]+)\s*\[/embed\]", re.I)


def to_html(source: str) -> str:
    """Return the HTML of a WordPress post's `source`, not yet sanitised."""
    source = raw_html.without_unclosed(source, raw_html.LESS_THAN)
    source = players(embeds(galleries(source)))
    if "<!-- wp:" in source:
        return captions(BLOCK_COMMENT.sub("", source))
    return paragraphs(captions(BREAK.sub("\n\n", source)))


def embeds(source: str) -> str:
    """Return `source` with the address of each thing from elsewhere as a link: nothing is loaded from there."""
    source = EMBED.sub(r'<a href="\1">\1</a>', source)
    return ALONE.sub(r'\1<a href="\2">\2</a>\3', source)


def players(source: str) -> str:
    """Return `source` with each [audio] and [video] as the element it stands for."""
    source = PLAYER.sub(r'<\1 src="\2" controls preload="none"></\1>', source)
    return re.sub(r"\[/(?:audio|video)\]", "", source)


def galleries(source: str) -> str:
    """Return `source` with each [gallery ids="3,4"] as a list of those attachments, by WordPress's own addresses."""

    def shown(match):
        return gallery(f"/?attachment_id={number}" for number in gallery_numbers(match[0]))

    return GALLERY.sub(shown, source)


def gallery_numbers(shortcode: str) -> list[int]:
    """Return the numbers of the attachments that a [gallery] names, in its order."""
    named = re.search(r"""\b(?:ids|include)=["']?([0-9, ]+)""", shortcode)
    return [int(number) for number in re.findall("[0-9]{1,18}", named[1])] if named else []


def gallery(addresses) -> str:
    """Return the pictures at `addresses` as a list; "" for none, as WordPress does."""
    items = "".join(f'<li><img src="{escape(address)}"></li>' for address in addresses)
    return f"<ul class=gallery>{items}</ul>" if items else ""


def captions(source: str) -> str:
    """Return `source` with each [caption …]<img> words[/caption] as a figure."""
    pieces, position = [], 0
    while (start := source.find("[caption", position)) != -1:
        opening, end = source.find("]", start), source.find("[/caption]", start)
        if opening == -1 or end == -1 or opening > end:
            break
        attributes = source[start:opening]
        content = source[opening + 1 : end]
        image = re.match(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)", content, re.I)
        pieces.append(source[position:start])
        if image:
            align = re.search(r"""\balign=["']?(align\w+)""", attributes)
            old_style = re.search(r'\bcaption="([^"]*)"', attributes)
            words = content[image.end() :].strip() or (old_style[1] if old_style else "")
            classes = f' class="{align[1]}"' if align else ""
            caption = f"<figcaption>{words}</figcaption>" if words else ""
            pieces.append(f"\n\n<figure{classes}>{image[1]}{caption}</figure>\n\n")
        else:
            pieces.append(source[start : end + len("[/caption]")])
        position = end + len("[/caption]")
    return "".join(pieces) + source[position:]


def paragraphs(source: str) -> str:
    """Return `source` with a paragraph for each run of text between blank lines, and <br> for single new lines."""
    source, kept = set_aside(source)
    source = re.sub(rf"(<(?:{BLOCKS})\b[^<>]*>)", r"\n\n\1", source, flags=re.I)
    source = re.sub(rf"(</(?:{BLOCKS})\s*>)", r"\1\n\n", source, flags=re.I)
    chunks = [chunk.strip() for chunk in re.split(r"\n\s*\n", source)]
    html = "\n".join(paragraph(chunk) for chunk in chunks if chunk)
    return re.sub(rf"<pre {KEPT_MARK}(\d+)>", lambda match: kept[int(match[1])], html)


def set_aside(source: str) -> tuple[str, list[str]]:
    """Return `source` with a mark for each element whose blank lines stay as they are, and those elements."""
    kept = []

    def keep(element):
        kept.append(element)
        return f"\n\n<pre {KEPT_MARK}{len(kept) - 1}>\n\n"

    return raw_html.replace(source, KEPT, keep), kept


def paragraph(chunk: str) -> str:
    opening = re.match(rf"(?:{BLOCK_TAG}\s*)*", chunk, re.I).group()
    rest = chunk[len(opening) :]
    closing = re.search(rf"(?:\s*{BLOCK_TAG})*$", rest[-2000:], re.I).group()
    words = rest[: len(rest) - len(closing)].strip()
    words = re.sub(r"(?<!<br>)(?<!<br/>)(?<!<br />)\n", "<br>\n", words)
    alone = not opening or opening.rstrip().startswith("</") or (CONTAINERS.search(opening) and not closing)
    if not words or not alone:
        return f"{opening}{words}{closing}"
    return f"{opening}<p>{words}</p>{closing}"
