"""Where comments are judged and answered."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import models, transaction
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from blog.admin.singleton import SingletonAdmin
from comments import decisions, privacy
from comments.admin_forms import CommentForm
from comments.admin_list import CauseFilter, CommentList, KindFilter, StatusFilter, paginator
from comments.admin_moves import MOVES, DecisionViews, last_decision
from comments.conversation import avatar_url
from comments.mail.views import export_response
from comments.models import Comment, DiscussionSettings
from comments.tasks import erase_addresses
from comments.voices import admin as voices  # noqa: F401, registers what it shows

SHOWN, SHOWN_OF_PARENT = 600, 240  # characters, before one asks for all of it
MODERATION = [
    "policy",
    "most_links",
    "held",
    "blocked",
    "trusted",
    "most_per_address",
    "most_per_network",
    "akismet_key",
]


@admin.register(Comment)
class CommentAdmin(DecisionViews, admin.ModelAdmin):
    form = CommentForm
    list_display = ["who", "words", "created_at", "moves"]
    list_display_links = None
    sortable_by = ["created_at"]  # what an index is in order of
    list_filter = [StatusFilter, CauseFilter, ("kind", KindFilter)]
    list_select_related = ["post", "parent", "avatar"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # they count what is counted already, slowly
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
            decisions.decide(Comment.objects.filter(pk=obj.pk), wanted, by=request.user)

    def get_search_results(self, request, queryset, search_term):
        """Find an e-mail address by its index, before looking for it in every word."""
        if "@" in search_term and " " not in search_term:
            given = queryset.by_address(search_term)
            if given.exists():
                return given, False
        return super().get_search_results(request, queryset, search_term)

    def get_changelist(self, request, **kwargs):
        return CommentList

    def get_paginator(self, request, queryset, per_page, *args, **kwargs):
        return paginator(request, queryset, per_page)

    def changelist_view(self, request, extra_context=None):
        last = decisions.last_of(request.user)
        return super().changelist_view(request, {**(extra_context or {}), **last_decision(last)})

    def has_add_permission(self, request):
        return False  # one answers from the list, or writes on the site

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
        answered = Truncator(comment.parent.body).chars(SHOWN_OF_PARENT) if comment.parent else ""
        extract = Truncator(comment.body).chars(SHOWN)
        context = {"comment": comment, "extract": extract, "is_cut": extract != comment.body, "answered": answered}
        return render_to_string("admin/comments/comment/_words.html", context)

    @admin.display(description=_("moderation"))
    def moves(self, comment):
        context = {"comment": comment, "moves": [(move, *told) for move, told in MOVES.items()]}
        return render_to_string("admin/comments/comment/_moves.html", context)

    @admin.display(description=_("as readers see it"))
    def preview(self, comment):
        return mark_safe(f'<div class="comment-preview">{comment.html}</div>')


@admin.register(DiscussionSettings)
class DiscussionSettingsAdmin(SingletonAdmin):
    fieldsets = [
        (_("Conversation"), {"fields": ["per_page", "newest_first", "close_after_days", "edit_minutes"]}),
        (_("Moderation"), {"fields": MODERATION}),
        (_("Mail"), {"fields": ["notices"]}),
        (_("Other sites"), {"fields": ["receives_mentions", "sends_mentions"]}),
        (_("Avatars"), {"fields": ["avatars", "avatar_rating"]}),
        (_("Privacy"), {"fields": ["address_days", "privacy_note"]}),
    ]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        transaction.on_commit(erase_addresses.enqueue, robust=True)  # fewer days may have passed already
