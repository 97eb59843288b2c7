from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from blog.models import Category, Tag


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    list_display = ["place", "slug", "parent"]
    list_select_related = ["parent"]
    search_fields = ["name"]
    fields = ["name", "slug", "parent", "description"]
    prepopulated_fields = {"slug": ["name"]}

    class Media:
        js = ["admin/js/urlify.js", "js/slug.js"]  # in this order

    @admin.display(description=_("category"), ordering="name")
    def place(self, category):
        """“Arts › Gravure”"""
        return " › ".join(ancestor.name for ancestor in category.lineage())


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    fields = ["name", "slug", "description"]
    prepopulated_fields = {"slug": ["name"]}

    class Media:
        js = ["admin/js/urlify.js", "js/slug.js"]  # in this order
