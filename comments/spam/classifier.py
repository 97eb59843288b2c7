"""A filter that learns. Pure.

Naive Bayes gives each feature its log-ratio; logistic regression then learns how much of each to believe, so that
words which always come together do not count twice (Wang and Manning, “Baselines and Bigrams”, 2012). It says “spam”
only above a threshold at which, on the decisions it learned from, 99 in 100 of what it calls spam was spam.
"""

import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

EPOCHS = 12
RATE = 0.3
SMOOTHING = 1.0
PRECISION = 0.99
FOLDS = 5
FEWEST = 10  # decisions of each kind before it says anything
REASONS = 4

Sample = tuple[set[str], bool]  # the features, and whether it was spam


@dataclass(frozen=True)
class Verdict:
    """`probability` that it is spam, whether that is enough to say so, and the features that told most."""

    probability: float
    is_spam: bool
    reasons: tuple[str, ...] = ()


@dataclass
class Classifier:
    """`weights` of features (positive for spam), to be scaled by the square root of how many are known."""

    weights: dict[str, float] = field(default_factory=dict)
    bias: float = 0.0
    threshold: float = math.inf  # of the score
    decisions: int = 0

    def known(self, features: Iterable[str]) -> list[str]:
        return [feature for feature in features if feature in self.weights]

    def score(self, features: Iterable[str]) -> float:
        known = self.known(features)
        scale = 1 / math.sqrt(len(known)) if known else 0
        return self.bias + scale * sum(self.weights[feature] for feature in known)

    def judge(self, features: Iterable[str]) -> Verdict:
        known = self.known(features)
        score = self.score(known)
        told = [(-self.weights[feature], feature) for feature in known if self.weights[feature] > 0]
        return Verdict(
            logistic(score), score >= self.threshold, tuple(feature for _, feature in sorted(told)[:REASONS])
        )


def logistic(score: float) -> float:
    return 1 / (1 + math.exp(-max(-35.0, min(35.0, score))))


def train(samples: Sequence[Sample]) -> Classifier:
    """Return a classifier that learned from `samples`. With too few of either kind it calls nothing spam."""
    kinds = Counter(is_spam for _, is_spam in samples)
    if min(kinds[True], kinds[False]) < FEWEST:
        return Classifier(decisions=len(samples))
    classifier = fit(samples)
    classifier.threshold = threshold_of(out_of_fold(samples))
    return classifier


def log_ratios(samples: Sequence[Sample]) -> dict[str, float]:
    """Return how much each feature speaks for spam, by naive Bayes (Bernoulli, smoothed)."""
    seen = {True: Counter(), False: Counter()}
    total = Counter()
    for features, is_spam in samples:
        seen[is_spam].update(features)
        total[is_spam] += 1
    return {
        feature: math.log(
            ((seen[True][feature] + SMOOTHING) / (total[True] + 2 * SMOOTHING))
            / ((seen[False][feature] + SMOOTHING) / (total[False] + 2 * SMOOTHING))
        )
        for feature in seen[True].keys() | seen[False].keys()
    }


def fit(samples: Sequence[Sample]) -> Classifier:
    """Return a classifier without a threshold: AdaGrad on the logistic loss, in an order that is always the same."""
    ratios = log_ratios(samples)
    ready = [(sorted(features), 1 / math.sqrt(len(features) or 1), is_spam) for features, is_spam in samples]
    beliefs = dict.fromkeys(ratios, 0.0)
    squares = dict.fromkeys(ratios, 1e-8)
    bias = 0.0
    order = random.Random(0)  # noqa: S311, no secret
    for _epoch in range(EPOCHS):
        order.shuffle(ready)
        for features, scale, is_spam in ready:
            score = bias + scale * sum(beliefs[feature] * ratios[feature] for feature in features)
            error = logistic(score) - is_spam
            bias -= 0.05 * error
            step = error * scale
            for feature in features:
                gradient = step * ratios[feature]
                squares[feature] += gradient * gradient
                beliefs[feature] -= RATE * gradient / math.sqrt(squares[feature])
    weights = {feature: beliefs[feature] * ratios[feature] for feature in ratios}
    return Classifier(weights=weights, bias=bias, decisions=len(samples))


def out_of_fold(samples: Sequence[Sample]) -> list[tuple[float, bool]]:
    """Return the score and the truth of each sample, scored by a classifier that did not learn from it."""
    scored = []
    for fold in range(FOLDS):
        classifier = fit([sample for number, sample in enumerate(samples) if number % FOLDS != fold])
        scored += [(classifier.score(features), is_spam) for features, is_spam in samples[fold::FOLDS]]
    return scored


def threshold_of(scored: Iterable[tuple[float, bool]]) -> float:
    """Return the lowest score above which PRECISION of `scored` is spam; infinity when there is none.

    It lies in the middle of the gap below: where the two kinds are far apart, something in between may still come.
    """
    ranked = sorted(scored, reverse=True)
    threshold, spam = math.inf, 0
    for position, (score, is_spam) in enumerate(ranked, start=1):
        spam += is_spam
        below = ranked[position][0] if position < len(ranked) else score
        if (below < score or position == len(ranked)) and spam / position >= PRECISION:
            threshold = (score + below) / 2
    return threshold
