"""How two texts differ."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.revisions.comparing import SHOWN_AROUND, Piece, abridged, compare

texts = st.text(alphabet="ab \n.é[", max_size=60)


def told(pieces):
    signs = {"same": "{}", "deleted": "[-{}-]", "inserted": "[+{}+]", "skipped": "…"}
    return "".join(signs[piece.became].format(piece.text) for piece in pieces)


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        ("Du pain, et l'été.", "Du bon pain, et l'hiver.", "Du[+ bon+] pain, et l'[-été-][+hiver+]."),
        ("", "Du pain.", "[+Du pain.+]"),
        ("Du pain.", "", "[-Du pain.-]"),
        ("Du pain.", "Du pain.", "Du pain."),
        ("", "", ""),
        ("Un.\n\nDeux.\n\nTrois.", "Un.\n\nTrois.", "Un.\n\n[-Deux.\n\n-]Trois."),
        ("Un.\nDeux.\n", "Deux.\nUn.\n", "[-Un.\n-]Deux.\n[+Un.\n+]"),
        ("Un.\r\nDeux.", "Un.\nDeux.", "Un.\nDeux."),
    ],
)
def test_the_difference_is_told_in_words(before, after, difference):
    assert told(compare(before, after)) == difference


@given(texts, texts)
def test_the_pieces_make_up_both_texts_and_no_two_alike_are_neighbours(before, after):
    pieces = compare(before, after)
    assert "".join(piece.text for piece in pieces if piece.became != "inserted") == before
    assert "".join(piece.text for piece in pieces if piece.became != "deleted") == after
    assert all(one.became != other.became for one, other in pairwise(pieces))


WORDS = [f"mot{number}" for number in range(300)]


def long_text(seed):
    chance = random.Random(seed)
    return "".join(" ".join(chance.choices(WORDS, k=80)) + "\n" for _ in range(2000))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (long_text(1), long_text(2)),
        (long_text(1).replace("\n", " "), long_text(2).replace("\n", " ")),
        ("a " * 500_000, "a " * 400_000 + "b"),
        ("a\n" * 500_000, "b\n" + "a\n" * 400_000),
        ("[" * 20_000, "[" * 19_000 + "]"),
        ("a " * 290, "b " + "a " * 290),
    ],
    ids=["all else", "one line", "one word", "one word a line", "brackets", "the most work"],
)
def test_a_megabyte_is_compared_with_bounded_effort(before, after):
    """Unbounded, some of these take hours."""
    pieces = compare(before, after)
    assert "".join(piece.text for piece in pieces if piece.became != "inserted") == before


def test_what_stayed_is_left_out_but_for_the_words_around_a_change():
    stayed = "mot " * 1000
    pieces = abridged(compare(f"{stayed}\nancien\n{stayed}", f"{stayed}\nnouveau\n{stayed}"))
    assert [piece.became for piece in pieces] == ["skipped", "same", "deleted", "inserted", "same", "skipped"]
    assert len(pieces[1].text) == SHOWN_AROUND
    assert abridged([Piece("same", "court")]) == [Piece("same", "court")]
