"""What an author may change about the site without a deploy."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from blog import pagecache


class Singleton(models.Model):
    """A table of one row: `load()` returns it, with defaults until somebody saves it."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def load(cls):
        return cls._default_manager.filter(pk=1).first() or cls(pk=1)

    @classmethod
    def current(cls):
        """The same for those who only read it: kept in memory until somebody saves it."""
        return pagecache.kept((cls.__name__,), cls.load)


class SiteSettings(Singleton):
    title = models.CharField(_("title"), max_length=200, default="Causerie")
    tagline = models.CharField(_("tagline"), max_length=300, blank=True)
    description = models.TextField(
        _("description"), blank=True, help_text=_("A sentence or two for search engines and feed readers.")
    )
    posts_per_page = models.PositiveSmallIntegerField(
        _("posts per page"), default=10, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    posts_in_feed = models.PositiveSmallIntegerField(
        _("posts in a feed"), default=20, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    footer = models.CharField(_("footer"), max_length=300, blank=True)
    kept_for_offline = models.BooleanField(
        _("readers’ browsers keep what was read"),
        default=True,
        help_text=_("It can then be read again without a network. Turned off, browsers forget it at the next visit."),
    )

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")

    def __str__(self):
        return self.title
