"""The faces of authors elsewhere: fetched by the worker, cut square, written anew, served from here."""

import io

from PIL import Image, ImageOps

from blog.uploads import prepare
from comments.avatars import SIZE
from comments.voices.fetching import fetch

MOST_BYTES = 4 * 1024 * 1024
PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/avif")


def fetch_photo(url: str) -> tuple[bytes, str]:
    """Return the picture at `url`, SIZE pixels square, and its extension; nothing where there is none to show.

    Raises `FetchError`, or ValidationError for what is no picture.
    """
    answer = fetch(url, accept=PICTURES, most_bytes=MOST_BYTES)
    if not answer.body:
        return b"", ""
    content, _extension, _fields = prepare("avatar", answer.body)
    with Image.open(io.BytesIO(content)) as picture:
        square = ImageOps.fit(picture.convert("RGBA"), (SIZE, SIZE))
    output = io.BytesIO()
    square.save(output, "WEBP", quality=85)
    return output.getvalue(), ".webp"
