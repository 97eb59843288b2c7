"""Pages made small on their way: kept ones once, the others as they are answered."""

import gzip

import brotli
from django.http import parse_cookie

COMPRESSED = ("text/", "application/xml", "application/rss+xml", "application/atom+xml", "application/feed+json")
SMALLEST = 500  # bytes: below, compressing gains nothing
CODINGS = {
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
    "br": lambda body: brotli.compress(body, quality=5),
}


def is_worth_it(content_type: str, length: int) -> bool:
    return length >= SMALLEST and content_type.startswith(COMPRESSED)


def compressed(application, environ, start_response):
    """Have `application` answer, and make its page smaller if the client likes that.

    Pages of somebody who is logged in stay as they are: how small a page gets tells of its secrets when a stranger can
    put words beside them (BREACH, 2013). The others hold none: a search page repeats what was typed, and what waits
    stands on a page that repeats nothing.
    """
    if not is_public(environ):
        return application(environ, start_response)
    began = {}

    def begin(status, headers, exc_info=None):
        began.update(status=status, headers=headers)

    result = application(environ, begin)
    headers = {name.lower(): value for name, value in began["headers"]}
    # Files and streams go out as they come.
    if getattr(result, "streaming", True) or "content-encoding" in headers or "set-cookie" in headers:
        start_response(began["status"], began["headers"])
        return result
    body = b"".join(result)
    result.close()
    if not is_worth_it(headers.get("content-type", ""), len(body)):
        start_response(began["status"], began["headers"])
        return [body]
    coding = choose(environ.get("HTTP_ACCEPT_ENCODING", ""), ["", *CODINGS])
    sent = CODINGS[coding](body) if coding else body
    start_response(began["status"], [*as_sent(began["headers"], coding, len(sent))])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [sent]


def is_public(environ) -> bool:
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and not environ.get("PATH_INFO", "").startswith("/admin/")
        and "HTTP_AUTHORIZATION" not in environ
        and "sessionid" not in parse_cookie(environ.get("HTTP_COOKIE", ""))
    )


def as_sent(headers, coding: str, length: int):
    """Yield the headers of a page that is sent in `coding`. Its tag gets weak: it was given to other bytes."""
    vary = ["Accept-Encoding"]
    for name, value in headers:
        match name.lower():
            case "vary":
                vary[:0] = [value]
            case "etag" if coding and not value.startswith("W/"):
                yield name, f"W/{value}"
            case "content-length":
                pass
            case _:
                yield name, value
    yield "Vary", ", ".join(vary)
    if coding:
        yield "Content-Encoding", coding
    yield "Content-Length", str(length)


def choose(accepted: str, bodies) -> str:
    """Return the content coding to answer with: brotli, gzip or "" (RFC 9110 § 12.5.3)."""
    if len(bodies) == 1 or not accepted:
        return ""
    if accepted == "gzip, deflate, br" or accepted.startswith("gzip, deflate, br,"):  # what browsers send
        return "br"
    weights = {}
    for item in accepted.lower().split(","):
        name, _, parameters = item.strip().partition(";")
        try:
            weights[name.strip()] = float(parameters.strip().removeprefix("q=") or 1)
        except ValueError:
            weights[name.strip()] = 0.0
    best = max(("br", "gzip"), key=lambda coding: weights.get(coding, weights.get("*", 0)))
    return best if weights.get(best, weights.get("*", 0)) > 0 else ""
