from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from blog.models import Page, Post

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


class WrittenAdmin(OwnedAdmin, admin.ModelAdmin):
    """What posts and pages have in common."""

    list_select_related = ["author"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["title", "body"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["lead_picture"]
    save_on_top = True

    class Media:
        css = {"all": ["css/desk.css"]}

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

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and self.owns(request, obj)

    @admin.display(description=_("status"), ordering="status")
    def state(self, post):
        if post.is_scheduled:
            return _("scheduled")
        return post.get_status_display()

    @admin.display(description=_("on the site"))
    def seen(self, post):
        words = _("View") if post.is_live else _("Preview")
        return format_html('<a href="{}">{}</a>', self.view_on_site(post), words)


@admin.register(Post)
class PostAdmin(WrittenAdmin):
    form = PostForm
    list_display = ["title", "state", "published_at", "author", "seen"]
    list_filter = [StateFilter, "categories", "author"]
    date_hierarchy = "published_at"
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
