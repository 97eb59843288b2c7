"""The headers of pages that show a conversation."""

from comments import waiting


class ConversationHeaders:
    """Keep a page with somebody's waiting words out of shared caches, allow Gravatar where the author does, and say
    where other sites may tell of links."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if waiting.COOKIE in request.COOKIES:
            response["Cache-Control"] = "private, no-store"
        if getattr(request, "shows_gravatars", False):
            response._csp_update = {"img-src": "https://gravatar.com"}
        if addresses := getattr(request, "mention_endpoints", None):
            response["Link"] = f'<{addresses["webmention"]}>; rel="webmention"'
            response["X-Pingback"] = addresses["xmlrpc"]
        return response
