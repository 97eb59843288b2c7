from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = _("Blog")

    def ready(self):
        from blog.groups import ensure_blog_groups
        from blog.pagecache import dependencies
        from blog.related import signals  # noqa: F401

        post_migrate.connect(ensure_blog_groups, sender=self)
        if settings.PAGE_CACHE:
            dependencies.start()
