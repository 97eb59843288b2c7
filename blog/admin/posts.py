from django.contrib import admin, messages
from django.db.models import F
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from blog import refused
from blog.models import Page, Post
from blog.revisions import keeping
from blog.templatetags.dates import long_date

from . import words
from .choosing import ChoosesByNumber
from .conflicts import ConflictViews
from .ownership import OwnedAdmin
from .post_form import MOST_CHARACTERS, PageForm, PostForm
from .related import RelatedInline, offered_to
from .revisions import RevisionViews
from .trash import TrashViews
from .writing import WritingViews


class StateFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("draft", _("draft")), ("scheduled", _("scheduled")), ("live", _("published")), ("trash", _("trash"))]

    def queryset(self, request, queryset):
        live = Post.objects.published().values("pk")
        match self.value():
            case "draft":
                return queryset.filter(status=Post.Status.DRAFT)
            case "scheduled":
                return queryset.filter(status=Post.Status.PUBLISHED).exclude(pk__in=live)
            case "live":
                return queryset.filter(pk__in=live)
            case "trash":
                return queryset.filter(status=Post.Status.TRASH)
        return queryset.exclude(status=Post.Status.TRASH)


class WrittenAdmin(
    TrashViews, ConflictViews, WritingViews, RevisionViews, ChoosesByNumber, OwnedAdmin, admin.ModelAdmin
):
    """What posts and pages have in common."""

    actions = ["put_in_trash", "bring_back"]
    list_select_related = ["author"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["title", "body"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["lead_picture"]
    change_form_template = "admin/blog/written/change_form.html"

    class Media:
        css = {"all": ["css/writing.css"]}
        js = [  # in this order
            "admin/js/urlify.js",
            "js/slug.js",
            "js/desk.js",
            "js/editor.js",
            "js/editor-preview.js",
            "js/editor-links.js",
            "js/editor-paste.js",
            "js/editor-pictures.js",
            "js/autosave.js",
        ]

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
        if change:
            keeping.keep_before(obj.pk)
        super().save_model(request, obj, form, change)
        keeping.keep(obj, author=request.user, note=form.cleaned_data.get("revision_note", ""))
        keeping.forget_tab(request.user, request.POST.get("tab", ""))
        if taken_up := self.taken_up(request):
            keeping.Revision.objects.filter(kind="autosave", author=request.user, pk=taken_up).delete()
        if taken_out := refused.taken_out(obj.body, obj.body_format):
            told = _("Readers will not get %(what)s: this site takes it out. The text you typed is kept as it is.")
            self.message_user(request, told % {"what": ", ".join(taken_out)}, messages.WARNING)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context.update(self.writing_context(request, obj))
        context["editor"] = {"words": words.for_editor(), "most": MOST_CHARACTERS, "person": request.user.pk}
        if self.taken_up(request):
            # The form carries the revision in a field. In the address, Django would lead back to it after the save:
            # the page would show the revision’s words again in place of those that were just saved.
            form_url = form_url or request.path
        return super().render_change_form(request, context, add, change, form_url, obj)

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
    kind = Post.Kind.POST
    form = PostForm
    list_display = ["title", "state", "published_at", "author", "seen"]
    list_filter = [StateFilter, "categories", "author"]
    date_hierarchy = "published_at"
    ordering = [F("published_at").desc(nulls_first=True), "-pk"]  # what is still being written comes first
    inlines = [RelatedInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "body", "excerpt"]}),
        (_("Publication"), {"fields": ["status", "published_at", "revision_note"]}),
        (_("Filing"), {"fields": ["categories", "tags", "lead_picture"]}),
        (_("More"), {"fields": ["comments_open", "language", "author", "body_format"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request):
        if request.resolver_match.url_name == "autocomplete":  # of a related article
            return offered_to(request).exclude(status=Post.Status.TRASH)
        return super().get_queryset(request).posts()


@admin.register(Page)
class PageAdmin(WrittenAdmin):
    kind = Post.Kind.PAGE
    form = PageForm
    list_display = ["title", "parent", "state", "menu_order", "author", "seen"]
    list_filter = [StateFilter]
    ordering = ["menu_order", "title"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "body", "excerpt"]}),
        (_("Publication"), {"fields": ["status", "published_at", "parent", "menu_order", "revision_note"]}),
        (
            _("More"),
            {"fields": ["lead_picture", "comments_open", "language", "author", "body_format"], "classes": ["collapse"]},
        ),
    ]
