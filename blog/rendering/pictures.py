"""The markup of responsive pictures."""

import re
from dataclasses import dataclass
from html import escape, unescape

IMG = re.compile(r'<img((?:\s+[\w-]+(?:="[^"]*")?)*)\s*/?>')
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
COLUMN = 608  # the text column's width in CSS pixels: no picture in a text is shown wider


@dataclass(frozen=True)
class Variant:
    """A smaller copy of a picture."""

    type: str  # image/avif, image/webp, or the original's own
    width: int
    url: str


@dataclass(frozen=True)
class Picture:
    """What the renderer must know of a picture that a text shows."""

    media_id: int
    url: str
    width: int
    height: int
    alt: str = ""
    caption: str = ""
    variants: tuple[Variant, ...] = ()


def make_responsive(html: str, find_picture) -> tuple[str, set[int]]:
    """Return `html` with each picture that `find_picture(address)` knows made responsive, and their media ids.

    A picture from elsewhere becomes a link to it: reading a page contacts nobody but this site.
    """
    media_ids = set()

    def replace(match):
        attributes = {name: unescape(value) for name, value in ATTRIBUTE.findall(match[1])}
        source = attributes.get("src", "")
        picture = find_picture(source)
        if picture is None:
            return (
                f'<a href="{escape(source)}" rel="external">{escape(attributes.get("alt") or source)}</a>'
                if source
                else ""
            )
        eager = not media_ids
        media_ids.add(picture.media_id)
        width, height = shown_size(picture, attributes.get("width"))
        return markup(
            picture,
            width=width,
            height=height,
            sizes=f"(min-width: 42rem) {min(width, COLUMN)}px, 100vw",
            alt=attributes.get("alt", picture.alt),
            css_class=attributes.get("class", ""),
            eager=eager,
        )

    html = IMG.sub(replace, html)
    # WordPress links a picture to its own file: to ours, then.
    html = re.sub(r'<a([^>]*?)href="([^"]*)"', lambda match: own_address(match, find_picture), html)
    return html, media_ids


def own_address(match, find_picture):
    picture = find_picture(unescape(match[2])) if "/uploads/" in match[2] else None
    return f'<a{match[1]}href="{escape(picture.url)}"' if picture else match[0]


def shown_size(picture, declared_width):
    """Return (width, height) in CSS pixels: what the author declared, in the picture's own proportions."""
    width = int(declared_width) if declared_width and re.fullmatch(r"[1-9]\d{0,4}", declared_width) else picture.width
    width = min(width, picture.width)
    return width, max(1, round(width * picture.height / picture.width))


def markup(picture, *, width, height, sizes, alt, css_class="", eager=False) -> str:
    """Return <picture> with what variants there are, or a plain <img> while there are none."""

    def srcset(variants):
        return ", ".join(f"{escape(variant.url)} {variant.width}w" for variant in variants)

    by_type = {}
    for variant in picture.variants:
        by_type.setdefault(variant.type, []).append(variant)
    sources = "".join(
        f'<source type="{kind}" srcset="{srcset(by_type.pop(kind))}" sizes="{escape(sizes)}">'
        for kind in ("image/avif", "image/webp")
        if kind in by_type and len(by_type) > 1
    )
    originals = [variant for variants in by_type.values() for variant in variants]
    own = f' srcset="{srcset(originals)}" sizes="{escape(sizes)}"' if originals else ""
    classes = f' class="{escape(css_class)}"' if css_class else ""
    loading = ' fetchpriority="high"' if eager else ' loading="lazy"'
    img = (
        f'<img src="{escape(picture.url)}"{own} width="{width}" height="{height}" alt="{escape(alt)}"'
        f'{classes}{loading} decoding="async">'
    )
    return f"<picture>{sources}{img}</picture>" if sources else img
