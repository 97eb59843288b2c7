"""Whether a comment may show at once, and why not. Pure: it is told everything it judges by."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Why something waits, in one word each: by these the moderators' queue is narrowed.
CAUSES = {
    "spam": gettext_lazy("likely spam"),
    "first": gettext_lazy("newcomers"),
    "links": gettext_lazy("many links"),
    "doubt": gettext_lazy("odd form, links or words"),
    "list": gettext_lazy("on the list of what waits"),
    "house": gettext_lazy("address of the house"),
    "everyone": gettext_lazy("everyone waits"),
}


@dataclass(frozen=True)
class Facts:
    """What is known of a comment when it comes in."""

    links: int
    most_links: int
    policy: str  # of DiscussionSettings.Policy
    from_staff: bool = False
    approved_before: bool = False
    claims_staff_address: bool = False
    trusted: bool = False  # on the owner's list of those who never wait
    doubts: tuple[str, ...] = ()  # of its form, its links, its words seen elsewhere; in words
    spam_signs: tuple[str, ...] | None = None  # in words; None where it does not look like spam
    held_by: str | None = None  # the entry of the list of what waits
    blocked_by: str | None = None  # the entry of the list of what is blocked


@dataclass(frozen=True)
class Verdict:
    approved: bool
    blocked: bool = False  # kept with the spam, where a moderator still finds it
    reasons: tuple[str, ...] = ()  # in words, for the moderator
    causes: tuple[str, ...] = ()  # the same, of CAUSES


def judge(facts: Facts) -> Verdict:
    """Return whether the comment shows at once. It waits for any one reason, and all of them are told.

    The rules are WordPress's: the block list, then the policy, the number of links and the list of what waits, whoever
    wrote it. Staff never wait. Whoever is trusted waits only where their words, not their person, give a reason.
    """
    if facts.from_staff:
        return Verdict(approved=True)
    if facts.blocked_by is not None:
        words = _("“%(entry)s” is on the list of what is blocked.") % {"entry": facts.blocked_by}
        return Verdict(approved=False, blocked=True, reasons=(words,), causes=("spam",))
    reasons = []  # (cause, in words)
    if facts.spam_signs is not None:
        reasons.append(("spam", _("It looks like spam: %(signs)s.") % {"signs": ", ".join(facts.spam_signs)}))
    reasons += [("doubt", words) for words in facts.doubts]
    if facts.held_by is not None:
        reasons.append(("list", _("“%(entry)s” is on the list of what waits.") % {"entry": facts.held_by}))
    if facts.claims_staff_address:
        reasons.append(("house", _("It gives the address of somebody of the house, who was not logged in.")))
    if facts.policy == "everyone" and not facts.trusted:
        reasons.append(("everyone", _("Everyone waits for approval.")))
    if facts.policy == "first" and not (facts.approved_before or facts.trusted):
        reasons.append(("first", _("No comment of this name and address has been approved before.")))
    if facts.links > facts.most_links and not facts.trusted:
        words = _("It has %(links)d links; more than %(most)d wait.")
        reasons.append(("links", words % {"links": facts.links, "most": facts.most_links}))
    causes = tuple(dict.fromkeys(cause for cause, _words in reasons))
    return Verdict(approved=not reasons, reasons=tuple(words for _cause, words in reasons), causes=causes)
