"""Posts and pages that were deleted: the trash, in the desk."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from blog import trash


class TrashViews:
    """For the ModelAdmin of posts and pages: *Delete* puts away; only what is in the trash can be deleted for good."""

    def get_urls(self):
        views = [
            ("<int:pk>/trash/", self.trash_view, "trash"),
            ("<int:pk>/bring-back/", self.bring_back_view, "bring_back"),
        ]
        return [*self.named_paths(views), *super().get_urls()]

    def trash_view(self, request, pk):
        post = self.post_to_delete(request, pk)
        if request.method != "POST" or post.is_trashed:
            return redirect(self.address("change", pk))
        with transaction.atomic():
            self.keep_typed_words(request, post)
            trash.put(post)
            self.log_change(request, post, str(_("Put in the trash.")))
        words = _("“%(title)s” is in the trash, and can be brought back for %(days)d days.")
        told = words % {"title": post.title, "days": trash.STAYS.days}
        self.message_user(
            request,
            format_html('{} <a href="{}">{}</a>', told, self.address("change", pk), _("Look at it")),
            messages.SUCCESS,
        )
        return redirect(self.address("changelist"))

    def bring_back_view(self, request, pk):
        post = self.post_to_delete(request, pk)
        if request.method == "POST" and post.is_trashed:
            with transaction.atomic():
                trash.bring_back(post)
                self.log_change(request, post, str(_("Brought back from the trash.")))
            self.message_user(request, _("It is a draft again. Publish puts it back where it was."), messages.SUCCESS)
        return redirect(self.address("change", pk))

    def post_to_delete(self, request, pk):
        post = self.post_or_404(request, pk)
        if not self.has_delete_permission(request, post):
            raise PermissionDenied
        return post

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.is_trashed)

    def delete_view(self, request, object_id, extra_context=None):
        post = self.get_object(request, object_id)
        if post and not post.is_trashed:
            return redirect(self.address("change", post.pk))
        return super().delete_view(request, object_id, extra_context)

    def get_actions(self, request):
        actions = super().get_actions(request)
        in_trash = request.GET.get("state") == "trash"
        unwanted = ["put_in_trash"] if in_trash else ["delete_selected", "bring_back"]
        return {name: action for name, action in actions.items() if name not in unwanted}

    @admin.action(description=_("Put in the trash"), permissions=["delete"])
    def put_in_trash(self, request, queryset):
        with transaction.atomic():
            count = self.each(request, queryset, trash.put, _("Put in the trash."))
        told = ngettext("%(count)d is in the trash.", "%(count)d are in the trash.", count) % {"count": count}
        self.message_user(request, told, messages.SUCCESS)

    @admin.action(description=_("Bring back as drafts"), permissions=["delete"])
    def bring_back(self, request, queryset):
        with transaction.atomic():
            count = self.each(request, queryset, trash.bring_back, _("Brought back from the trash."))
        told = ngettext("%(count)d is a draft again.", "%(count)d are drafts again.", count) % {"count": count}
        self.message_user(request, told, messages.SUCCESS)

    def each(self, request, queryset, change, words):
        posts = list(queryset)
        for post in posts:
            change(post)
            self.log_change(request, post, str(words))
        return len(posts)
