"""What shows posts is right only until the next scheduled one appears."""

import threading

from .dependencies import Recorder, shared

POSTS = "blog_post"
_known: tuple = (None, None)  # the version of the posts, and their next moment
_lock = threading.Lock()


def limit(record: Recorder) -> None:
    """End what `record` is about at the moment of the next post that is published by itself."""
    if record.skipped:
        return
    moment = next_moment(record)
    if moment is not None:
        record.expires = min(record.expires or float("inf"), moment.timestamp())


def next_moment(record: Recorder):
    """Return when the next post after the making of `record` began appears; None when none is scheduled."""
    global _known
    from blog.models import Post

    record.depends_on([POSTS])
    (version,) = shared.current([POSTS])
    known_version, moment = _known
    if version == -1 or version != known_version or (moment and moment.timestamp() <= record.started):
        moment = Post.objects.next_moment_after(record.started)
        with _lock:
            _known = (version, moment)
    return moment


def forget() -> None:
    global _known
    _known = (None, None)
