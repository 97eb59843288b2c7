"""How alike two posts are, and lists of the most alike."""

import math
import random
from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.related import gists, lists, ranking
from blog.related.gists import Gist

DAY = 86400


def test_what_few_say_tells_more_than_what_everybody_says():
    weights = ranking.weigh({1: 1, 2: 1}, {1: 9, 2: 2}, 10)
    assert weights[2] > weights[1]
    assert math.hypot(*weights.values()) == pytest.approx(1)


def test_a_title_tells_more_than_the_text_and_a_tag_is_no_word_of_it():
    counted, words = ranking.counts("Pain", [("pain", "Pain")], "Le levain")
    assert counted == {"pain": ranking.TITLE_WEIGHT, "levain": 1, "#pain": ranking.FILING_WEIGHT}
    assert words["#pain"] == "#Pain"


def test_in_a_blog_of_two_posts_that_say_the_same_every_word_still_weighs():
    assert all(weight > 0.1 for weight in ranking.weigh({1: 1, 2: 3}, {1: 2, 2: 2}, 2).values())


def test_of_two_posts_as_alike_the_one_of_the_same_years_is_nearer():
    assert ranking.likeness(0.5, 10 * DAY) > ranking.likeness(0.5, -4000 * DAY) > ranking.likeness(0.4, -4000 * DAY)


def test_sharing_any_term_is_more_than_sharing_a_day():
    assert ranking.likeness(ranking.LEAST_WEIGHT**2, 1e12) > ranking.likeness(0, 0)


def gist(pk, weights, moment=0.0):
    norm = math.hypot(*weights.values()) or 1
    kept = {term: weights[term] / norm for term in sorted(weights) if weights[term] / norm > ranking.LEAST_WEIGHT}
    return Gist(pk, moment, array("I", kept), array("f", kept.values()), [f"w{term}" for term in kept])


def test_the_reason_is_in_the_words_of_the_post_that_recommends():
    one, other = gist(1, {1: 1, 2: 3, 3: 2}), gist(2, {2: 1, 3: 1, 4: 1})
    assert gists.reasons_of(one)(other) == ["w2", "w3"]


shelves = st.lists(
    st.tuples(st.dictionaries(st.integers(1, 9), st.floats(0.01, 1), max_size=4), st.integers(-400, 40)), max_size=30
).map(lambda posts: [gist(pk, terms, days * float(DAY)) for pk, (terms, days) in enumerate(posts)])


@settings(max_examples=60, deadline=None)
@given(shelves)
def test_every_list_holds_the_most_alike_without_a_gap(shelf):
    """Against the simplest way to say it: sort all others, take until KEPT may be read."""
    for one, found in zip(shelf, lists.lists_of_all(shelf, now=0.0), strict=True):
        alike = lists.likenesses(one, shelf)
        everything = sorted((-likeness, other.pk, other.moment <= 0) for other, likeness in alike)
        live = [place for place, entry in enumerate(everything) if entry[2]]
        end = live[lists.KEPT - 1] + 1 if len(live) >= lists.KEPT else len(everything)
        assert found.entries == everything[:end]
        assert lists.list_of(alike, now=0.0).entries == found.entries


def test_few_pairs_are_looked_at_twice(monkeypatch):
    """The dates of two posts are asked for only where their words bring them near a list: else the work doubles."""
    chance, asked = random.Random(1), []
    monkeypatch.setattr(lists, "likeness", lambda *pair: asked.append(pair) or ranking.likeness(*pair))
    shelf = []
    for pk in range(300):
        weights = ranking.weigh({chance.randrange(60): chance.randrange(1, 9) for _ in range(12)}, {}, 300)
        shelf.append(Gist(pk, 86400.0 * pk, array("I", weights), array("f", weights.values()), []))
    found = lists.lists_of_all(shelf, 10**9)
    assert len(asked) < 300 * 299 / 2 / 2
    one_by_one = [lists.list_of(lists.likenesses(gist, shelf), 10**9) for gist in shelf]
    assert [related.entries for related in found] == [related.entries for related in one_by_one]
