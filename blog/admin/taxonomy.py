from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Count
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from blog import moving
from blog.models import Category, Tag


class TermAdmin(admin.ModelAdmin):
    """What categories and tags have in common."""

    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    list_per_page = 100
    actions = ["merge"]

    class Media:
        js = ["admin/js/urlify.js", "js/slug.js"]  # in this order

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(held=Count("posts"))

    @admin.display(description=_("posts"), ordering="held")
    def how_many(self, term):
        return term.held

    @admin.action(description=_("Merge into one"), permissions=["delete"])
    def merge(self, request, queryset):
        chosen = list(queryset)
        into = next((term for term in chosen if str(term.pk) == request.POST.get("into")), None)
        if len(chosen) < 2:
            self.message_user(request, _("Choose two or more to merge."), messages.WARNING)
            return None
        if into is None:
            context = {
                **self.admin_site.each_context(request),
                "title": _("Merge into which one?"),
                "opts": self.opts,
                "chosen": chosen,
                "checkbox": ACTION_CHECKBOX_NAME,
                "suggested": max(chosen, key=lambda term: term.held),
            }
            return render(request, "admin/blog/merge.html", context)
        moving.merge(chosen, into)
        for term in chosen:
            if term != into:
                self.log_change(request, into, _("Took in “%(name)s”.") % {"name": term.name})
        words = _("All of it stands under “%(name)s” now, and the old addresses lead there.")
        self.message_user(request, words % {"name": into.name}, messages.SUCCESS)
        return None


@admin.register(Category)
class CategoryAdmin(TermAdmin):
    list_display = ["place", "slug", "parent", "how_many"]
    fields = ["name", "slug", "parent", "description"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_lineages()

    @admin.display(description=_("category"), ordering="name")
    def place(self, category):
        """“Arts › Gravure”"""
        return " › ".join(ancestor.name for ancestor in category.lineage())


@admin.register(Tag)
class TagAdmin(TermAdmin):
    list_display = ["name", "slug", "how_many"]
    fields = ["name", "slug", "description"]
