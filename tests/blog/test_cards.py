"""The picture of a post that has none."""

import datetime
import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from blog import cards
from blog.cards import HEIGHT, TEXT_WIDTH, WIDTH, Card, drawable, face_of, known_characters, wrapped
from blog.models import Post, SiteSettings
from blog.sharing import card_of, card_path
from blog.views import sharing
from tests.factories import CategoryFactory, PostFactory

TITLE = "Les cahiers de l’été où l’on découvre comment le plomb, l’étain et l’antimoine se sont mis d’accord"


def card(title, rubric="Arts", signature="The Press"):
    return Card(title=title, rubric=rubric, signature=signature)


def drawn(title, **words):
    return Image.open(io.BytesIO(card(title, **words).draw())).convert("RGB")


def title_of(image):
    return image.crop((40, 125, WIDTH, 500))


def is_blank(image):
    return len(image.getcolors(10_000)) == 1


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def no_system_fonts(monkeypatch):
    monkeypatch.setattr(cards, "SERIFS", ())
    monkeypatch.setattr(cards, "SANS", ())


# The drawing


@pytest.mark.parametrize(
    "title", ["Ink", TITLE, "Une très longue histoire " * 12, "a" * 300, "", "🎉", "漢字", "عنوان"]
)
def test_a_card_is_a_picture_that_previews_show_whole(title):
    image = drawn(title)
    assert image.size == (WIDTH, HEIGHT) == (1200, 630)
    # Nothing runs into the margin or the rule below.
    assert is_blank(image.crop((WIDTH - 40, 0, WIDTH, HEIGHT)))
    assert is_blank(image.crop((40, 494, WIDTH, 506)))


def test_a_card_is_small_and_always_the_same():
    assert len(card(TITLE).draw()) < 60_000
    assert card(TITLE).draw() == card(TITLE).draw()


def test_different_words_have_different_addresses():
    found = {card(*words).digest for words in [("a",), ("b",), ("a", "b"), ("a", "Arts", "c"), ("a", "", "b")]}
    assert len(found) == 5


def test_a_title_that_nothing_can_draw_leaves_the_name_of_the_blog(no_system_fonts):
    assert (
        title_of(drawn("漢字")).tobytes() == title_of(drawn("🎉")).tobytes() == title_of(drawn("The Press")).tobytes()
    )


@pytest.mark.parametrize("title", ["Œuvre « à l’été » – déçue", "漢字 and Latin", "Emoji 🎉 party"])
def test_a_character_without_a_shape_is_never_a_box(no_system_fonts, title):
    text, face = drawable(title, (), 40)
    assert known_characters(None, text) >= set(text)
    assert text
    assert face.getlength(text) > 0


def test_a_face_without_accents_still_says_the_words(no_system_fonts):
    text, _ = drawable("Œuvre « à l’été » – déçue", (), 40)
    assert text.replace("\u00a0", " ") == "OEuvre « a l’ete » - decue"


def test_the_face_that_draws_most_of_a_title_is_taken(monkeypatch):
    known = {"poor": set("loge"), "rich": set("Éloge"), None: set("log")}
    monkeypatch.setattr(cards, "known_characters", lambda name, text: known[name])
    monkeypatch.setattr(cards, "face_of", lambda name, size: (name, size))
    assert drawable("Éloge", ("poor", "rich"), 40) == ("Éloge", ("rich", 40))


def test_lines_are_even_and_french_punctuation_stays_with_its_word():
    text, face = drawable("OccupyKlout : les « indignés » du Klout, et tous les autres", cards.SERIFS, 60)
    lines = wrapped(text, face, 700)
    assert " ".join(lines).replace("\u00a0", " ") == text.replace("\u00a0", " ")
    assert not any(line.startswith((":", "»")) or line.endswith("«") for line in lines)
    lengths = [face.getlength(line) for line in lines]
    assert min(lengths) > max(lengths) / 2


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_words_make_a_card(words):
    assert drawn(words, rubric=words, signature=words).size == (WIDTH, HEIGHT)


def test_no_line_is_wider_than_the_card():
    for title in (TITLE, "a" * 300, "mot " * 70):
        for _, line, face in cards.placed(title):
            assert face.getlength(line) <= TEXT_WIDTH


def test_pillow_carries_a_face_where_the_machine_has_none():
    assert face_of("no-such-font.ttf", 40) is None
    assert face_of(None, 40).getlength("a") > 0


# Its address


def path_of(post):
    return card_path(post, card_of(post, SiteSettings.load()))


@pytest.mark.django_db
def test_a_card_is_drawn_once_and_may_be_kept_for_ever(client, monkeypatch):
    post = PostFactory(title="Ink", categories=[CategoryFactory(name="Arts")])
    response = client.get(path_of(post))
    assert response["Content-Type"] == "image/png"
    assert "immutable" in response["Cache-Control"]
    content = response.content
    expected = Image.open(io.BytesIO(Card("Ink", "Arts", "Causerie").draw())).convert("RGB")
    assert not ImageChops.difference(Image.open(io.BytesIO(content)).convert("RGB"), expected).getbbox()
    monkeypatch.setattr(Card, "draw", lambda self: pytest.fail("drawn again"))
    assert client.get(path_of(post)).content == content


@pytest.mark.django_db
def test_a_new_title_has_a_new_card_to_which_the_old_address_leads(client):
    post = PostFactory(title="Before")
    old = path_of(post)
    assert client.get(old).status_code == 200
    post.title = "After"
    post.save()
    assert path_of(post) != old
    assert client.get(old)["Location"] == path_of(post)
    assert client.get(path_of(post)).status_code == 200
    assert len(default_storage.listdir(f"cards/{post.pk}")[1]) == 1  # the old one is gone


@pytest.mark.django_db
def test_nobody_sees_the_card_of_what_is_not_published(client):
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    for hidden in (PostFactory(status=Post.Status.DRAFT), PostFactory(published_at=tomorrow)):
        assert client.get(path_of(hidden)).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/card/1-x.png", "/card/99999999999999999999999-x.png"])
def test_the_card_of_nothing_is_a_404(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_an_invented_address_draws_nothing(client, monkeypatch):
    post = PostFactory()
    monkeypatch.setattr(Card, "draw", lambda self: pytest.fail("drawn"))
    assert client.get(f"/card/{post.pk}-{'0' * 16}.png").status_code == 302


@pytest.mark.django_db
def test_somebody_who_would_wait_too_long_is_asked_to_come_back(client, monkeypatch):
    monkeypatch.setattr(sharing, "LONGEST_WAIT", 0.01)
    post = PostFactory()
    with sharing.DRAWING:
        response = client.get(path_of(post))
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert client.get(path_of(post)).status_code == 200


def test_many_who_ask_at_once_have_it_drawn_once(monkeypatch):
    drawings = []
    draw = Card.draw
    monkeypatch.setattr(Card, "draw", lambda self: drawings.append(self) or draw(self))
    monkeypatch.setattr(sharing, "LONGEST_WAIT", 60)
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(lambda _: sharing.stored(card("Ink"), folder="cards/1"), range(8)))
    assert len(drawings) == len(set(names)) == 1
