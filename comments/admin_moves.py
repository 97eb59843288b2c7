"""What moderators do to comments from their list, one or many at once, and undo.

Each address takes a form and leads back to the list. The script of the list sends the same forms, asks for JSON, and
is told what became of which comment.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from comments import decisions, queue
from comments.admin_forms import ChosenForm, ReplyForm
from comments.admin_list import status_names
from comments.models import Comment, Decision

MOVES = {  # in an address: (the status it gives, the words on its button)
    "approve": (Comment.Status.APPROVED, _("Approve")),
    "wait": (Comment.Status.PENDING, _("Put back to waiting")),
    "spam": (Comment.Status.SPAM, _("Spam")),
    "trash": (Comment.Status.TRASH, _("Trash")),
}


def told(decision) -> str:
    """Return what was decided, in words."""
    words = ngettext("%(count)d comment: %(status)s", "%(count)d comments: %(status)s", decision.count)
    return words % {"count": decision.count, "status": Comment.Status(decision.status).label}


def last_decision(decision) -> dict:
    """Return what a page shows of the decision that can be undone next; nothing where there is none."""
    if decision is None:
        return {"last_decision": "", "undo_address": ""}
    address = reverse("admin:comments_comment_undo", args=[decision.pk])
    return {"last_decision": told(decision), "undo_address": address}


def wants_json(request) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


class DecisionViews:
    """Part of the admin of comments."""

    def get_urls(self):
        views = [
            *(
                path(
                    f"<int:pk>/{move}/",
                    self.admin_site.admin_view(self.move_view),
                    {"move": move},
                    f"comments_comment_{move}",
                )
                for move in MOVES
            ),
            *(
                path(
                    f"several/{move}/",
                    self.admin_site.admin_view(self.several_view),
                    {"move": move},
                    f"comments_comment_several_{move}",
                )
                for move in MOVES
            ),
            path("<int:pk>/reply/", self.admin_site.admin_view(self.reply_view), name="comments_comment_reply"),
            path("undo/<int:pk>/", self.admin_site.admin_view(self.undo_view), name="comments_comment_undo"),
        ]
        return [*views, *super().get_urls()]

    def refusal(self, request):
        """Return the answer to whoever may not act here, None to whoever may."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request):
            raise PermissionDenied
        return None

    def move_view(self, request, pk, move):
        """Give one comment another status, from its row in the list."""
        if refusal := self.refusal(request):
            return refusal
        comment = get_object_or_404(Comment, pk=pk)
        status, words = MOVES[move]
        decision = decisions.decide(Comment.objects.filter(pk=pk), status, by=request.user)
        if decision.count:
            self.log_change(request, comment, str(words))
        return self.answer(request, [pk], f"{words}: {comment}")

    def several_view(self, request, move):
        """Give the comments of a page that were chosen another status; `comments` holds their ids."""
        if refusal := self.refusal(request):
            return refusal
        form = ChosenForm(request.POST)
        if not form.is_valid():
            return self.refuse(request, form.errors["comments"])
        chosen = form.cleaned_data["comments"]
        decision = decisions.decide(Comment.objects.filter(pk__in=chosen), MOVES[move][0], by=request.user)
        return self.answer(request, chosen, told(decision))

    def undo_view(self, request, pk):
        """Undo a decision of one's own: each comment has the status again that it had."""
        if refusal := self.refusal(request):
            return refusal
        decision = get_object_or_404(Decision, pk=pk, moderator=request.user)
        count = decisions.undo(decision)
        words = ngettext("Undone: %(count)d comment.", "Undone: %(count)d comments.", count) % {"count": count}
        if not count:
            words = gettext("There was nothing left to undo.")
        return self.answer(request, [int(pk) for pk in decision.before], words)

    def reply_view(self, request, pk):
        """Answer a comment as the person logged in; one that waits is approved with the answer."""
        if not (self.has_change_permission(request) and request.user.has_perm("comments.add_comment")):
            raise PermissionDenied
        comment = get_object_or_404(Comment.objects.select_related("post", "avatar"), pk=pk)
        form = ReplyForm(request.POST or None, initial={"next": request.headers.get("Referer", "")})
        if request.method == "POST" and form.is_valid():
            reply, _decision = form.save(comment, request.user)
            self.log_addition(request, reply, gettext("Reply"))
            return self.answer(request, [pk], gettext("Your reply is published."))
        if request.method == "POST" and wants_json(request):
            return self.refuse(request, form.errors.get("body", [gettext("This field is required.")]))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Reply to %(name)s") % {"name": comment.name},
            "opts": self.opts,
            "comment": comment,
            "form": form,
            "media": self.media,
        }
        return render(request, "admin/comments/comment/reply.html", context)

    def answer(self, request, pks, words):
        """Tell what was done and lead back to the list as it was filtered, never to another site."""
        if wants_json(request):
            return JsonResponse(
                {
                    "words": words,
                    "statuses": dict(decisions.of(Comment.objects, pks, "pk", "status")),
                    "labels": dict(Comment.Status.choices),
                    "tabs": status_names(queue.counts()),
                    **last_decision(decisions.last_of(request.user)),
                }
            )
        self.message_user(request, words, messages.SUCCESS)
        return self.back_to_list(request)

    def refuse(self, request, errors):
        words = " ".join(errors)
        if wants_json(request):
            return JsonResponse({"words": words}, status=422)
        self.message_user(request, words, messages.ERROR)
        return self.back_to_list(request)

    def back_to_list(self, request):
        address = request.POST.get("next") or request.headers.get("Referer", "")
        here = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
        return redirect(address if here else reverse("admin:comments_comment_changelist"))

    def in_bulk(self, request, queryset, status):
        decision = decisions.decide(queryset, status, by=request.user)
        self.message_user(request, told(decision), messages.SUCCESS)
