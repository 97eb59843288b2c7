"""From the author's source to safe HTML. Pure: imports no model."""

from dataclasses import dataclass, field

VERSION = 1


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


@dataclass(frozen=True)
class Rendered:
    html: str
    text: str
    media_ids: frozenset[int] = field(default_factory=frozenset)


def render(source: str, source_format: str, *, language: str, find_picture) -> Rendered:
    raise NotImplementedError
