"""Smaller copies of a picture, in the formats browsers read best."""

import hashlib
import io

from django.core.files.base import ContentFile
from PIL import Image, ImageSequence

from blog.rendering.pictures import WIDEST

WIDTHS = (400, 800, 1200, WIDEST)  # pixels; never upscaled
# Of an animation's frames together: smaller copies hold them all in memory, 4 bytes a pixel.
MOST_PIXELS_IN_FRAMES = 40_000_000
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

    Doing it again makes the same files: their names are of their content. An animation stays one, as WebP alone.
    """
    with media.file.open("rb") as file, Image.open(file) as image:
        make = animated_copies if getattr(image, "is_animated", False) else copies
        image.load()
        variants = [variant for width in widths_for(image.width) for variant in make(media, image, width)]
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
    size = size_at(image, width)
    resized = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if width != image.width:
        resized = resized.resize(size, Image.Resampling.LANCZOS)
    resized.info = {}
    for content_type in dict.fromkeys(["image/avif", "image/webp", media.content_type]):
        if content_type not in ENCODINGS:
            continue
        kind, extension, options = ENCODINGS[content_type]
        if content_type == media.content_type and width == image.width:
            continue  # the original is that copy
        output = io.BytesIO()
        resized.save(output, kind, **options)
        yield store(media, output.getvalue(), content_type, extension, *size)


def animated_copies(media, image, width):
    """Yield the description of a copy of an animation at `width`, stored, where it is lighter than the original."""
    if image.n_frames * image.width * image.height > MOST_PIXELS_IN_FRAMES:
        return
    if media.content_type == "image/webp" and width == image.width:
        return  # the original is that copy
    size = size_at(image, width)
    frames, durations = [], []
    for frame in ImageSequence.Iterator(image):
        frames.append(frame.convert("RGBA").resize(size, Image.Resampling.LANCZOS))
        durations.append(int(frame.info.get("duration", 0)))
    image.seek(0)
    kind, extension, options = ENCODINGS["image/webp"]
    output = io.BytesIO()
    first, *others = frames
    first.info = {}
    times = {"duration": durations, "loop": image.info.get("loop", 1)}
    first.save(output, kind, save_all=True, append_images=others, **times, **options)
    if output.tell() < media.size:
        yield store(media, output.getvalue(), "image/webp", extension, *size)


def size_at(image, width):
    return width, max(1, round(width * image.height / image.width))


def store(media, content, content_type, extension, width, height):
    name = f"variants/{media.pk}/{width}-{hashlib.sha256(content).hexdigest()[:16]}{extension}"
    storage = media.file.storage
    if not storage.exists(name):
        name = storage.save(name, ContentFile(content))
    return {"type": content_type, "width": width, "height": height, "path": name}
