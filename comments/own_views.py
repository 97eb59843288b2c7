"""Where those who wrote a comment change it or take it back: for some minutes in the same browser, by the cookie that
came with it; at any time by the link in their mail."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from comments import changes, rendering, waiting
from comments.forms import MOST_CHARACTERS
from comments.mail.views import by_mail
from comments.models import Comment, DiscussionSettings
from comments.views import came_from_here


class OwnWords(forms.Form):
    body = forms.CharField(
        label=gettext_lazy("Comment"),
        validators=[MaxLengthValidator(MOST_CHARACTERS)],
        widget=forms.Textarea({"rows": 12}),
    )


@csrf_exempt  # see `comments.views.came_from_here`
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request, path, post_id, pk):
    minutes = DiscussionSettings.load().edit_minutes
    if pk not in waiting.changeable(request, minutes) or not came_from_here(request):
        message = _("It can be changed for %(minutes)d minutes, in the browser it was written with.")
        return page(request, _("This comment cannot be changed here any more"), message % {"minutes": minutes}, 403)
    return think_again(request, pk)


@by_mail("mine")
def mine(request, value):
    return think_again(request, value)


def think_again(request, pk):
    """Show a comment to whoever wrote it, with the words they sent where those were not taken in, or do as they say."""
    comment = Comment.objects.select_related("post").filter(pk=pk, post__status="published").first()
    if comment is None or comment.status not in changes.CHANGEABLE:
        return page(request, _("This comment is gone"), status=410)
    if request.method != "POST":
        return form_page(request, comment, OwnWords(initial={"body": comment.body}))
    data = {"body": rendering.printable(request.POST.get("body", ""))}
    form = OwnWords(data)
    try:
        match request.POST.get("do"):
            case "withdraw":
                changes.withdraw(comment)
                return page(request, _("Your comment is taken back"), post=comment.post)
            case "preview" if form.is_valid():
                return form_page(request, comment, form, preview=rendering.render(data["body"], comment.post.lang))
            case "save" if form.is_valid():
                return redirect(shown_to(request, changes.change(comment, form.cleaned_data["body"])))
    except changes.Removed:
        return page(request, _("This comment is gone"), status=410)
    return form_page(request, comment, form, status=422)


def shown_to(request, comment):
    """Return where the writer finds their changed comment; where it waits now, only the cookie would show it."""
    is_seen = comment.status == Comment.Status.APPROVED or comment.pk in waiting.read(request)
    return comment if is_seen else comment.post


def form_page(request, comment, form, status=200, **context):
    context = {"comment": comment, "form": form, **context}
    return render(request, "comments/own.html", context, status=status)


def page(request, heading, message="", status=200, **context):
    context = {"heading": heading, "message": message, **context}
    return render(request, "comments/mail/page.html", context, status=status)
