"""What comes in when somebody uploads a file, and what does not."""

import contextlib
import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageCms, ImageSequence

from blog import uploads
from blog.models import Media
from tests.factories import UserFactory
from tests.pages import parse, text_of, with_class
from tests.pictures import encoded, jpeg, png

RED, BLUE = (255, 0, 0), (0, 0, 255)
SECRET = b"where the author lives"
KINDS = [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp"), ("AVIF", "a.avif")]


def wide_with_a_red_corner():
    """A picture whose upper left quarter is red: which way up it stands can be seen."""
    image = Image.new("RGB", (80, 40), BLUE)
    image.paste(RED, (0, 0, 40, 20))
    return image


def photograph(kind="JPEG", *, orientation=1, image=None, **options):
    """Return a picture with all that a telephone or a program writes into one."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET.decode()  # ImageDescription
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (48.0, 51.0, 30.0)  # GPSLatitudeRef, GPSLatitude
    options |= {
        "exif": exif.tobytes(),
        "icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    }
    if kind != "PNG":
        options["xmp"] = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    if kind == "JPEG":
        options["comment"] = SECRET
    return saved(image or wide_with_a_red_corner(), kind, **options)


def saved(image, kind, **options):
    output = io.BytesIO()
    image.save(output, kind, **options)
    return output.getvalue()


def stored(name, data):
    """Return what is stored of an upload as a picture, with its bytes and its described fields."""
    content, _extension, fields = uploads.prepare(name, data)
    image = Image.open(io.BytesIO(content))
    image.load()
    assert (image.width, image.height) == (fields["width"], fields["height"])
    assert Image.MIME[image.format] == fields["content_type"]
    return image, content


def refusal(name, data):
    with pytest.raises(ValidationError) as refused:
        uploads.prepare(name, data)
    (words,) = refused.value.messages
    return words


def alike(one, other):
    """Whether two colours look the same: formats that lose a little change them by a little."""
    return all(abs(a - b) < 25 for a, b in zip(one, other, strict=True))


# What a picture says about its maker


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_nobody_learns_from_a_picture_where_and_with_what_it_was_taken(kind, name):
    data = photograph(kind)
    assert SECRET in data
    image, content = stored(name, data)
    assert SECRET not in content
    assert not dict(image.getexif())
    assert not {"icc_profile", "xmp", "comment", "photoshop", "exif"} & set(image.info)


def test_words_in_the_chunks_of_a_png_and_the_comment_of_a_gif_are_gone():
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Author", SECRET.decode())
    words.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    for name, data in (
        ("a.png", saved(wide_with_a_red_corner(), "PNG", pnginfo=words)),
        ("a.gif", saved(wide_with_a_red_corner(), "GIF", comment=SECRET)),
        ("a.gif", animated("GIF", comment=SECRET)),
        ("a.webp", animated("WEBP", xmp=SECRET)),
    ):
        assert SECRET in data
        assert SECRET not in stored(name, data)[1]


def test_colours_of_another_profile_are_converted_before_it_is_taken_away():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    swapped = bytearray(lab.tobytes())
    # The red primary of sRGB where its green stands, and the other way round: a profile that turns red into green.
    red, green = swapped.index(b"rXYZ"), swapped.index(b"gXYZ")
    swapped[red : red + 4], swapped[green : green + 4] = b"gXYZ", b"rXYZ"
    image, _ = stored("a.png", saved(Image.new("RGB", (4, 4), RED), "PNG", icc_profile=bytes(swapped)))
    assert alike(image.convert("RGB").getpixel((1, 1)), (0, 255, 0))


def test_a_broken_colour_profile_costs_nobody_their_picture():
    image, _ = stored("a.png", saved(Image.new("RGB", (4, 4), RED), "PNG", icc_profile=b"no profile"))
    assert image.getpixel((1, 1)) == RED


def test_what_is_hidden_behind_a_picture_is_not_stored():
    for name, data in (("a.jpg", jpeg()), ("a.png", png()), ("a.gif", animated("GIF"))):
        assert b"<script>" not in stored(name, data + b"<script>alert(1)</script>")[1]


# Upright


# Where the red quarter of an upright picture is after each of the eight ways a camera may be held (Exif 2.32 § 4.6.4).
@pytest.mark.parametrize(
    ("orientation", "size", "corner"),
    [
        (1, (80, 40), (5, 5)), (2, (80, 40), (75, 5)), (3, (80, 40), (75, 35)), (4, (80, 40), (5, 35)),
        (5, (40, 80), (5, 5)), (6, (40, 80), (35, 5)), (7, (40, 80), (35, 75)), (8, (40, 80), (5, 75)),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_a_picture_stands_upright_however_the_camera_was_held(kind, name, orientation, size, corner):
    image, _ = stored(name, photograph(kind, orientation=orientation))
    assert image.size == size
    image = image.convert("RGB")
    assert alike(image.getpixel(corner), RED)
    assert alike(image.getpixel((size[0] - 1 - corner[0], size[1] - 1 - corner[1])), BLUE)


def test_the_photograph_of_a_telephone_that_holds_a_second_picture_comes_in():
    data = photograph("MPO", orientation=6, save_all=True, append_images=[Image.new("RGB", (80, 40))])
    assert Image.open(io.BytesIO(data)).n_frames == 2
    image, content = stored("a.jpg", data)
    assert (image.format, image.size, getattr(image, "n_frames", 1)) == ("JPEG", (40, 80), 1)
    assert SECRET not in content


# Pictures of every kind


@pytest.mark.parametrize(
    ("name", "data", "colour"),
    [
        ("cmyk.jpg", encoded("JPEG", 9, 9, mode="CMYK", color=(0, 255, 255, 0)), (*RED, 255)),
        ("grey.jpg", encoded("JPEG", 9, 9, mode="L", color=90), (90, 90, 90, 255)),
        ("sixteen-bits.png", encoded("PNG", 9, 9, mode="I;16", color=40_000), (156, 156, 156, 255)),
        ("one-bit.png", encoded("PNG", 9, 9, mode="1", color=1), (255, 255, 255, 255)),
        ("grey-through.png", encoded("PNG", 9, 9, mode="LA", color=(9, 90)), (9, 9, 9, 90)),
        ("one-colour-through.png", encoded("PNG", 9, 9, color=RED, transparency=RED), (*RED, 0)),
        ("a-grey-through.png", encoded("PNG", 9, 9, mode="L", color=7, transparency=7), (7, 7, 7, 0)),
        ("palette.png", encoded("PNG", 9, 9, mode="P", color=0), (0, 0, 0, 255)),
        ("palette-through.png", encoded("PNG", 9, 9, mode="P", color=0, transparency=b"\x50"), (0, 0, 0, 80)),
        ("through.gif", encoded("GIF", 9, 9, mode="P", color=0, transparency=0), (0, 0, 0, 0)),
        ("through.webp", encoded("WEBP", 9, 9, mode="RGBA", color=(*RED, 90), lossless=True), (*RED, 90)),
        ("through.avif", encoded("AVIF", 9, 9, mode="RGBA", color=(*RED, 90)), (*RED, 90)),
    ],
)  # fmt: skip
def test_a_picture_of_any_kind_looks_as_it_did(name, data, colour):
    image, _ = stored(name, data)
    assert alike(image.convert("RGBA").getpixel((4, 4)), colour)


def test_the_name_does_not_decide_what_a_picture_is():
    content, extension, fields = uploads.prepare("holiday.png", jpeg())
    assert (extension, fields["content_type"]) == (".jpg", "image/jpeg")
    assert content[:2] == b"\xff\xd8"


# Animations


def animated(kind, *, size=(40, 20), durations=(100, 200, 300, 400), **options):
    frames = [Image.new("RGB", size, (number * 20, 0, 255 - number * 20)) for number in range(len(durations))]
    output = io.BytesIO()
    frames[0].save(output, kind, save_all=True, append_images=frames[1:], duration=list(durations), **options)
    return output.getvalue()


def frames_of(image):
    """Return (how long it stands, its colour) of each frame."""
    found = []
    for frame in ImageSequence.Iterator(image):
        frame.load()
        found.append((frame.info["duration"], frame.convert("RGB").getpixel((3, 3))))
    return found


@pytest.mark.parametrize(
    ("kind", "name", "loop"),
    [
        ("GIF", "a.gif", 3), ("GIF", "a.gif", 0), ("GIF", "a.gif", None),
        ("WEBP", "a.webp", 3), ("PNG", "a.png", 2), ("AVIF", "a.avif", None),
    ],
)  # fmt: skip
def test_an_animation_keeps_its_frames_their_time_and_how_often_it_runs(kind, name, loop):
    data = animated(kind, **({} if loop is None else {"loop": loop}))
    image, _ = stored(name, data)
    before, after = frames_of(Image.open(io.BytesIO(data))), frames_of(image)
    assert [time for time, _ in after] == [time for time, _ in before] == [100, 200, 300, 400]
    assert all(alike(one, other) for (_, one), (_, other) in zip(before, after, strict=True))
    assert image.info.get("loop") == loop


def test_an_animation_that_is_too_much_work_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_FRAMES", 4)
    stored("a.gif", animated("GIF"))
    assert "too long an animation" in refusal("a.gif", animated("GIF", durations=[100] * 5))
    monkeypatch.setattr(uploads, "MOST_PIXELS_IN_FRAMES", 40 * 20 * 3)
    assert "too long an animation" in refusal("a.gif", animated("GIF"))


# What does not come in

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
NONE = "“{}” is not a picture or file this site can take."
BROKEN = "“{}” is broken: it ends too early, or was damaged on its way."
HEIC = "“{}” is a HEIC picture, which most browsers do not show: please export it as JPEG."


def png_that_claims(width, height):
    """Return a few bytes that unpack to a picture of any size."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(bytes(1000))), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.jpg", b"", "“{}” is empty."),
        ("bomb.png", png_that_claims(60_000, 60_000), "“{}” has more than 80 million pixels."),
        ("bomb.png", png_that_claims(10_000, 9_500), "“{}” has more than 80 million pixels."),
        ("large.png", png_that_claims(9_000, 9_000), "“{}” is too large: 9000 × 9000 pixels."),
        ("long.png", png_that_claims(20_001, 4), "“{}” is too large: 20001 × 4 pixels."),
        ("cut.jpg", jpeg(400, 300)[:900], BROKEN),
        ("cut.png", png_that_claims(90, 90), BROKEN),
        ("cut.gif", animated("GIF")[:-40], BROKEN),
        ("a.heic", b"\0\0\0\x18ftypheic", HEIC),
        ("zip.jpg", b"PK\x03\x04" + bytes(99), NONE),
        ("page.html", b"<html><script>alert(1)</script>", NONE),
        ("page.jpg", b"<html><script>alert(1)</script>", NONE),
        ("a.svg", SVG, NONE),
        ("svg.png", SVG, NONE),
        ("a.exe", b"MZ\x90", NONE),
        ("a.tiff", encoded("TIFF", 9, 9), NONE),
        ("a.eps", encoded("EPS", 9, 9), NONE),
        ("picture.pdf", jpeg(), "“{}” is not what its ending says."),
        ("page.pdf", b"<html>", "“{}” is not what its ending says."),
    ],
)  # fmt: skip
def test_what_does_not_come_in_is_told_why(name, data, words):
    assert refusal(name, data) == words.format(name)


def test_a_file_that_is_too_heavy_is_not_even_looked_at(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 1024 * 1024)
    assert refusal("a.pdf", b"%PDF-" + bytes(1024 * 1024)) == "“a.pdf” is larger than 1 MB."


@pytest.mark.parametrize(("kind", "name"), [*KINDS, ("GIF", "a.gif")])
def test_no_cut_of_a_picture_is_an_error(kind, name):
    data = saved(wide_with_a_red_corner(), kind)
    for end in range(1, len(data), max(1, len(data) // 40)):
        with contextlib.suppress(ValidationError):
            uploads.prepare(name, data[:end])


def test_other_files_come_in_as_they_are():
    for name, data in (("a.pdf", b"%PDF-1.7 words"), ("a.mp3", b"ID3 sound"), ("Le Livre.EPUB", b"PK\x03\x04 pages")):
        content, extension, fields = uploads.prepare(name, data)
        assert content == data
        assert name.lower().endswith(extension)
        assert "width" not in fields


# At the desk


@pytest.fixture
def desk(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = Client()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("cut.jpg", jpeg(400, 300)[:900], "“cut.jpg” is broken"),
        ("bomb.png", png_that_claims(60_000, 60_000), "more than 80 million pixels"),
        ("zip.jpg", b"PK\x03\x04" + bytes(99), "not a picture or file"),
        ("empty.jpg", b"", "empty"),
        ("a.svg", b"<svg/>", "not a picture or file"),
    ],
)
def test_an_author_whose_file_is_refused_is_told_why_and_keeps_their_words(desk, tmp_path, name, data, words):
    response = desk.post("/admin/blog/media/add/", {"upload": SimpleUploadedFile(name, data), "alt": "Le port"})
    assert response.status_code == 200
    page = parse(response)
    assert words in " ".join(text_of(errors) for errors in with_class(page, "errorlist"))
    assert [field.get("value") for field in page.iter("input") if field.get("name") == "alt"] == ["Le port"]
    assert not Media.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_the_name_of_a_file_leads_nowhere_else(desk, tmp_path):
    for name in (
        "../../../evil.jpg",
        "..\\..\\evil.jpg",
        "/etc/evil.jpg",
        "evil\x00.jpg",
        ".jpg",
        "💥.jpg",
        f"{'a' * 400}.jpg",
    ):
        media = uploads.store_upload(name, jpeg())
        assert tmp_path in (tmp_path / media.file.name).resolve().parents
        assert (tmp_path / media.file.name).is_file()
