"""The headers of pages that show a conversation."""

from comments import waiting


class ConversationHeaders:
    """Keep a page with somebody's waiting words out of shared caches, and allow Gravatar where the author does."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if waiting.COOKIE in request.COOKIES:
            response["Cache-Control"] = "private, no-store"
        if getattr(request, "shows_gravatars", False):
            response._csp_update = {"img-src": "https://gravatar.com"}
        return response
