"""The markup of responsive pictures."""

import re
from dataclasses import dataclass
from html import escape

COLUMN = 608  # the text column's width in CSS pixels (38rem): no picture in a text is shown wider
WIDEST = 1600  # pixels; an original that is wider is too heavy to be one of the choices
GALLERY_SIZES = "(min-width: 42rem) 12rem, 45vw"


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
    type: str = "image/jpeg"
    alt: str = ""
    caption: str = ""
    variants: tuple[Variant, ...] = ()
    focal_x: float = 0.5  # what must stay in sight where the picture is cut: from 0, left, to 1
    focal_y: float = 0.5

    @property
    def focus(self):
        """The focal point as classes: the style sheet has one for each tenth, as the page may have no inline style."""
        points = (("x", round(self.focal_x * 10)), ("y", round(self.focal_y * 10)))
        return " ".join(f"focus-{axis}-{tenth}" for axis, tenth in points if tenth != 5)


def sizes_in_text(width: int) -> str:
    """Return how wide a picture that is `width` CSS pixels wide is shown in a text (the HTML attribute `sizes`)."""
    if width >= COLUMN:
        return "(min-width: 42rem) 38rem, calc(100vw - 2.25rem)"
    return f"(min-width: {width + 36}px) {width}px, calc(100vw - 2.25rem)"


def shown_size(picture, declared_width):
    """Return (width, height) in CSS pixels: what the author declared, in the picture's own proportions."""
    width = int(declared_width) if declared_width and re.fullmatch(r"[1-9]\d{0,4}", declared_width) else picture.width
    width = min(width, picture.width)
    return width, max(1, round(width * picture.height / picture.width))


def markup(picture, *, width, height, sizes, alt, css_class="", eager=False) -> str:
    """Return <picture> with what variants there are, or a plain <img> while there are none."""

    def srcset(variants):
        return ", ".join(f"{escape(variant.url)} {variant.width}w" for variant in variants)

    by_type = {"image/avif": [], "image/webp": [], picture.type: []}  # the lightest first
    for variant in picture.variants:
        by_type.setdefault(variant.type, []).append(variant)
    if picture.width <= WIDEST:
        by_type[picture.type].append(Variant(picture.type, picture.width, picture.url))
    # The last is the choice of browsers that know none of the others.
    *others, last = [(kind, variants) for kind, variants in by_type.items() if variants] or [("", [])]
    sources = "".join(
        f'<source type="{kind}" srcset="{srcset(variants)}" sizes="{escape(sizes)}">' for kind, variants in others
    )
    choice = last[1] if len(last[1]) > 1 or last[0] != picture.type else []
    own = f' srcset="{srcset(choice)}" sizes="{escape(sizes)}"' if choice else ""
    classes = " ".join(filter(None, [css_class, picture.focus]))
    classes = f' class="{escape(classes)}"' if classes else ""
    loading = ' fetchpriority="high"' if eager else ' loading="lazy"'
    img = (
        f'<img src="{escape(picture.url)}"{own} width="{width}" height="{height}" alt="{escape(alt)}"'
        f'{classes}{loading} decoding="async">'
    )
    return f"<picture>{sources}{img}</picture>" if sources else img
