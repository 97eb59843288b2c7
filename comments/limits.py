"""How often somebody may ask for something that costs."""

from django.core.cache import cache


def is_exceeded(purpose: str, who: str, most: int, seconds: int) -> bool:
    """Count one more request of `who`; whether there were more than `most` in `seconds`.

    The cache that forgets forgets the count too: this protects the server's time, not anybody's words.
    """
    key = f"limit:{purpose}:{who}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > most
    except ValueError:  # it ran out in between
        return False
