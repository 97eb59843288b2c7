"""The order of a conversation, as pure functions.

A comment's path is its parent's path followed by its own key: when it was written (seconds, 11 digits)
and its id (10 digits). Sorting by path gives reading order: each comment after the one it answers, brothers by
date. Digits only, so every database collation agrees on the order.

A path is never longer than `LEVELS` keys: below that, replies follow their ancestor by date. The true parent is
kept in `parent`; only the order is flattened, so that an index can hold any path.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

DATE_LENGTH, ID_LENGTH = 11, 10
KEY_LENGTH = DATE_LENGTH + ID_LENGTH
LEVELS = 24
PATH_LENGTH = KEY_LENGTH * LEVELS


def key(comment_id: int, created_at) -> str:
    """Return a comment's own key. Dates before 1970 sort as 1970."""
    return f"{max(0, int(created_at.timestamp())):0{DATE_LENGTH}d}{comment_id:0{ID_LENGTH}d}"


def path(parent_path: str, comment_id: int, created_at) -> str:
    """Return the path of a comment that answers the one at `parent_path` ("" for none)."""
    return parent_path[: PATH_LENGTH - KEY_LENGTH] + key(comment_id, created_at)


def keys(path: str) -> list[str]:
    """Return the keys of a path, the root's first."""
    return [path[start : start + KEY_LENGTH] for start in range(0, len(path), KEY_LENGTH)]


@dataclass(eq=False)
class Node:
    """A place in a conversation. `comment` is None where one was removed but its replies stand."""

    id: int
    comment: object = None
    replies: list["Node"] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many places there are below it."""
        return sum(1 + reply.size for reply in self.replies)


def arrange(comments: Iterable, *, after: str = "", newest_first: bool = False) -> list[Node]:
    """Return the roots of the conversation that `comments` (each with id and path; in any order) make.

    A comment whose ancestors are missing stands below tombstones in their places: the paths alone tell where those
    were. `after` is the path of the last comment on the page before: what it shares with this page's paths was shown
    there, so that a branch which goes on here begins at the root. With `newest_first`, the newest root comes first.
    """
    comments = sorted(comments, key=lambda comment: comment.path)
    if newest_first:
        comments.sort(key=lambda comment: comment.path[:KEY_LENGTH], reverse=True)
    roots = []
    # `line`: (key, node) from the root down to the last placed. What answers the page before goes to the roots.
    line = [(key, Node(id=0, replies=roots)) for key in keys(after)]
    for comment in comments:
        own_keys = keys(comment.path)
        while line and (len(line) >= len(own_keys) or line[-1][0] != own_keys[len(line) - 1]):
            line.pop()
        for ancestor in own_keys[len(line) : -1]:
            attach(roots, line, ancestor, Node(id=int(ancestor[DATE_LENGTH:])))
        attach(roots, line, own_keys[-1], Node(id=comment.id, comment=comment))
    return roots


def attach(roots, line, own_key, node):
    (line[-1][1].replies if line else roots).append(node)
    line.append((own_key, node))
