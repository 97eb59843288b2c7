"""How the filter learns, on made-up decisions."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from comments.spam.classifier import FEWEST, Classifier, threshold_of, train

TALK = "levain farine four pain mie croute recette dimanche merci souvenir".split()
SELLING = "casino bonus cheap pills click free money followers visit channel".split()


def sample(words, is_spam, chance):
    return set(chance.sample(words, 4)) | {"links:1" if is_spam else "links:0"}, is_spam


def decided(count):
    chance = random.Random(7)
    return [sample(SELLING if number % 2 else TALK, bool(number % 2), chance) for number in range(count)]


def test_a_moderator_who_decided_forty_times_is_understood():
    classifier = train(decided(40))
    assert classifier.judge({"casino", "pills", "links:1"}).is_spam
    assert not classifier.judge({"levain", "mie", "links:0"}).is_spam


def test_the_verdict_says_what_told():
    verdict = train(decided(40)).judge({"casino", "levain", "links:1"})
    assert set(verdict.reasons) <= {"casino", "links:1"}
    assert verdict.reasons


def test_with_too_few_decisions_nothing_is_called_spam():
    few = decided(2 * FEWEST - 2)
    assert not train(few).judge({"casino", "pills", "links:1"}).is_spam
    assert not train([]).judge({"casino"}).is_spam


def test_a_moderator_who_contradicts_themself_silences_the_filter():
    """The same words decided both ways: no threshold keeps 99 in 100 right."""
    both_ways = [({"pain", "links:0"}, bool(number % 2)) for number in range(60)]
    assert not train(both_ways).judge({"pain", "links:0"}).is_spam


def test_the_threshold_is_the_lowest_that_is_nearly_always_right():
    assert threshold_of([(3.0, True), (2.0, True), (1.0, False), (0.5, True)]) == 1.5
    assert threshold_of([(3.0, False), (2.0, True)]) == float("inf")
    assert threshold_of([(2.0, True), (2.0, False)]) == float("inf")


def test_learning_twice_gives_the_same_filter():
    assert train(decided(60)) == train(decided(60))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sets(st.text(max_size=5), max_size=6), st.booleans()), max_size=60))
def test_any_decisions_give_a_filter_with_probabilities(samples):
    classifier = train(samples)
    for features, _ in samples:
        assert 0 <= classifier.judge(features).probability <= 1


def test_a_filter_that_knows_nothing_says_nothing():
    assert Classifier().judge({"casino"}).is_spam is False
