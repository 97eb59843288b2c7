"""Taking in what visitors send, and showing their faces."""

import logging
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from blog.models import Post
from blog.views import found_by, render_post
from comments import avatars, limits, rendering, submission, waiting
from comments.clients import client_ip, network_of
from comments.conversation import conversation, place, seen_by
from comments.forms import MOST_CHARACTERS, CommentForm
from comments.models import Avatar, DiscussionSettings
from comments.models.comment import page_address

logger = logging.getLogger(__name__)

DAY = 24 * 3600  # seconds
BUSY = 10  # seconds until one may try again
MOST_PREVIEWS, PREVIEW_WINDOW = 60, 60  # of one network; seconds
MOST_PAGES = 1_000_000  # what databases still count


def find_post(path):
    """Return the post or page at `path`, or 404. Its last slug finds it, as it finds the page."""
    slug = path.split("/")[-1]
    post = found_by(slug, Post.Kind.POST) or found_by(slug, Post.Kind.PAGE)
    if post is None:
        raise Http404
    return post


@require_safe
def page(request, path, number):
    """A further page of a long conversation, at WordPress's address for it. The first is the post's own.

    Redirects keep the `#comment-7` of a link, and where pages are longer than they were in the blog that moved in,
    the script in the page leads on to the comment.
    """
    post = find_post(path)
    number = min(number, MOST_PAGES)
    last = conversation(request, post, number).page.paginator.num_pages
    address = page_address(post, min(number, last))
    if request.path != address:
        return redirect(address)
    return render_post(request, post, comment_page=number)


@require_safe
def permalink(request, path, pk):
    """Leads to a comment on whatever page it stands now; to the post where the comment is gone."""
    post = find_post(path)
    seen = seen_by(request, post)
    found = seen.filter(pk=pk).first() if pk < 2**63 else None
    return redirect(place(found, seen) if found else post)


@csrf_exempt
def submit(request, path, post_id):
    """Take in a comment on a post; show the post with the visitor's words again when it cannot be taken.

    `path` is where the post stood when its form was shown. Only the visitor's browser minds it: see `waiting`.
    """
    post = get_object_or_404(Post.objects.published().select_related("author", "lead_picture"), pk=post_id)
    if request.method != "POST":
        return redirect(f"{post.get_absolute_url()}#respond")
    form = CommentForm(post, request.POST)
    if not came_from_here(request):
        return refuse(request, post, form, 403, _("This was sent from another site. Send it again from here, please."))
    if "preview" in request.POST and not form.has_error("body", "max_length"):
        return preview_in_page(request, post, form)
    if not form.is_valid():
        return refuse(request, post, form, 422)
    visitor = submission.Visitor(
        ip=client_ip(request),
        user_agent=request.headers.get("User-Agent", ""),
        user=request.user if request.user.is_authenticated else None,
    )
    try:
        comment = submission.submit(post, form.cleaned_data, visitor, form.doubts)
    except submission.Closed:
        return refuse(request, post, form, 403, _("Comments on this are closed now."))
    except submission.TooMany as limit:
        message = _("That is a lot of comments in a short time. Your words are kept below: send them in a few minutes.")
        return refuse(request, post, form, 429, message, retry_after=limit.retry_after)
    except OperationalError:  # the database was busy for longer than it lets anybody wait
        logger.exception("A comment could not be taken in")
        message = _("Your comment could not be taken in just now. Your words are kept below: send them once more.")
        return refuse(request, post, form, 503, message, retry_after=BUSY)
    response = redirect(place(comment, seen_by(request, post)))
    response.status_code = 303  # RFC 9110 § 15.4.4: a reload does not send it again
    if submission.is_of(visitor, comment):
        waiting.remember(request, response, comment, minutes=DiscussionSettings.load().edit_minutes)
    return response


def came_from_here(request) -> bool:
    """Whether the form was sent from a page of this site, as far as the browser tells.

    Instead of a CSRF cookie, so that public pages carry nothing per visitor: every current browser sends
    Sec-Fetch-Site (W3C Fetch Metadata) and Origin (RFC 6454) with a POST, and no page can forge them. A client that
    sends neither carries nobody's session.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc in (request.get_host(), urlsplit(settings.SITE_URL).netloc)


def refuse(request, post, form, status, message=None, retry_after=None):
    """Return the post's page with the form as the visitor filled it, and what is wrong with it."""
    if message:
        form.add_error(None, ValidationError(message))
    response = render_post(request, post, status=status, refused_form=form)
    if retry_after:
        response["Retry-After"] = retry_after
    return response


def looks_too_often(request) -> bool:
    ip = client_ip(request)
    return limits.is_exceeded("preview", network_of(ip) if ip else "nowhere", MOST_PREVIEWS, PREVIEW_WINDOW)


def preview_in_page(request, post, form):
    """Show the visitor their words as readers will see them, and the form again. Nothing is kept."""
    form.forgive()
    if looks_too_often(request):
        message = _("That is a lot of previews in a short time. Your words are kept below.")
        return refuse(request, post, form, 429, message, retry_after=PREVIEW_WINDOW)
    return render_post(request, post, refused_form=form, preview=rendering.render(form["body"].value(), post.lang))


@csrf_exempt
@require_POST
def preview(request):
    """Return `body` as readers will see it below a post in `language`, for the script in the page. Nothing is kept."""
    if not came_from_here(request):
        return HttpResponse(status=403)
    body = request.POST.get("body", "")
    if len(body) > MOST_CHARACTERS:
        return HttpResponse(status=413)
    if looks_too_often(request):
        return HttpResponse(status=429, headers={"Retry-After": str(PREVIEW_WINDOW)})
    html = rendering.render(body, request.GET.get("language", ""))
    return HttpResponse(html, headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex"})


@require_safe
def avatar(request, key):
    """The face of a commenter: fetched from Gravatar before, or drawn here."""
    known = Avatar.objects.filter(key=key).first()
    if known and known.image:
        try:
            response = FileResponse(known.image.open("rb"))
        except OSError:  # the file went missing: the face drawn here stands in
            response = None
    else:
        response = None
    response = response or HttpResponse(avatars.identicon(key), content_type="image/svg+xml")
    response["Cache-Control"] = f"public, max-age={DAY}"
    return response
