"""What other sites made of being told."""

from django.contrib import admin, messages
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comments.models import SentMention
from comments.voices import tasks


@admin.register(SentMention)
class SentMentionAdmin(admin.ModelAdmin):
    list_display = ["linked_page", "post", "status", "note", "told_at", "is_removed"]
    list_filter = ["status", "is_removed"]
    list_select_related = ["post"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["target", "post__title"]
    actions = ["send_again"]

    def has_add_permission(self, request):
        return False  # they follow from the links of a post

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("linked page"), ordering="target")
    def linked_page(self, mention):
        words = Truncator(mention.target).chars(80)
        return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', mention.target, words)

    @admin.action(description=_("Tell them again"), permissions=["view"])
    def send_again(self, request, queryset):
        chosen = list(queryset.values_list("pk", flat=True))
        SentMention.objects.filter(pk__in=chosen).update(status=SentMention.Status.WAITING, note="")
        for pk in chosen:
            tasks.tell.enqueue(pk)
        words = ngettext("%(count)d page is told again.", "%(count)d pages are told again.", len(chosen))
        self.message_user(request, words % {"count": len(chosen)}, messages.SUCCESS)
