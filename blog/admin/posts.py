from django.contrib import admin, messages
from django.db.models import F
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from blog.models import Page, Post
from blog.templatetags.dates import long_date

from .choosing import ChoosesByNumber
from .ownership import OwnedAdmin
from .post_form import PageForm, PostForm
from .related import RelatedInline, offered_to


class StateFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("draft", _("draft")), ("scheduled", _("scheduled")), ("live", _("published"))]

    def queryset(self, request, queryset):
        live = Post.objects.published().values("pk")
        match self.value():
            case "draft":
                return queryset.filter(status=Post.Status.DRAFT)
            case "scheduled":
                return queryset.filter(status=Post.Status.PUBLISHED).exclude(pk__in=live)
            case "live":
                return queryset.filter(pk__in=live)
        return queryset


class WrittenAdmin(ChoosesByNumber, OwnedAdmin, admin.ModelAdmin):
    """What posts and pages have in common."""

    list_select_related = ["author"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["title", "body"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["lead_picture"]
    change_form_template = "admin/blog/written/change_form.html"

    class Media:
        js = ["admin/js/urlify.js", "js/slug.js", "js/desk.js"]  # in this order

    def view_on_site(self, post):
        """Where readers find it, or where staff see it before they can."""
        return post.get_absolute_url() if post.is_live else post.get_preview_url()

    def get_readonly_fields(self, request, obj=None):
        return [] if self.sees_all(request) else ["author"]

    def get_changeform_initial_data(self, request):
        return {"author": request.user.pk, **super().get_changeform_initial_data(request)}

    def save_model(self, request, obj, form, change):
        if obj.author_id is None:
            obj.author = request.user
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        return self.after_act(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self.after_act(request, obj) or super().response_change(request, obj)

    def after_act(self, request, obj):
        """Where the buttons of the page lead; None for Django's own."""
        if "_preview" in request.POST:
            return redirect(self.view_on_site(obj))
        if "_publish" not in request.POST and "_draft" not in request.POST:
            return None
        self.message_user(request, self.tell(obj), messages.SUCCESS)
        return redirect(reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk]))

    def tell(self, post):
        """What became of the post, in a sentence that leads to it."""
        if post.is_live:
            words = _("Published.")
        elif post.is_scheduled:
            words = _("It will be published on %(date)s.") % {"date": long_date(post.published_at)}
        else:
            words = _("Your draft is saved.")
        return format_html('{} <a href="{}">{}</a>', words, self.view_on_site(post), self.seen_as(post))

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and self.owns(request, obj)

    @admin.display(description=_("status"), ordering="status")
    def state(self, post):
        if post.is_scheduled:
            return _("scheduled")
        return post.get_status_display()

    @admin.display(description=_("on the site"))
    def seen(self, post):
        return format_html('<a href="{}">{}</a>', self.view_on_site(post), self.seen_as(post))

    def seen_as(self, post):
        return _("View") if post.is_live else _("Preview")


@admin.register(Post)
class PostAdmin(WrittenAdmin):
    form = PostForm
    list_display = ["title", "state", "published_at", "author", "seen"]
    list_filter = [StateFilter, "categories", "author"]
    date_hierarchy = "published_at"
    ordering = [F("published_at").desc(nulls_first=True), "-pk"]  # what is still being written comes first
    inlines = [RelatedInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "body", "excerpt"]}),
        (_("Publication"), {"fields": ["status", "published_at"]}),
        (_("Filing"), {"fields": ["categories", "tags", "lead_picture"]}),
        (_("More"), {"fields": ["comments_open", "language", "author", "body_format"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request):
        if request.resolver_match.url_name == "autocomplete":  # of a related article
            return offered_to(request)
        return super().get_queryset(request).posts()


@admin.register(Page)
class PageAdmin(WrittenAdmin):
    form = PageForm
    list_display = ["title", "parent", "state", "menu_order", "author", "seen"]
    list_filter = [StateFilter]
    ordering = ["menu_order", "title"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "body", "excerpt"]}),
        (_("Publication"), {"fields": ["status", "published_at", "parent", "menu_order"]}),
        (
            _("More"),
            {"fields": ["lead_picture", "comments_open", "language", "author", "body_format"], "classes": ["collapse"]},
        ),
    ]
