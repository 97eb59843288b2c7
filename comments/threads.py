"""The order of a conversation, as pure functions.

A comment's path is its parent's path followed by its own key: when it was written (seconds, 11 digits)
and its id (10 digits). Sorting by path gives reading order: each comment after the one it answers, brothers by
date. Digits only, so every database collation agrees on the order.

A path is never longer than `LEVELS` keys: below that, replies follow their ancestor by date. The true parent is
kept in `parent`; only the order is flattened, so that an index can hold any path.
"""

KEY_LENGTH = 21
LEVELS = 24
PATH_LENGTH = KEY_LENGTH * LEVELS


def key(comment_id: int, created_at) -> str:
    """Return a comment's own key. Dates before 1970 sort as 1970."""
    return f"{max(0, int(created_at.timestamp())):011d}{comment_id:010d}"


def path(parent_path: str, comment_id: int, created_at) -> str:
    """Return the path of a comment that answers the one at `parent_path` ("" for none)."""
    return parent_path[: PATH_LENGTH - KEY_LENGTH] + key(comment_id, created_at)
