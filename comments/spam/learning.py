"""Learning from the moderators' own decisions, and asking what was learned."""

from functools import lru_cache
from itertools import chain

from django.conf import settings
from django.db.models import Q, Sum
from django.utils import timezone

from comments.models import Comment, Decision, SpamFilter
from comments.spam.classifier import Classifier, Verdict, train
from comments.spam.features import features, host

# Of each kind, the newest: spam changes its words, and a worker has other things to do.
MOST_DECISIONS = 2500
MOST_WEIGHTS = 30_000
ENOUGH_NEWS = 0.01  # of all decisions: learn again when so many are new


def features_of(comment) -> set[str]:
    return features(comment.name, comment.url, comment.body, own_host=host(settings.SITE_URL))


def decisions(status):
    """Return the newest comments that were decided so. Staff are not judged, so nothing is learned from them."""
    decided = Comment.objects.filter(status=status, user=None).order_by("-created_at")
    return decided.only("name", "url", "body", "created_at")[:MOST_DECISIONS]


def news(since) -> int:
    """Return of how many comments somebody decided, or took a decision back, since that moment."""
    newer = Decision.objects.filter(Q(made_at__gt=since) | Q(undone_at__gt=since))
    return newer.aggregate(count=Sum("count"))["count"] or 0


def learn(*, always: bool = False) -> bool:
    """Learn from all decisions again, unless hardly any is new (`always`: even then). Return whether it did."""
    began, known = timezone.now(), SpamFilter.load()
    if not always and known.learned_at and news(known.learned_at) <= known.decisions * ENOUGH_NEWS:
        return False
    spam, ham = decisions(Comment.Status.SPAM), decisions(Comment.Status.APPROVED)
    dated = sorted(chain(spam, ham), key=lambda comment: (comment.created_at, comment.pk))
    classifier = train([(features_of(comment), comment.status == Comment.Status.SPAM) for comment in dated])
    strongest = sorted(classifier.weights.items(), key=lambda item: -abs(item[1]))[:MOST_WEIGHTS]
    known.weights = {feature: round(weight, 4) for feature, weight in strongest}
    known.bias = classifier.bias
    known.threshold = classifier.threshold if classifier.weights and classifier.threshold < float("inf") else None
    known.decisions = len(dated)
    known.learned_at = began
    known.save()
    return True


def current() -> Classifier:
    """Return what was learned last; every process sees it at once."""
    learned_at = SpamFilter.objects.filter(pk=1).values_list("learned_at", flat=True).first()
    return loaded(learned_at) if learned_at else Classifier()


@lru_cache(maxsize=1)
def loaded(learned_at) -> Classifier:
    """Return the filter learned at that moment: tens of thousands of weights are read once a process, not a comment."""
    known = SpamFilter.load()
    threshold = float("inf") if known.threshold is None else known.threshold
    return Classifier(known.weights, known.bias, threshold, known.decisions)


def look_at(comment) -> Verdict:
    """Return what the filter thinks of a comment."""
    return current().judge(features_of(comment))
