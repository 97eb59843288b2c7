from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_delete, post_migrate
from django.utils.translation import gettext_lazy as _


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = _("Blog")

    def ready(self):
        from blog import checks, moving  # noqa: F401, registers them
        from blog.groups import ensure_blog_groups
        from blog.models import Page, Post
        from blog.pagecache import dependencies
        from blog.related import signals as related_signals  # noqa: F401
        from blog.search import signals as search_signals  # noqa: F401

        post_migrate.connect(ensure_blog_groups, sender=self)
        for model in (Post, Page):
            post_delete.connect(forget_post, sender=model)
        if settings.PAGE_CACHE or settings.DEBUG:  # whoever writes while developing tells the site that is served
            dependencies.start()


def forget_post(sender, instance, **kwargs):
    """Posts are deleted one by one, in bulk and from the admin: this signal is where all ways meet."""
    from blog.search import index

    index.forget(instance.pk)
