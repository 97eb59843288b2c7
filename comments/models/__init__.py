"""What is kept of the conversation."""

from .avatar import Avatar, new_avatar_key
from .comment import Comment, tell_search
from .decision import Decision
from .discussion import DiscussionSettings, validate_watchlist
from .following import MutedAddress, Notice, Subscription
from .spam import SpamFilter
from .voices import LONGEST_ADDRESS, SentMention, Voice

__all__ = [
    "LONGEST_ADDRESS",
    "Avatar",
    "Comment",
    "Decision",
    "DiscussionSettings",
    "MutedAddress",
    "Notice",
    "SentMention",
    "SpamFilter",
    "Subscription",
    "Voice",
    "new_avatar_key",
    "tell_search",
    "validate_watchlist",
]
