"""The HTML of WordPress posts: paragraphs from blank lines, captions, galleries, blocks."""

import re
from html import escape

# The elements that stand on their own, not in a paragraph (WordPress's wpautop).
BLOCKS = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|blockquote|address|p|h[1-6]|"
    "hr|fieldset|legend|section|article|aside|header|footer|nav|figure|figcaption|details|summary|iframe|video|audio"
)
BLOCK_TAG = rf"</?(?:{BLOCKS})\b[^>]*>"
KEPT = re.compile(r"<(pre|script|style|textarea)\b.*?</\1\s*>", re.I | re.S)
GALLERY = re.compile(r"\[gallery\b[^\[\]]*\]")
CONTAINERS = re.compile(r"<(?:blockquote|div|section|article|aside|details)\b[^>]*>\s*$", re.I)


def to_html(source: str) -> str:
    """Return the HTML of a WordPress post's `source`, not yet sanitised."""
    source = galleries(source)
    if "<!-- wp:" in source:
        return captions(re.sub(r"<!--\s*/?wp:[^>]*-->", "", source))
    return paragraphs(captions(re.sub(r"<!--(?:more|nextpage).*?-->", "\n\n", source)))


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
    kept = []

    def keep(match):
        kept.append(match.group())
        return f"\n\n<pre data-kept={len(kept) - 1}>\n\n"

    source = KEPT.sub(keep, source)
    source = re.sub(rf"(<(?:{BLOCKS})\b[^>]*>)", r"\n\n\1", source, flags=re.I)
    source = re.sub(rf"(</(?:{BLOCKS})\s*>)", r"\1\n\n", source, flags=re.I)
    chunks = [chunk.strip() for chunk in re.split(r"\n\s*\n", source)]
    html = "\n".join(paragraph(chunk) for chunk in chunks if chunk)
    return re.sub(r"<pre data-kept=(\d+)>", lambda match: kept[int(match[1])], html)


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
