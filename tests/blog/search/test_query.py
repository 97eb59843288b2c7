"""What a visitor’s words ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.search.query import Compound, Phrase, Query, Word, parse


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("pain noir ", [Word("pain"), Word("noir")], []),
        ("pain noi", [Word("pain"), Word("noi", beginning=True)], []),
        ("a", [Word("a")], []),
        ('"pain noir"', [Phrase(("pain", "noir"))], []),
        ("« pain noir »", [Phrase(("pain", "noir"))], []),
        ("“pain noir”", [Phrase(("pain", "noir"))], []),
        ("„pain noir“", [Phrase(("pain", "noir"))], []),
        ('"pain noi', [Phrase(("pain", "noi"), beginning=True)], []),
        ('"pain noir ', [Phrase(("pain", "noir"))], []),
        ('"pain"', [Phrase(("pain",))], []),
        ("pain -noir", [Word("pain")], [Word("noir")]),
        ("pain −noir –blanc", [Word("pain")], [Word("noir"), Word("blanc")]),
        ('pain -"pain noir"', [Word("pain")], [Phrase(("pain", "noir"))]),
        ("pain - noir ", [Word("pain"), Word("noir")], []),
        ("-noir", [], [Word("noir")]),
        ("le pain et la mer ", [Word("pain"), Word("mer")], []),
        ("le ", [Word("le")], []),
        ("l’or ", [Word("or")], []),
        ("pain, noir!", [Word("pain"), Word("noir")], []),
        ("pain pain ", [Word("pain")], []),
        ("example.org ", [Phrase(("example", "org"))], []),
        ("week-end ", [Compound((Word("week"), Word("end")), Word("weekend"))], []),
        ("AND OR NOT ", [Word("or"), Word("not")], []),
        ("a* OR (b:c)^2", [Word("or"), Phrase(("b", "c", "2"))], []),
        ("", [], []),
        (" \t\n", [], []),
        ('!?… « » "" -', [], []),
        ("🎉", [], []),
    ],
)
def test_a_query_asks_for(typed, wanted, unwanted):
    query = parse(typed)
    assert list(query.wanted) == wanted
    assert list(query.unwanted) == unwanted
    assert bool(query) == bool(wanted)


@given(st.text())
def test_any_text_is_a_query(typed):
    query = parse(typed)
    assert isinstance(query, Query)
    assert not query.finished().is_unfinished


@given(st.text(alphabet='abé-−"«»“” ’œ'))
def test_a_word_tells_where_it_was_typed(typed):
    query = parse(typed)
    for word in query.words():
        start, end = word.typed_at
        assert parse(f"{query.typed[start:end]} ").words()[0].word == word.word
