"""Where the links of mails lead. A GET asks, a POST acts; the signature in the address is the permission."""

from django.core import signing
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from comments import privacy, subscriptions
from comments.decisions import decide
from comments.mail import links
from comments.models import Comment, Subscription

MOVES = {"approve": Comment.Status.APPROVED, "spam": Comment.Status.SPAM, "trash": Comment.Status.TRASH}


def by_mail(purpose):
    """Return a decorator for a view that is given what a mail's link carries; a link that is none any more is told."""

    def decorate(view):
        @csrf_exempt  # nobody's session is used here: the address itself is the secret
        @never_cache
        @require_http_methods(["GET", "HEAD", "POST"])
        def wrapped(request, token):
            try:
                value = links.read(purpose, token)
            except signing.SignatureExpired:
                days = links.LIVES[purpose] // links.DAY
                words = ngettext("It worked for %(days)d day.", "It worked for %(days)d days.", days)
                return page(request, _("This link has expired"), words % {"days": days}, status=410)
            except signing.BadSignature:
                message = _("Part of it may have been lost on the way. Try to copy it whole from the mail.")
                return page(request, _("This link is not complete"), message, status=404)
            response = view(request, value)
            response["Referrer-Policy"] = "no-referrer"  # the address is a secret: it goes nowhere
            response["X-Robots-Tag"] = "noindex"
            return response

        return wrapped

    return decorate


def page(request, heading, message="", *, status=200, **context):
    context = {"heading": heading, "message": message, **context}
    return render(request, "comments/mail/page.html", context, status=status)


@by_mail("moderate")
def moderate(request, value):
    """Approve a comment, or not. The link acts once: a comment that somebody has decided on stays as it is."""
    pk, move, *rest = value  # the mails of the first release told no round
    comment = Comment.objects.select_related("post").filter(pk=pk).first()
    if comment is None:
        return page(request, _("This comment is gone"), status=410)
    if links.round_of(comment) != (rest[0] if rest else 0) and comment.status == Comment.Status.PENDING:
        return page(request, _("This link was used, or somebody decided meanwhile"), comment=comment)
    if request.method == "POST":
        asked = request.POST.get("move", move)
        if asked in MOVES and decide(Comment.objects.waiting().filter(pk=pk), MOVES[asked]).count:
            return page(request, _("Done: %(status)s") % {"status": MOVES[asked].label}, comment=comment)
        comment.refresh_from_db()
    if comment.status != Comment.Status.PENDING:
        words = _("Somebody has decided already: %(status)s") % {"status": comment.get_status_display()}
        return page(request, words, comment=comment)
    choices = [("approve", _("Approve")), ("spam", _("Spam")), ("trash", _("Trash"))]
    choices.sort(key=lambda choice: choice[0] != move)
    return page(request, _("What shall become of this comment?"), comment=comment, name="move", choices=choices)


@by_mail("follow")
def follow(request, value):
    """The commenter says, for the second time, that they want replies."""
    subscription = Subscription.objects.select_related("comment__post").filter(pk=value).first()
    if subscription is None:
        return page(request, _("This comment is gone"), status=410)
    post = subscription.comment.post
    if request.method == "POST":
        scope = request.POST.get("scope")
        if scope in Subscription.Scope.values:
            subscriptions.confirm(subscription, scope)
            return page(request, _("You will hear from us"), _("Each mail has a link that ends it."), post=post)
    choices = Subscription.Scope.choices
    return page(request, _("Which comments shall we tell you of?"), post=post, name="scope", choices=choices)


@by_mail("unfollow")
def unfollow(request, value):
    """No more mail. A mail program's own button sends List-Unsubscribe=One-Click (RFC 8058) and mutes the thread."""
    subscription = Subscription.objects.select_related("comment__post").filter(pk=value).first()
    if subscription is None:  # its comment was deleted, and the subscription with it
        return page(request, _("You get no more mails"))
    if request.method == "POST":
        everything = request.POST.get("mute") == "everything"
        subscriptions.mute(subscription, everything=everything)
        if request.POST.get("List-Unsubscribe") == "One-Click":
            return HttpResponse("ok\n", content_type="text/plain")
        return page(request, _("You get no more mails"), post=subscription.comment.post)
    choices = [("thread", _("About this article")), ("everything", _("From this blog at all"))]
    heading = _("No more mails?")
    return page(request, heading, post=subscription.comment.post, name="mute", choices=choices)


@by_mail("my_data")
def my_data(request, email):
    """Everything that is kept about the owner of an address: to take away, or to be forgotten."""
    if request.method == "POST":
        if request.POST.get("do") == "export":
            return export_response(privacy.stored_about(email))
        if request.POST.get("do") == "erase":
            privacy.erase(email)
            return page(request, _("You are forgotten here"), _("Your words stay, without your name."))
    count = privacy.comments_of(email).count()
    words = ngettext(
        "%(count)d comment was given with %(email)s.", "%(count)d comments were given with %(email)s.", count
    )
    choices = [("export", _("Download all of it")), ("erase", _("Erase my name, address and picture"))]
    message = words % {"count": count, "email": email}
    return page(request, _("What we keep about you"), message, name="do", choices=choices)


def export_response(data):
    """Return `data` as a JSON file to keep."""
    response = JsonResponse(data, safe=False, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="causerie.json"'
    return response
