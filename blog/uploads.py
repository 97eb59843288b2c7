"""The one way a file gets in: checked, cleaned of what it says about its maker, stored.

Pictures are read by Pillow, turned upright, rid of all metadata (place, camera, author) and written again. Other
files are let in by an allow-list of types whose first bytes agree with their names; SVG and HTML, which can carry
scripts, never are.
"""

import io
import re
import warnings
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, ImageSequence, UnidentifiedImageError

from blog.models import Media
from blog.models.slugs import slug_of

MOST_BYTES = 64 * 1024 * 1024
MOST_PIXELS = 80_000_000
LONGEST_SIDE = 20_000  # pixels
# Of an animation, in all its frames: a few kilobytes may hold hours of work.
MOST_FRAMES, MOST_PIXELS_IN_FRAMES = 3_000, 250_000_000
PICTURES = {  # Pillow's format: (extension, content type)
    "JPEG": (".jpg", "image/jpeg"),
    "PNG": (".png", "image/png"),
    "GIF": (".gif", "image/gif"),
    "WEBP": (".webp", "image/webp"),
    "AVIF": (".avif", "image/avif"),
}
APPLE = (".heic", ".heif")  # what an iPhone takes, and browsers do not show
FILES = {  # extension: (content type, a pattern of the first bytes)
    ".pdf": ("application/pdf", rb"%PDF-"),
    ".mp3": ("audio/mpeg", rb"ID3|\xff[\xe2-\xfb]"),
    ".ogg": ("audio/ogg", rb"OggS"),
    ".oga": ("audio/ogg", rb"OggS"),
    ".flac": ("audio/flac", rb"fLaC"),
    ".wav": ("audio/wav", rb"RIFF....WAVE"),
    ".m4a": ("audio/mp4", rb"....ftyp"),
    ".mp4": ("video/mp4", rb"....ftyp"),
    ".webm": ("video/webm", rb"\x1aE\xdf\xa3"),
    ".zip": ("application/zip", rb"PK\x03\x04"),
    ".epub": ("application/epub+zip", rb"PK\x03\x04"),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", rb"PK\x03\x04"),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", rb"PK\x03\x04"),
    ".odt": ("application/vnd.oasis.opendocument.text", rb"PK\x03\x04"),
    ".ods": ("application/vnd.oasis.opendocument.spreadsheet", rb"PK\x03\x04"),
}


def store_upload(name, data, **fields) -> Media:
    """Store the bytes `data` under a name made from `name` and return the new `Media`. `fields`: see `store`.

    Raises ValidationError, with words for the uploader, when the file cannot be let in; nothing is stored then.
    """
    return store(name, prepare(name, data), **fields)


def store(name, prepared, *, title="", alt="", legacy_path=None, dry_run=False, **fields) -> Media:
    """Store what `prepare` made of a file. `fields` are those of `Media`.

    `legacy_path` (`2011/10/name.jpg`, below WordPress's uploads folder) keeps its folder and name. `dry_run`: the row
    alone, for a transaction that will be rolled back.
    """
    content, extension, described = prepared
    stem = slug_of(PurePosixPath(last_part(name)).stem) or "file"
    media = Media(title=title[:200], alt=alt[:500], legacy_path=legacy_path, size=len(content), **described, **fields)
    field, storage = media.file.field, media.file.storage
    path = storage.get_available_name(field.generate_filename(media, f"{stem}{extension}"), field.max_length)
    try:
        media.file = path if dry_run else storage.save(path, ContentFile(content), field.max_length)
        media.save()
    except BaseException:
        if not dry_run:
            storage.delete(media.file.name or path)  # also the half that a full disk had room for
        raise
    if media.is_picture:
        from blog.tasks import make_variants

        transaction.on_commit(lambda: make_variants.enqueue(media.pk), robust=True)
    return media


def last_part(name):
    return PurePosixPath(name.replace("\\", "/")).name


def prepare(name, data):
    """Return (bytes to store, extension, the fields that describe them), or raise ValidationError."""
    name = last_part(name)
    if not data:
        raise refused(_("“%(name)s” is empty."), name)
    if len(data) > MOST_BYTES:
        raise refused(_("“%(name)s” is larger than %(limit)s MB."), name, limit=MOST_BYTES // 1024**2)
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in FILES:
        content_type, first_bytes = FILES[suffix]
        if not re.match(first_bytes, data, re.S):
            raise refused(_("“%(name)s” is not what its ending says."), name)
        return data, suffix, {"content_type": content_type}
    if suffix in APPLE:
        raise refused(
            _("“%(name)s” is a HEIC picture, which most browsers do not show: please export it as JPEG."), name
        )
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return clean_picture(name, data)
        except ValidationError:
            raise
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            limit = MOST_PIXELS // 1_000_000
            raise refused(_("“%(name)s” has more than %(limit)s million pixels."), name, limit=limit) from error
        except UnidentifiedImageError as error:
            raise refused(_("“%(name)s” is not a picture or file this site can take."), name) from error
        # Pillow's decoders raise almost anything on a file made to hurt them.
        except Exception as error:
            raise refused(_("“%(name)s” is broken: it ends too early, or was damaged on its way."), name) from error


def refused(message, name, **values):
    return ValidationError(message % {"name": name, **values})


def clean_picture(name, data):
    """Return `prepare`'s answer for a picture: upright, in sRGB, without metadata; an animation keeps its frames."""
    image = Image.open(io.BytesIO(data), formats=tuple(PICTURES))
    kind = "JPEG" if image.format == "MPO" else image.format
    width, height = image.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise refused(_("“%(name)s” is too large: %(width)s × %(height)s pixels."), name, width=width, height=height)
    extension, content_type = PICTURES[kind]
    # Two pictures in one JPEG (MPO, as telephones write it) are no animation: the first is the photograph.
    animated = kind != "JPEG" and getattr(image, "is_animated", False)
    written = animation(name, image, kind) if animated else still(image, kind)
    fields = {"content_type": content_type, "width": written.width, "height": written.height}
    return written.content, extension, fields


@dataclass(frozen=True)
class Written:
    """A picture as it is stored."""

    content: bytes
    width: int
    height: int


def animation(name, image, kind):
    """Return an animation with the same frames, each as long as it was."""
    durations = []
    for frame in ImageSequence.Iterator(image):
        frame.load()
        durations.append(frame.info.get("duration", 0))
        if len(durations) > MOST_FRAMES or len(durations) * image.width * image.height > MOST_PIXELS_IN_FRAMES:
            raise refused(_("“%(name)s” is too long an animation for its size. A film would be lighter."), name)
    image.seek(0)
    options = {"loop": image.info["loop"]} if "loop" in image.info else {}
    if kind == "PNG":
        options |= {"disposal": 0, "blend": 0}  # a frame is read as it is seen, so it replaces the one before
    output = io.BytesIO()
    nothing = {"exif": b"", "xmp": b"", "icc_profile": b"", "comment": b""}
    image.save(output, kind, save_all=True, optimize=True, duration=durations, **options, **nothing)
    return Written(output.getvalue(), *image.size)


def still(image, kind):
    """Return a picture turned upright, in sRGB."""
    image.load()
    upright = in_srgb(ImageOps.exif_transpose(image))
    output = io.BytesIO()
    if kind == "JPEG" and upright.size == image.size and image.mode == upright.mode == "RGB":
        # Same pixels: the picture's own tables keep its quality instead of losing some once more.
        upright.format, upright.layer, upright.quantization = "JPEG", image.layer, image.quantization
        upright.layers = image.layers
        quality = {"quality": "keep"}
    else:
        quality = {"quality": 90} if kind != "PNG" else {}
    # A palette has no other place to say which of its colours are transparent.
    upright.info = {name: value for name, value in upright.info.items() if name == "transparency"}
    upright.save(output, kind, optimize=True, **quality)
    return Written(output.getvalue(), *upright.size)


def in_srgb(image):
    """Return `image` in a mode every browser shows, its colours converted from its own profile."""
    if image.mode.startswith("I"):  # 16 bits of grey: the upper 8, where converting would cut all off above 255
        return image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    profile = image.info.get("icc_profile")
    mode = "RGBA" if image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info else "RGB"
    if profile and image.mode in ("RGB", "RGBA", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile: its colours are taken as they are
    if image.mode in ("1", "L", "P", "RGB", "RGBA") and not ("transparency" in image.info and image.mode != "P"):
        return image
    return image.convert(mode)
