"""Those who write and look after the blog."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .slugs import unique_slug


class User(AbstractUser):
    """A person who may log in, with the public face their author page shows."""

    display_name = models.CharField(_("public name"), max_length=200, blank=True)
    slug = models.SlugField(_("address name"), max_length=200, unique=True, blank=True)
    biography = models.TextField(_("biography"), blank=True)
    website = models.URLField(_("website"), blank=True)

    class Meta(AbstractUser.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return self.public_name

    @property
    def public_name(self):
        return self.display_name or self.get_full_name() or self.username

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = unique_slug(self, self.public_name, fallback="author")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("author", args=[self.slug])
