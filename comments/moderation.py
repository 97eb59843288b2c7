"""Whether a comment may show at once, and why not. Pure: it is told everything it judges by."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Facts:
    """What is known of a comment when it comes in."""

    links: int
    most_links: int
    policy: str  # of DiscussionSettings.Policy
    from_staff: bool = False
    approved_before: bool = False
    claims_staff_address: bool = False
    spam_signs: tuple[str, ...] | None = None  # in words; None where it does not look like spam


@dataclass(frozen=True)
class Verdict:
    approved: bool
    reasons: tuple[str, ...] = ()  # in words, for the moderator


def judge(facts: Facts) -> Verdict:
    """Return whether the comment shows at once. It waits for any one reason, and all of them are told.

    The rules are WordPress's: the policy, then the number of links, whoever wrote it. Staff never wait.
    """
    if facts.from_staff:
        return Verdict(approved=True)
    reasons = []
    if facts.spam_signs is not None:
        reasons.append(_("It looks like spam: %(signs)s.") % {"signs": ", ".join(facts.spam_signs)})
    if facts.claims_staff_address:
        reasons.append(_("It gives the address of somebody of the house, who was not logged in."))
    if facts.policy == "everyone":
        reasons.append(_("Everyone waits for approval."))
    if facts.policy == "first" and not facts.approved_before:
        reasons.append(_("No comment of this name and address has been approved before."))
    if facts.links > facts.most_links:
        reasons.append(
            _("It has %(links)d links; more than %(most)d wait.") % {"links": facts.links, "most": facts.most_links}
        )
    return Verdict(approved=not reasons, reasons=tuple(reasons))
