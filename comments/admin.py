"""Where comments are judged and answered."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Count
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from blog.admin.singleton import SingletonAdmin
from comments import privacy
from comments.admin_forms import ReplyForm
from comments.conversation import avatar_url
from comments.decisions import decide
from comments.mail.views import export_response
from comments.models import Comment, DiscussionSettings
from comments.tasks import erase_addresses

MOVES = {  # in an address: (the status it gives, the words on its button)
    "approve": (Comment.Status.APPROVED, _("Approve")),
    "wait": (Comment.Status.PENDING, _("Put back to waiting")),
    "spam": (Comment.Status.SPAM, _("Spam")),
    "trash": (Comment.Status.TRASH, _("Trash")),
}


class StatusFilter(admin.SimpleListFilter):
    """Opens on what waits; each status says how many it holds."""

    title = _("status")
    parameter_name = "status"
    template = "admin/comments/comment/_tabs.html"

    def lookups(self, request, model_admin):
        rows = Comment.objects.order_by().values("status").annotate(count=Count("pk"))
        counts = {row["status"]: row["count"] for row in rows}
        names = [
            (status.value, f"{status.label.capitalize()} ({counts.get(status.value, 0)})") for status in Comment.Status
        ]
        return [*names, ("all", f"{_('All')} ({sum(counts.values())})")]

    def chosen(self, params):
        narrowed = any(name.startswith("status__") for name in params)
        return self.value() or ("all" if narrowed else Comment.Status.PENDING.value)

    def choices(self, changelist):
        chosen = self.chosen(changelist.params)
        for value, words in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value}, remove=["p"])
            yield {"selected": value == chosen, "query_string": query, "display": words}

    def queryset(self, request, queryset):
        chosen = self.chosen(request.GET)
        return queryset if chosen == "all" else queryset.filter(status=chosen)


class KindFilter(admin.ChoicesFieldListFilter):
    template = "admin/comments/comment/_tabs.html"


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    list_display = ["who", "words", "where", "created_at", "moves"]
    list_display_links = None
    list_filter = [StatusFilter, ("kind", KindFilter)]
    list_select_related = ["post", "parent", "avatar"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["name", "email", "url", "body"]
    actions = ["approve", "mark_as_spam", "move_to_trash", "export_people", "erase_people"]
    fields = [
        "post",
        "parent",
        "status",
        "reason",
        "name",
        "email",
        "url",
        "body",
        "preview",
        "created_at",
        "ip",
        "user_agent",
    ]
    readonly_fields = ["post", "parent", "reason", "preview", "created_at", "ip", "user_agent"]

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def save_model(self, request, obj, form, change):
        wanted = obj.status
        obj.status = form.initial.get("status", wanted)
        super().save_model(request, obj, form, change)
        if "status" in form.changed_data:
            decide(Comment.objects.filter(pk=obj.pk), wanted)

    def has_add_permission(self, request):
        return False  # one answers from the list, or writes on the site

    def get_urls(self):
        return [
            path("<int:pk>/reply/", self.admin_site.admin_view(self.reply_view), name="comments_comment_reply"),
            *(
                path(
                    f"<int:pk>/{move}/",
                    self.admin_site.admin_view(self.move_view),
                    {"move": move},
                    f"comments_comment_{move}",
                )
                for move in MOVES
            ),
            *super().get_urls(),
        ]

    def move_view(self, request, pk, move):
        """Give one comment another status, from its row in the list."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request):
            raise PermissionDenied
        comment = get_object_or_404(Comment, pk=pk)
        status, words = MOVES[move]
        decide(Comment.objects.filter(pk=pk), status)
        self.log_change(request, comment, str(words))
        self.message_user(request, f"{words}: {comment}", messages.SUCCESS)
        return self.back_to_list(request)

    def reply_view(self, request, pk):
        """Answer a comment as the person logged in; one that waits is approved with the answer."""
        if not (self.has_change_permission(request) and request.user.has_perm("comments.add_comment")):
            raise PermissionDenied
        comment = get_object_or_404(Comment.objects.select_related("post", "avatar"), pk=pk)
        form = ReplyForm(request.POST or None, initial={"next": request.headers.get("Referer", "")})
        if request.method == "POST" and form.is_valid():
            reply = form.save(comment, request.user)
            self.log_addition(request, reply, str(_("Reply")))
            self.message_user(request, _("Your reply is published."), messages.SUCCESS)
            return self.back_to_list(request)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Reply to %(name)s") % {"name": comment.name},
            "opts": self.opts,
            "comment": comment,
            "form": form,
            "media": self.media,
        }
        return render(request, "admin/comments/comment/reply.html", context)

    def back_to_list(self, request):
        """Return to the list as it was filtered, never to another site."""
        address = request.POST.get("next") or request.headers.get("Referer", "")
        here = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
        return redirect(address if here else reverse("admin:comments_comment_changelist"))

    def in_bulk(self, request, queryset, status):
        count = decide(queryset, status)
        words = ngettext("%(count)d comment: %(status)s", "%(count)d comments: %(status)s", count)
        self.message_user(request, words % {"count": count, "status": status.label}, messages.SUCCESS)

    @admin.action(description=_("Approve"), permissions=["change"])
    def approve(self, request, queryset):
        self.in_bulk(request, queryset, Comment.Status.APPROVED)

    @admin.action(description=_("Mark as spam"), permissions=["change"])
    def mark_as_spam(self, request, queryset):
        self.in_bulk(request, queryset, Comment.Status.SPAM)

    @admin.action(description=_("Move to trash"), permissions=["change"])
    def move_to_trash(self, request, queryset):
        self.in_bulk(request, queryset, Comment.Status.TRASH)

    def has_erase_people_permission(self, request):
        return request.user.has_perm("comments.erase_people")

    @admin.action(description=_("Export all that is kept about these people"), permissions=["erase_people"])
    def export_people(self, request, queryset):
        emails = sorted({email.lower() for email in queryset.values_list("email", flat=True) if email})
        return export_response([privacy.stored_about(email) for email in emails])

    @admin.action(description=_("Erase who these people are; their words stay"), permissions=["erase_people"])
    def erase_people(self, request, queryset):
        emails = sorted({email.lower() for email in queryset.values_list("email", flat=True) if email})
        if "confirmed" not in request.POST:
            chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
            context = {
                **self.admin_site.each_context(request),
                "title": _("Erase who these people are?"),
                "opts": self.opts,
                "emails": emails,
                "chosen": chosen,
                "count": Comment.objects.filter(email__in=emails).count(),
            }
            return render(request, "admin/comments/comment/erase_people.html", context)
        count = sum(privacy.erase(email) for email in emails)
        words = ngettext("%(count)d comment has no name now.", "%(count)d comments have no name now.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)
        return None

    @admin.display(description=_("from"), ordering="name")
    def who(self, comment):
        face = avatar_url(comment, DiscussionSettings(avatars=DiscussionSettings.Avatars.LOCAL))
        return render_to_string("admin/comments/comment/_who.html", {"comment": comment, "face": face})

    @admin.display(description=_("text"))
    def words(self, comment):
        context = {"comment": comment, "extract": Truncator(comment.body).chars(400)}
        return render_to_string("admin/comments/comment/_words.html", context)

    @admin.display(description=_("post"), ordering="post__title")
    def where(self, comment):
        return render_to_string("admin/comments/comment/_where.html", {"comment": comment})

    @admin.display(description=_("moderation"))
    def moves(self, comment):
        moves = [
            (reverse(f"admin:comments_comment_{move}", args=[comment.pk]), move, words)
            for move, (status, words) in MOVES.items()
            if status != comment.status
        ]
        return render_to_string("admin/comments/comment/_moves.html", {"comment": comment, "moves": moves})

    @admin.display(description=_("as readers see it"))
    def preview(self, comment):
        return mark_safe(f'<div class="comment-preview">{comment.html}</div>')


@admin.register(DiscussionSettings)
class DiscussionSettingsAdmin(SingletonAdmin):
    fieldsets = [
        (_("Conversation"), {"fields": ["per_page", "newest_first", "close_after_days", "edit_minutes"]}),
        (_("Moderation"), {"fields": ["policy", "most_links", "held", "blocked", "trusted", "akismet_key"]}),
        (_("Mail"), {"fields": ["notices"]}),
        (_("Avatars"), {"fields": ["avatars", "avatar_rating"]}),
        (_("Privacy"), {"fields": ["address_days", "privacy_note"]}),
    ]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        transaction.on_commit(erase_addresses.enqueue, robust=True)  # fewer days may have passed already
