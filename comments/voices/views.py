"""Where other sites say that they link here. Both only look whether that can be; the worker does the rest."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from comments import limits
from comments.clients import client_ip, network_of
from comments.models import Comment
from comments.voices import pingback, tasks
from comments.voices.receiving import Unwanted, check

MOST, WINDOW = 60, 60  # of one network; seconds: a bridge brings a whole conversation at once
RETRY_AFTER = 300  # seconds


class TooMuch(Exception):
    """More than is looked at: the sender may come back."""


def accept(request, source, target, kind):
    """Have the worker look at `source`. Raises `Unwanted` or `TooMuch`."""
    ip = client_ip(request)
    if limits.is_exceeded("mention", network_of(ip) if ip else "nowhere", MOST, WINDOW):
        raise TooMuch
    check(source, target)
    if tasks.is_busy():
        raise TooMuch
    tasks.receive.enqueue(source, target, kind, ip)


@csrf_exempt  # programs send it, and it acts for nobody
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webmention(request):
    """https://www.w3.org/TR/webmention/#receiving-webmentions; for people, a form that does the same by hand."""
    source, target = (request.POST.get(name, "").strip() for name in ("source", "target"))
    if request.method != "POST":
        return answer(request, "", 200, target=request.GET.get("target", "")[:500])
    try:
        accept(request, source, target, Comment.Kind.WEBMENTION)
    except Unwanted as reason:
        return answer(request, str(reason), 400, source=source, target=target)
    except TooMuch:
        words = _("Too many mentions came in a short time. Try again in a few minutes.")
        response = answer(request, words, 429, source=source, target=target)
        response["Retry-After"] = RETRY_AFTER
        return response
    return answer(request, _("Thank you. The page is looked at soon, and appears here once it is approved."), 202)


def answer(request, message, status, source="", target=""):
    """Answer a person with a page and a program with a line."""
    if request.method == "POST" and "text/html" not in request.headers.get("Accept", ""):
        return HttpResponse(f"{message}\n", status=status, content_type="text/plain; charset=utf-8")
    context = {"message": message, "taken": status == 202, "source": source, "target": target}
    return render(request, "comments/webmention.html", context, status=status)


@csrf_exempt
@never_cache
def xmlrpc(request):
    """WordPress's address for XML-RPC. Of all that it does there, only pingbacks are taken."""
    if request.method != "POST":
        words = "XML-RPC server accepts POST requests only.\n"
        return HttpResponse(words, status=405, content_type="text/plain", headers={"Allow": "POST"})
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        source, target = pingback.ping_of(request.read(min(length, pingback.MOST_BYTES + 1)))
        accept(request, source, target, Comment.Kind.PINGBACK)
    except pingback.Fault as found:
        return xml(pingback.fault(found))
    except Unwanted as reason:
        return xml(pingback.fault(pingback.Fault(pingback.TARGET_CANNOT_BE_USED, str(reason))))
    except (TooMuch, ValueError):
        return xml(pingback.fault(pingback.Fault(pingback.BUSY, _("Too many mentions came in a short time."))))
    return xml(pingback.answer(_("Thank you. The page is looked at soon, and appears here once it is approved.")))


def xml(body):
    return HttpResponse(body, content_type="text/xml; charset=utf-8")
