"""The markup of films and sounds that are this site's own files."""

from dataclasses import dataclass

from .clean_html import escape, start_tag


@dataclass(frozen=True)
class File:
    """What the renderer must know of a file that a text links to or plays."""

    media_id: int
    url: str
    content_type: str
    title: str = ""

    @property
    def is_recording(self):
        return self.content_type.startswith(("audio/", "video/"))


def markup(file: File, *, words: str = "", poster: str | None = None) -> str:
    """Return <video> or <audio>: with controls, loading nothing before somebody plays it; a link where it cannot be
    played. `words` are its name for those who do not see it."""
    kind = file.content_type.split("/")[0]
    attributes = {
        "controls": "",
        "preload": "none",
        "src": file.url,
        "poster": poster if kind == "video" else None,
        "aria-label": words or None,
    }
    link = start_tag("a", {"href": file.url})
    return f"{start_tag(kind, attributes)}{link}{escape(words or file.url.rsplit('/', 1)[-1])}</a></{kind}>"
