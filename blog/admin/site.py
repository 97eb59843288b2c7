from django.contrib import admin

from blog.models import SiteSettings

from .singleton import SingletonAdmin


@admin.register(SiteSettings)
class SiteSettingsAdmin(SingletonAdmin):
    fields = ["title", "tagline", "description", "footer", "posts_per_page", "posts_in_feed"]
