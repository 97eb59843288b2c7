from django.contrib import admin
from django.utils.functional import lazy

from blog.models import SiteSettings

from .singleton import SingletonAdmin

# The desk carries the site's own name, as it is at each moment.
admin.site.site_header = admin.site.site_title = lazy(lambda: SiteSettings.load().title, str)()


@admin.register(SiteSettings)
class SiteSettingsAdmin(SingletonAdmin):
    fields = ["title", "tagline", "description", "footer", "posts_per_page", "posts_in_feed"]
