"""What is kept of the conversation."""

from .avatar import Avatar, new_avatar_key
from .comment import Comment, tell_search
from .discussion import DiscussionSettings, validate_watchlist
from .following import MutedAddress, Notice, Subscription
from .spam import SpamFilter

__all__ = [
    "Avatar",
    "Comment",
    "DiscussionSettings",
    "MutedAddress",
    "Notice",
    "SpamFilter",
    "Subscription",
    "new_avatar_key",
    "tell_search",
    "validate_watchlist",
]
