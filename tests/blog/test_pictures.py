"""The smaller copies of a picture, and how pages offer them."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image, ImageSequence

from blog import pictures
from blog.models import Media
from blog.pictures import make_variants, widths_for
from blog.uploads import store_upload
from tests.blog.test_uploads import BLUE, RED, SECRET, alike, animated, photograph
from tests.factories import PostFactory
from tests.pages import parse, with_class
from tests.pictures import encoded, jpeg, png


@pytest.fixture(autouse=True)
def media_folder(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def with_copies(name, data, **fields):
    media = store_upload(name, data, **fields)
    make_variants(media)
    media.refresh_from_db()
    return media


def copies(media):
    """Return {(content type, width): the copy, opened}."""
    found = {}
    for variant in media.variants:
        with media.file.storage.open(variant["path"]) as file:
            image = Image.open(io.BytesIO(file.read()))
            image.load()
        assert (image.width, image.height) == (variant["width"], variant["height"])
        assert Image.MIME[image.format] == variant["type"]
        found[variant["type"], variant["width"]] = image
    return found


# What is made


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (1, [1]), (300, [300]), (400, [400]), (401, [400, 401]), (1000, [400, 800, 1000]),
        (1600, [400, 800, 1200, 1600]), (6000, [400, 800, 1200, 1600]),
    ],
)  # fmt: skip
def test_no_copy_is_wider_than_its_picture_and_none_too_wide_for_a_page(width, widths):
    assert widths_for(width) == widths


def test_a_photograph_is_made_smaller_in_the_formats_that_browsers_read_best():
    media = with_copies("a.jpg", jpeg(1000, 500))
    assert set(copies(media)) == {
        *(("image/avif", width) for width in (400, 800, 1000)),
        *(("image/webp", width) for width in (400, 800, 1000)),
        *(("image/jpeg", width) for width in (400, 800)),
    }
    assert all(abs(image.width / image.height - 2) < 0.01 for image in copies(media).values())


def test_a_picture_too_wide_for_a_page_has_a_copy_that_is_not_in_every_format():
    media = with_copies("a.jpg", jpeg(2000, 100))
    assert max(width for _, width in copies(media)) == 1600
    assert ("image/jpeg", 1600) in copies(media)


@pytest.mark.parametrize(
    ("name", "data", "own"),
    [
        ("a.png", encoded("PNG", 500, 50, mode="RGBA", color=(*RED, 90)), "image/png"),
        ("a.png", encoded("PNG", 500, 50, mode="P", color=0, transparency=b"\x50"), "image/png"),
        ("a.webp", encoded("WEBP", 500, 50, mode="RGBA", color=(*RED, 90)), "image/webp"),
        ("a.gif", encoded("GIF", 500, 50, mode="P", color=0, transparency=0), None),
    ],
)
def test_what_can_be_seen_through_stays_so_in_every_copy(name, data, own):
    media = with_copies(name, data)
    with media.file.open() as file:
        original = Image.open(file).convert("RGBA").getpixel((9, 9))
    found = copies(media)
    assert {kind for kind, _ in found} == {"image/avif", "image/webp", own} - {None}
    for image in found.values():
        assert abs(image.convert("RGBA").getpixel((9, 9))[3] - original[3]) < 5


@pytest.mark.parametrize(("mode", "colour"), [("1", 1), ("L", 200), ("P", 0), ("I;16", 40_000), ("LA", (9, 90))])
def test_a_picture_of_any_kind_has_copies(mode, colour):
    assert copies(with_copies("a.png", encoded("PNG", 500, 50, mode=mode, color=colour)))


def test_neither_the_stored_picture_nor_a_copy_says_where_it_was_taken(media_folder):
    large = Image.new("RGB", (900, 600), BLUE)
    large.paste(RED, (0, 0, 450, 300))
    media = with_copies("a.jpg", photograph(orientation=6, image=large))
    assert (media.width, media.height) == (600, 900)
    files = [path for path in media_folder.rglob("*") if path.is_file()]
    assert len(files) == 1 + len(media.variants) > 5
    for path in files:
        image = Image.open(io.BytesIO(path.read_bytes()))
        assert SECRET not in path.read_bytes()
        assert not dict(image.getexif())
        assert not image.info.get("icc_profile")
        assert alike(image.convert("RGB").getpixel((image.width - 9, 9)), RED), path  # upright


def test_a_picture_that_came_in_another_way_has_copies_without_metadata(media_folder):
    media = Media(width=80, height=40, content_type="image/jpeg")
    media.file.save("old.jpg", ContentFile(photograph()))
    make_variants(media)
    assert media.variants
    for variant in media.variants:
        assert SECRET not in (media_folder / variant["path"]).read_bytes()


def test_an_animation_moves_in_every_copy():
    media = with_copies("a.gif", animated("GIF", size=(900, 60), loop=0))
    found = copies(media)
    assert set(found) == {("image/webp", width) for width in (400, 800, 900)}
    for image in found.values():
        times = []
        for frame in ImageSequence.Iterator(image):
            frame.load()
            times.append(frame.info["duration"])
        assert times == [100, 200, 300, 400]
        assert image.info["loop"] == 0
        assert alike(image.convert("RGB").getpixel((9, 9)), (60, 0, 195))
    with media.file.open() as file:
        assert Image.open(file).n_frames == 4


def test_a_long_animation_is_left_as_it_is(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS_IN_FRAMES", 1000)
    assert with_copies("a.gif", animated("GIF", size=(900, 60))).variants == []


def test_making_copies_again_changes_nothing(media_folder):
    media = with_copies("a.jpg", jpeg(900, 600))
    before = sorted(media_folder.rglob("*"))
    assert not make_variants(media)
    assert sorted(media_folder.rglob("*")) == before


def test_copies_that_are_no_longer_right_are_deleted(media_folder, monkeypatch):
    media = with_copies("a.jpg", jpeg(900, 600))
    monkeypatch.setattr(pictures, "WIDTHS", (500,))
    assert make_variants(media)
    kept = {path.relative_to(media_folder).as_posix() for path in (media_folder / "variants").rglob("*.*")}
    assert kept == {variant["path"] for variant in media.variants}
    assert {variant["width"] for variant in media.variants} == {500}


def test_a_deleted_picture_leaves_no_file(media_folder, django_capture_on_commit_callbacks):
    media = with_copies("a.jpg", jpeg(900, 600))
    with django_capture_on_commit_callbacks(execute=True):
        media.delete()
    assert not [path for path in media_folder.rglob("*") if path.is_file()]


def test_the_worker_survives_a_picture_whose_file_is_gone_or_broken(media_folder, caplog):
    from blog import tasks

    media = store_upload("a.jpg", jpeg())
    path = media_folder / media.file.name
    path.write_bytes(jpeg(400, 300)[:900])
    tasks.make_variants.call(media.pk)
    path.unlink()
    tasks.make_variants.call(media.pk)
    tasks.make_variants.call(media.pk + 1)
    assert len([record for record in caplog.records if "No smaller copies" in record.message]) == 2


def test_a_text_is_shown_with_the_copies_as_soon_as_they_are_made(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        media = store_upload("a.jpg", jpeg(900, 600))
    post = PostFactory(body=f"![Le port]({media.file.url})")
    assert "<picture>" not in post.html
    from blog import tasks

    tasks.make_variants.call(media.pk)
    post.refresh_from_db()
    assert post.html.count("<source") == 2


# How pages offer them


def lead_of(client, media):
    post = PostFactory(body="Words.", lead_picture=media)
    (figure,) = with_class(parse(client.get(post.get_absolute_url())), "article-lead")
    return figure


@pytest.mark.parametrize(
    ("name", "data", "sources", "own"),
    [
        ("a.jpg", jpeg(500, 300), ["image/avif", "image/webp"], [400, 500]),
        ("a.png", png(500, 300), ["image/avif", "image/webp"], [400, 500]),
        ("small.jpg", jpeg(300, 200), ["image/avif", "image/webp"], []),
        ("a.webp", encoded("WEBP", 500, 300), ["image/avif"], [400, 500]),
        ("a.avif", encoded("AVIF", 500, 300), ["image/avif"], [400, 500]),
        ("still.gif", encoded("GIF", 500, 300), ["image/avif", "image/webp"], []),
        ("moves.gif", animated("GIF", size=(500, 300)), ["image/webp"], []),
    ],
)
def test_a_browser_chooses_among_formats_and_finds_no_other_format_than_is_said(client, name, data, sources, own):
    media = with_copies(name, data)
    figure = lead_of(client, media)
    assert [source.get("type") for source in figure.iter("source")] == sources
    image = figure.find(".//img")
    candidates = [candidate.split() for candidate in (image.get("srcset") or "").split(", ") if candidate]
    assert [int(width.removesuffix("w")) for _, width in candidates] == own
    assert image.get("src") == media.file.url
    types = {f"/media/{variant['path']}": variant["type"] for variant in media.variants}
    types[media.file.url] = media.content_type
    for source in figure.iter("source"):
        offered = [candidate.split()[0] for candidate in source.get("srcset").split(", ")]
        assert {types[address] for address in offered} == {source.get("type")}
    assert len({types[address] for address, _ in candidates}) <= 1


def test_every_picture_of_a_page_tells_its_size_before_it_is_there(client):
    media = with_copies("a.jpg", jpeg(900, 600))
    post = PostFactory(body=f"![Le port]({media.file.url})\n\nWords.")
    PostFactory(lead_picture=media)
    for address in ("/", post.get_absolute_url()):
        images = list(parse(client.get(address)).iter("img"))
        assert images
        for image in images:
            assert int(image.get("width")) * 600 == int(image.get("height")) * 900


def test_the_lead_is_fetched_at_once_and_what_is_below_later(client):
    media = with_copies("a.jpg", jpeg(900, 600))
    post = PostFactory(
        body=f"Words.\n\n![Le port]({with_copies('b.jpg', jpeg(800, 600)).file.url})", lead_picture=media
    )
    lead, in_text = list(parse(client.get(post.get_absolute_url())).iter("img"))
    assert (lead.get("loading"), lead.get("fetchpriority")) == (None, "high")
    assert (in_text.get("loading"), in_text.get("fetchpriority")) == ("lazy", None)
    for _ in range(3):
        PostFactory(lead_picture=media)
    front = [image.get("loading") for image in parse(client.get("/")).iter("img")]
    assert front[0] is None
    assert set(front[1:]) == {"lazy"}


def test_what_must_stay_in_sight_is_told_wherever_a_picture_is_cut(client):
    media = with_copies("a.jpg", jpeg(900, 600))
    Media.objects.filter(pk=media.pk).update(focal_x=0.2, focal_y=0.9)
    PostFactory(lead_picture=media)
    (image,) = parse(client.get("/")).iter("img")
    assert {"focus-x-2", "focus-y-9"} <= set(image.get("class").split())


def test_the_copies_may_be_kept_for_ever_and_run_nothing(client):
    media = with_copies("a.jpg", jpeg(900, 600))
    response = client.get(f"/media/{media.variants[0]['path']}")
    assert b"".join(response.streaming_content)
    assert response["Content-Type"] == media.variants[0]["type"]
    assert "immutable" in response["Cache-Control"]
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_picture_with_a_comma_or_quotes_in_its_name_breaks_nothing(client):
    media = with_copies('a, "b" <c>.jpg', jpeg(500, 300))
    image = lead_of(client, media).find(".//img")
    assert image.get("src") == media.file.url
