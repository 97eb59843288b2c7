"""What the filter notices about a comment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.spam.features import features, in_words


def noticed(body, *, name="Camille", url="", own_host="blog.example"):
    return features(name, url, body, own_host=own_host)


@pytest.mark.parametrize(
    ("body", "feature"),
    [
        ("Visitez https://pills.example/now", "site:pills.example"),
        ("<a href='http://www.pills.example/'>ici</a>", "site:pills.example"),
        ("see casino . com today", "site:casino.com"),
        ("one www.a.example two www.b.example", "links:2"),
        ("only words", "links:0"),
        ("https://pills.example", "sign:bare-link"),
        ("Bravo https://blog.example/2024/05/pain/ !", "sign:own-link"),
        ("write to me@pills.example", "sign:mail"),
        ("earn $500 a day", "sign:money"),
        ("EARN MONEY", "capitals:3"),
        ("Now!!!", "exclamations:3"),
        ("sooooo good", "soo good"),
        ("Abonnez-vous", "abonn"),
        ("mon œuvre", "oeuvr"),
        ("call 0612345678", "0000"),
    ],
)
def test_what_tells_spam_from_talk_is_noticed(body, feature):
    assert feature in noticed(body)


def test_a_link_to_the_blog_itself_is_none_to_elsewhere():
    assert "links:0" in noticed("https://blog.example/2024/05/pain/")


def test_the_name_and_the_website_tell_too():
    found = noticed("Bonjour", name="Cheap Pills", url="https://www.pills.example/buy")
    assert {"name:cheap", "name:pill", "from:pills.example"} <= found


@given(st.text(), st.text(), st.text())
def test_whatever_is_sent_can_be_looked_at_and_told(name, url, body):
    for feature in features(name, url, body, own_host="blog.example"):
        assert in_words(feature)


@pytest.mark.parametrize("unit", ["<", "a.", "www.", "<a href=", "@", "a@a", "&#", "http://", "é"])
def test_a_megabyte_made_to_hurt_is_looked_at_like_any_text(unit):
    assert "links:0" in noticed(unit * (1_000_000 // len(unit))) or noticed(unit * 1000)
