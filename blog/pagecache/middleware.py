"""A page is right only until the next scheduled post appears."""

from blog.models import Post

from .dependencies import expires, recorder, shared


class UntilTheNextPost:
    """Ends a kept page's life at the moment of the next post that is published by itself."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.known = (None, None)  # the version of the posts, and their next moment

    def __call__(self, request):
        response = self.get_response(request)
        if (current := recorder.get()) and not current.skipped:
            moment = self.next_moment(current)
            if moment is not None:
                expires(moment)
        return response

    def next_moment(self, current):
        """Return when the next post after the making of this page began appears; None when none is scheduled."""
        current.depends_on(["blog_post"])
        (version,) = shared.current(["blog_post"])
        known_version, moment = self.known
        if version == -1 or version != known_version or (moment and moment.timestamp() <= current.started):
            moment = Post.objects.next_moment_after(current.started)
            self.known = (version, moment)
        return moment
