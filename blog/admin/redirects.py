from urllib.parse import urlencode

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from blog.models import MissingAddress, Redirect


class ByHandFilter(admin.SimpleListFilter):
    title = _("made")
    parameter_name = "made"

    def lookups(self, request, model_admin):
        return [("hand", _("by hand")), ("move", _("by a move")), ("gone", _("withdrawn"))]

    def queryset(self, request, queryset):
        match self.value():
            case "hand":
                return queryset.filter(by_hand=True)
            case "move":
                return queryset.filter(by_hand=False)
            case "gone":
                return queryset.filter(post=None, category=None, tag=None, address="")
        return queryset


@admin.register(Redirect)
class RedirectAdmin(admin.ModelAdmin):
    list_display = ["__str__", "leads_to", "by_hand", "created_at"]
    list_filter = [ByHandFilter]
    list_select_related = ["post", "category", "tag"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["path", "address", "post__title"]
    autocomplete_fields = ["post", "category", "tag"]
    fieldsets = [
        (None, {"fields": ["path"]}),
        (
            _("Leads to"),
            {
                "fields": ["post", "category", "tag", "address"],
                "description": _("One of these. With none, readers are told that the text was withdrawn (410 Gone)."),
            },
        ),
    ]

    @admin.display(description=_("leads to"))
    def leads_to(self, redirect):
        if redirect.is_gone:
            return _("nothing: withdrawn")
        if target := redirect.target:
            return format_html(
                '<a href="{}">{}</a>', target, redirect.post or redirect.category or redirect.tag or target
            )
        return _("%(title)s, which readers do not see now") % {"title": redirect.post}

    def save_model(self, request, obj, form, change):
        obj.by_hand = True
        super().save_model(request, obj, form, change)


@admin.register(MissingAddress)
class MissingAddressAdmin(admin.ModelAdmin):
    list_display = ["path", "times", "linked_from", "first_met_at", "last_met_at", "remedy"]
    list_display_links = None
    list_per_page = 50
    search_fields = ["path", "referrer"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=_("linked from"), ordering="referrer")
    def linked_from(self, missing):
        if not missing.referrer:
            return "–"
        return format_html('<a href="{}" rel="noreferrer nofollow">{}</a>', missing.referrer, missing.referrer)

    @admin.display(description=_("remedy"))
    def remedy(self, missing):
        address = reverse("admin:blog_redirect_add") + "?" + urlencode({"path": f"/{missing.path}/"})
        return format_html('<a href="{}">{}</a>', address, _("Lead it somewhere"))
