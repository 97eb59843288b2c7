"""Other words by which a post is found: what apps that `blog` has never heard of know about it.

An app registers a source when it is ready, and calls `blog.search.index.update` when its words change.
"""

from collections.abc import Callable, Iterable

Source = Callable[[Iterable[int]], dict[int, str]]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a source: it is given keys of posts, and returns what everybody may read about them, by key."""
    if source not in _sources:
        _sources.append(source)


def words_about(pks: Iterable[int]) -> dict[int, str]:
    """Return what the sources say of these posts, by key; posts of which they say nothing are left out."""
    pks, said = list(pks), {}
    for source in _sources:
        for pk, text in source(pks).items():
            said[pk] = f"{said[pk]}\n{text}" if pk in said else text
    return said
