"""Films and sounds from elsewhere: a card that contacts nobody before the click."""

import re

import pytest

from blog.rendering import embeds
from tests.blog.rendering.texts import parsed, shown

YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
PLAYER = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"
UUID = "9c9de5e8-0a1e-484a-b099-e80766180a6d"


def cards(html):
    """Return (words, page, player) of each card in `html`."""
    paragraphs = [element for element in parsed(html).iter("p") if element.get("class") == "embed"]
    return [(link.text, link.get("href"), link.get("data-player")) for p in paragraphs for link in p.iter("a")]


@pytest.mark.parametrize(
    ("address", "page", "player"),
    [
        (YOUTUBE, YOUTUBE, PLAYER),
        ("http://youtube.com/watch?feature=share&v=dQw4w9WgXcQ", YOUTUBE, PLAYER),
        ("https://m.youtube.com/watch?v=dQw4w9WgXcQ&list=PL1", YOUTUBE, PLAYER),
        ("https://youtu.be/dQw4w9WgXcQ?si=x", YOUTUBE, PLAYER),
        ("https://youtu.be/dQw4w9WgXcQ?t=1m30s", f"{YOUTUBE}&t=90", f"{PLAYER}&start=90"),
        (f"{YOUTUBE}#t=90", f"{YOUTUBE}&t=90", f"{PLAYER}&start=90"),
        ("https://www.youtube.com/embed/dQw4w9WgXcQ?start=7&feature=oembed", f"{YOUTUBE}&t=7", f"{PLAYER}&start=7"),
        ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", YOUTUBE, PLAYER),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ", YOUTUBE, PLAYER),
        ("https://vimeo.com/123456789", "https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789?dnt=1&autoplay=1"),
        (
            "https://player.vimeo.com/video/123456789?h=abcdef0123&title=0",
            "https://vimeo.com/123456789/abcdef0123",
            "https://player.vimeo.com/video/123456789?dnt=1&autoplay=1&h=abcdef0123",
        ),
        ("https://vimeo.com/channels/staffpicks/123456789", "https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789?dnt=1&autoplay=1"),
        ("https://www.dailymotion.com/video/x8abcde_un-titre", "https://www.dailymotion.com/video/x8abcde", "https://geo.dailymotion.com/player.html?video=x8abcde"),
        ("//www.dailymotion.com/embed/video/x8abcde", "https://www.dailymotion.com/video/x8abcde", "https://geo.dailymotion.com/player.html?video=x8abcde"),
        ("https://dai.ly/x8abcde", "https://www.dailymotion.com/video/x8abcde", "https://geo.dailymotion.com/player.html?video=x8abcde"),
        (
            "https://soundcloud.com/someone/a-song",
            "https://soundcloud.com/someone/a-song",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fsomeone%2Fa-song&auto_play=true",
        ),
        (
            "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1234&color=ff5500",
            "https://api.soundcloud.com/tracks/1234",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F1234&auto_play=true",
        ),
        (f"https://framatube.org/w/{UUID}", f"https://framatube.org/w/{UUID}", f"https://framatube.org/videos/embed/{UUID}?autoplay=1&p2p=0"),
        (f"https://framatube.org/videos/watch/{UUID}?start=5s", f"https://framatube.org/w/{UUID}", f"https://framatube.org/videos/embed/{UUID}?autoplay=1&p2p=0"),
    ],
)  # fmt: skip
def test_a_film_or_sound_becomes_a_card(address, page, player):
    frame = f'<iframe width="560" src="{address.replace("&", "&amp;")}" allowfullscreen></iframe>'
    assert [card[1:] for card in cards(shown(f"Avant.\n\n{frame}\n\nAprès.", "wordpress"))] == [(page, player)]
    if address.startswith("http"):
        assert [card[1:] for card in cards(shown(f"Avant.\n\n{address}\n\nAprès."))] == [(page, player)]
        assert [card[1:] for card in cards(shown(f"Avant.\n\n{address}\n\nAprès.", "wordpress"))] == [(page, player)]
        assert [card[1:] for card in cards(shown(f"[embed]{address}[/embed]", "wordpress"))] == [(page, player)]


def test_every_player_is_of_a_host_that_the_security_policy_lets_in():
    elsewhere = [f"https://{host}/w/{UUID}" for host in embeds.PEERTUBE]
    source = "\n\n".join(
        [YOUTUBE, "https://vimeo.com/123456789", "https://dai.ly/x8abcde", "https://soundcloud.com/a/b", *elsewhere]
    )
    players = [player for *_, player in cards(shown(source))]
    assert len(players) == 4 + len(embeds.PEERTUBE)
    assert {re.match("https://[^/]+", player)[0] for player in players} == set(embeds.PLAYER_HOSTS)


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Voir sur YouTube"), ("en", "Watch on YouTube"), ("de", "Watch on YouTube")]
)
def test_the_card_says_what_will_happen_in_the_texts_language(language, words):
    assert cards(shown(YOUTUBE, language=language))[0][0] == words


def test_a_frame_with_a_title_keeps_it():
    html = shown('<iframe title="Un film" src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>', "wordpress")
    assert cards(html)[0][0] == "Un film – YouTube"


def test_an_address_alone_on_its_line_divides_its_paragraph():
    html = shown(f"Avant,\n*juste* avant :\n{YOUTUBE}\nAprès.")
    assert [element.get("class") for element in parsed(html).iter("p")] == [None, "embed", None]
    assert html.startswith("<p>Avant,\n<em>juste</em> avant :</p>")
    assert html.endswith("<p>Après.</p>")


@pytest.mark.parametrize(
    "source",
    [
        f"Voir {YOUTUBE} pour cela.",
        f"[Un lien]({YOUTUBE})",
        f"*avant\n{YOUTUBE}\naprès*",
        f"`{YOUTUBE}`",
        f"    {YOUTUBE}",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com/@someone",
        "https://vimeo.com/about",
        "https://soundcloud.com/someone",
        "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
        f"https://peertube.unknown.example/w/{UUID}",
    ],
)
def test_nothing_else_becomes_a_card(source):
    html = shown(source)
    assert cards(html) == []
    assert re.sub(r"^.*(https://)", r"\1", source.split("\n")[-1]).strip("`*)[] ")[:20] in html or "avant" in source


def test_another_address_alone_in_its_paragraph_becomes_a_link():
    html = shown("https://a.example/b?c=1&d=2")
    assert html == '<p><a href="https://a.example/b?c=1&amp;d=2">https://a.example/b?c=1&amp;d=2</a></p>'


def test_a_frame_from_anywhere_else_becomes_a_link():
    html = shown('<iframe src="https://maps.example/?q=1" title="Le plan"></iframe>', "wordpress")
    assert html == '<p><a href="https://maps.example/?q=1">Le plan</a></p>'


def test_the_block_of_an_embed_keeps_its_caption():
    block = (
        '<!-- wp:embed {"url":"x"} -->\n<figure class="wp-block-embed is-type-video">'
        '<div class="wp-block-embed__wrapper">'
        f"\n{YOUTUBE}\n</div><figcaption>Légende</figcaption></figure>\n<!-- /wp:embed -->"
    )
    html = shown(block, "wordpress")
    assert cards(html)[0][1:] == (YOUTUBE, PLAYER)
    assert parsed(html).find("figure/figcaption").text == "Légende"
