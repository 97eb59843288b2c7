"""Pictures, films and sounds of this site, where a text names them."""

import dataclasses

import pytest

from blog.rendering import File, Picture, Variant, render
from blog.rendering.pictures import markup, shown_size, sizes_in_text
from tests.blog.rendering.texts import LIBRARY, PORT, WICKED, assert_harmless, parsed, shown

OLD = "https://old.example/wp-content/uploads/2011/10/port.jpg"


def only(html, tag):
    (element,) = parsed(html).iter(tag)
    return element


def test_a_picture_is_offered_in_the_formats_and_widths_there_are():
    picture = only(shown("![Le port](/media/2011/10/port.jpg)"), "picture")
    assert [(source.get("type"), source.get("srcset")) for source in picture.iter("source")] == [
        ("image/avif", "/media/variants/1/400.avif 400w, /media/variants/1/800.avif 800w"),
        ("image/webp", "/media/variants/1/400.webp 400w, /media/variants/1/800.webp 800w"),
    ]
    image = picture.find("img")
    assert image.get("srcset") == (
        "/media/variants/1/400.jpg 400w, /media/variants/1/800.jpg 800w, /media/2011/10/port.jpg 1200w"
    )
    assert (image.get("src"), image.get("width"), image.get("height")) == ("/media/2011/10/port.jpg", "1200", "800")
    assert len({element.get("sizes") for element in picture}) == 1


def test_until_there_are_copies_the_original_serves():
    image = only(shown("![Icône](/media/2011/10/icon.png)"), "img")
    assert image.get("srcset") is None
    assert (image.get("width"), image.get("height")) == ("32", "32")


def test_an_original_too_heavy_for_a_page_is_no_choice():
    wide = dataclasses.replace(PORT, width=6000, height=4000)
    html = markup(wide, width=6000, height=4000, sizes="100vw", alt="")
    assert "6000w" not in html
    assert 'src="/media/2011/10/port.jpg"' in html


@pytest.mark.parametrize(
    ("width", "sizes"),
    [
        (1200, "(min-width: 42rem) 38rem, calc(100vw - 2.25rem)"),
        (608, "(min-width: 42rem) 38rem, calc(100vw - 2.25rem)"),
        (300, "(min-width: 336px) 300px, calc(100vw - 2.25rem)"),
    ],
)
def test_a_browser_is_told_how_wide_a_picture_is_shown(width, sizes):
    assert sizes_in_text(width) == sizes


@pytest.mark.parametrize(
    ("declared", "shown_at"),
    [
        ("300", (300, 200)),
        ("9999", (1200, 800)),
        (None, (1200, 800)),
        ("0", (1200, 800)),
        ("50%", (1200, 800)),
        ("1", (1, 1)),
    ],
)
def test_a_picture_keeps_its_proportions_and_is_never_made_larger(declared, shown_at):
    assert shown_size(PORT, declared) == shown_at


def test_a_picture_that_wordpress_showed_smaller_stays_smaller():
    library = {"https://old.example/wp-content/uploads/2011/10/port-300x200.jpg": PORT}
    html = render(f'<img src="{next(iter(library))}">', "wordpress", language="fr", find_media=library.get).html
    assert (only(html, "img").get("width"), only(html, "img").get("height")) == ("300", "200")


def test_a_picture_without_words_of_its_own_takes_those_of_the_library():
    assert only(shown("![](/media/2011/10/port.jpg)"), "img").get("alt") == PORT.alt
    assert only(shown("![Autre](/media/2011/10/port.jpg)"), "img").get("alt") == "Autre"


def test_what_must_stay_in_sight_is_said_by_classes():
    assert only(shown("![](/media/2011/10/port.jpg)"), "img").get("class") == "focus-x-2 focus-y-10"
    assert only(shown("![](/media/2011/10/icon.png)"), "img").get("class") is None


def test_a_picture_in_a_figure_stands_where_the_figure_does():
    caption = f'[caption align="aligncenter"]<img class="alignleft size-full" src="{OLD}"> Mots[/caption]'
    html = shown(caption, "wordpress")
    assert only(html, "figure").get("class") == "aligncenter"
    assert "alignleft" not in only(html, "img").get("class")
    assert "alignleft" in only(shown(f'<img class="alignleft" src="{OLD}">', "wordpress"), "img").get("class")


@pytest.mark.parametrize("address", ["https://x.example/a.jpg", "/media/gone.jpg", "data:image/png;base64,AA==", ""])
def test_a_picture_from_elsewhere_contacts_nobody(address):
    html = shown(f"a ![Une image]({address}) b")
    assert not list(parsed(html).iter("img"))
    assert "Une image" in html
    assert_harmless(html)


def test_a_link_around_a_picture_from_elsewhere_holds_its_words():
    assert shown("[![Image](https://x.example/a.jpg)](https://a.example/)") == (
        '<figure><a href="https://a.example/">Image</a></figure>'
    )


def test_a_link_to_a_file_of_the_old_site_leads_to_the_one_here():
    assert only(shown(f'<a href="{OLD}"><img src="{OLD}"></a>', "wordpress"), "a").get("href") == PORT.url
    rendered = render(
        "[plan](https://old.example/wp-content/uploads/2011/10/plan.pdf)",
        "markdown",
        language="fr",
        find_media=LIBRARY.get,
    )
    assert rendered.html == '<p><a href="/media/2011/10/plan.pdf">plan</a></p>'
    assert rendered.media_ids == {5}


def eager(html):
    return [image.get("fetchpriority") for image in parsed(html).iter("img") if image.get("loading") != "lazy"]


def test_the_first_picture_is_fetched_at_once_and_all_others_later():
    html = shown("![](/media/2011/10/port.jpg)\n\nMots.\n\n![](/media/2011/10/icon.png)")
    assert [image.get("loading") for image in parsed(html).iter("img")] == [None, "lazy"]
    assert eager(html) == ["high"]


def test_below_a_lead_picture_none_is_hurried():
    source = "![](/media/2011/10/icon.png)\n\nMots."
    assert eager(shown(source, lead_id=1)) == []
    # A lead picture that the text shows too is not shown above it.
    assert eager(shown(source + "\n\n![](/media/2011/10/port.jpg)", lead_id=1)) == ["high"]
    assert eager(shown(source + "\n\n[lien](/media/2011/10/port.jpg)", lead_id=1)) == []


def test_a_picture_far_down_is_not_hurried():
    assert eager(shown("Mots. " * 200 + "\n\n![](/media/2011/10/port.jpg)")) == []


def test_a_gallery_of_wordpress_shows_its_pictures_with_their_captions():
    html = shown('[gallery columns="2" ids="7,404"]', "wordpress")
    (item,) = parsed(html).iter("li")  # what is gone leaves no hole
    assert item.find("figure/a").get("href") == PORT.url
    assert item.find("figure/figcaption").text == PORT.caption
    assert item.find(".//img").get("alt") == PORT.alt
    assert "12rem" in item.find(".//img").get("sizes")


@pytest.mark.parametrize(
    ("source", "source_format"),
    [
        ("![Un film](/media/2011/10/film.mp4)", "markdown"),
        ('<video src="/media/2011/10/film.mp4" autoplay preload="auto" title="Un film">non</video>', "wordpress"),
        (
            '<video controls><source src="https://x.example/a"><source src="/media/2011/10/film.mp4"></video>',
            "markdown",
        ),
    ],
)
def test_a_film_of_this_site_loads_when_somebody_plays_it(source, source_format):
    film = only(shown(source, source_format), "video")
    assert (film.get("src"), film.get("preload"), film.get("controls")) == ("/media/2011/10/film.mp4", "none", "")
    assert film.get("aria-label") == "Un film"
    assert film.find("a").get("href") == "/media/2011/10/film.mp4"
    assert "autoplay" not in film.attrib


def test_a_film_may_have_a_poster_of_this_site_alone():
    film = '<video poster="{}" src="/media/2011/10/film.mp4"></video>'
    assert only(shown(film.format("/media/2011/10/port.jpg"), "wordpress"), "video").get("poster") == PORT.url
    assert only(shown(film.format("https://x.example/a.jpg"), "wordpress"), "video").get("poster") is None


def test_a_sound_has_its_words_as_caption():
    figure = only(shown("![Le ressac](/media/2011/10/son.mp3)"), "figure")
    assert figure.find("audio").get("src") == "/media/2011/10/son.mp3"
    assert [caption.text for caption in figure.iter("figcaption")] == ["Le ressac"]
    figure = only(shown('![Le ressac](/media/2011/10/son.mp3 "À Brest")'), "figure")
    assert [caption.text for caption in figure.iter("figcaption")] == ["À Brest"]


@pytest.mark.parametrize("tag", ["video", "audio"])
def test_a_recording_from_elsewhere_becomes_a_link(tag):
    html = shown(f'<{tag} src="https://x.example/a.ogg" title="Un son"></{tag}>', "wordpress")
    assert only(html, "a").attrib == {"href": "https://x.example/a.ogg", "rel": "external"}
    assert not list(parsed(html).iter(tag))


def test_a_document_shown_as_a_picture_becomes_a_link():
    assert only(shown("![Le plan](/media/2011/10/plan.pdf)"), "a").get("href") == "/media/2011/10/plan.pdf"


def test_names_and_words_with_quotes_and_brackets_break_nothing():
    wicked = "\"><img src=x onerror=x()> ' & < > `"
    picture = Picture(
        media_id=9,
        url=WICKED,
        width=10,
        height=10,
        alt=wicked,
        caption=wicked,
        variants=tuple(Variant("image/webp", width, f'/media/a"b>{width}.webp') for width in (1, 2)),
    )
    file = File(8, '/media/a"b>.mp3', "audio/mpeg", wicked)
    library = {"/a": picture, "/b": file, "/?attachment_id=1": picture}
    source = f"![](/a)\n\n![{wicked}](/a '{wicked}')\n\n![](/b)\n\n![{wicked}](/b)"
    for text, source_format in ((source, "markdown"), ('[gallery ids="1"]<audio src="/b"></audio>', "wordpress")):
        html = render(text, source_format, language="en", find_media=library.get).html
        assert not [element for element in parsed(html).iter() if element.get("onerror")]
        assert {image.get("src") for image in parsed(html).iter("img")} == {WICKED}
