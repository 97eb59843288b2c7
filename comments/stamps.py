"""The stamp of a form: when it was shown, signed. Programs that fill in forms often lack it, or are too quick.

Pages are kept for everybody, so that a stamp may be weeks old; and other programs may send the documented fields
alone. So a stamp says why a comment should wait, and never refuses one.
"""

import time

from django.core import signing
from django.utils.translation import gettext as _

FASTEST = 3  # seconds: nobody reads, thinks and writes in less
LIFE = 60 * 24 * 3600  # seconds


def signer(post_id) -> signing.Signer:
    return signing.Signer(salt=f"comments.stamp.{post_id}")


def moment() -> int:
    """Return the time to stamp, in seconds since 1970."""
    return int(time.time())


def make(post_id) -> str:
    return signer(post_id).sign(str(moment()))


def doubts(stamp: str, post_id) -> list[str]:
    """Return what speaks against a comment that came with `stamp` now, in words; nothing for a good one."""
    try:
        age = time.time() - int(signer(post_id).unsign(stamp[:200]))
    except signing.BadSignature:
        return [_("It did not come from the form of its page.")]
    if age > LIFE:
        return [_("Its form had been open for months.")]
    return [_("It was sent faster than anybody writes.")] if age < FASTEST else []
