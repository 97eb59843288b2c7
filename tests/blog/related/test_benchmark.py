"""What `make bench-related` prints is worth believing."""

import pytest

from benchmarks.related import first_relevant, measure


def test_the_first_five_count():
    judged = [(1.0 - place / 10, place in (0, 3, 5)) for place in range(10)]
    assert first_relevant(judged) == 2


def test_of_equally_ranked_posts_the_mean_counts_and_no_draw_decides():
    assert first_relevant([(0, True), (0, False)] * 10) == 2.5
    assert first_relevant([(2, True)] * 3 + [(1, True), (1, False), (1, False), (1, False)]) == 3.5


def test_chance_is_how_many_of_the_other_tagged_posts_share_a_tag():
    posts = [
        {"title": "One", "date": "2010-01-01", "tags": tags, "text": "words"}
        for tags in [["a"]] * 4 + [["b"]] * 8 + [[]] * 20
    ]
    of_a, of_b = 3 / 11, 7 / 11
    assert measure(posts)["by chance"] == pytest.approx((4 * of_a + 8 * of_b) / 12)
