"""Smaller copies of a picture, in the formats browsers read best."""

import hashlib
import io

from django.core.files.base import ContentFile
from PIL import Image

from blog.rendering.pictures import WIDEST

WIDTHS = (400, 800, 1200, WIDEST)  # pixels; never upscaled
ENCODINGS = {
    "image/avif": ("AVIF", ".avif", {"quality": 60, "speed": 8}),
    "image/webp": ("WEBP", ".webp", {"quality": 78, "method": 4}),
    "image/jpeg": ("JPEG", ".jpg", {"quality": 82, "optimize": True, "progressive": True}),
    "image/png": ("PNG", ".png", {"optimize": True}),
}


def widths_for(width):
    """Return the widths to make of a picture `width` pixels wide: those it can give, and its own up to 1,600."""
    return sorted({candidate for candidate in WIDTHS if candidate < width} | {min(width, WIDTHS[-1])})


def make_variants(media):
    """Make the smaller copies of a picture, record them in `media.variants`, return whether anything changed.

    Doing it again makes the same files: their names are of their content. An animation is left as it is.
    """
    with media.file.open("rb") as file, Image.open(file) as image:
        if getattr(image, "is_animated", False):
            return False
        image.load()
        variants = [variant for width in widths_for(image.width) for variant in copies(media, image, width)]
    if variants == media.variants:
        return False
    outdated = {variant["path"] for variant in media.variants} - {variant["path"] for variant in variants}
    type(media).objects.filter(pk=media.pk).update(variants=variants)
    media.variants = variants
    for path in outdated:
        media.file.storage.delete(path)
    return True


def copies(media, image, width):
    """Yield the description of each copy of `image` at `width`, stored."""
    height = max(1, round(width * image.height / image.width))
    resized = image.convert("RGBA" if image.mode in ("P", "LA", "PA") else image.mode)
    if width != image.width:
        resized = resized.resize((width, height), Image.Resampling.LANCZOS)
    for content_type in dict.fromkeys(["image/avif", "image/webp", media.content_type]):
        if content_type not in ENCODINGS:
            continue
        kind, extension, options = ENCODINGS[content_type]
        if content_type == media.content_type and width == image.width:
            continue  # the original is that copy
        output = io.BytesIO()
        resized.save(output, kind, **options)
        yield store(media, output.getvalue(), content_type, extension, width, height)


def store(media, content, content_type, extension, width, height):
    name = f"variants/{media.pk}/{width}-{hashlib.sha256(content).hexdigest()[:16]}{extension}"
    storage = media.file.storage
    if not storage.exists(name):
        name = storage.save(name, ContentFile(content))
    return {"type": content_type, "width": width, "height": height, "path": name}
