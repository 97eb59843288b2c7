"""Categories (a tree) and tags (flat)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blog import pagecache

from .slugs import SLUG_LENGTH, unique_slug


class CategoryQuerySet(models.QuerySet):
    has_lineages = False

    def with_lineages(self):
        """Each with all that it stands under in hand, for one query more, however deep and however many."""
        found = self._chain()
        found.has_lineages = True
        return found

    def _clone(self):
        clone = super()._clone()
        clone.has_lineages = self.has_lineages
        return clone

    def _fetch_all(self):
        fresh = self._result_cache is None
        super()._fetch_all()
        if fresh and self.has_lineages:
            link([category for category in self._result_cache if isinstance(category, Category)])


def link(categories):
    """Give each of `categories` its parent, and that one its own, up to the root."""
    if all(category.parent_id is None for category in categories):
        return
    above = Category.objects.defer("description").in_bulk()
    for category in [*above.values(), *categories]:
        category.parent = above.get(category.parent_id)


class Category(models.Model):
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address name"), max_length=SLUG_LENGTH, unique=True, blank=True)
    description = models.TextField(_("description"), blank=True)
    parent = models.ForeignKey(
        "self", models.SET_NULL, verbose_name=_("parent"), null=True, blank=True, related_name="children"
    )

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self):
        return self.name

    def clean(self):
        if self.parent_id and self.pk in [category.pk for category in self.parent.lineage()]:
            raise ValidationError({"parent": _("A category cannot stand under itself.")})

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = unique_slug(self, self.name, fallback="category")
        super().save(*args, **kwargs)

    @classmethod
    def tree(cls):
        """Return (category, depth) for every category, each after its parent; in one query."""
        below = {}
        for category in cls.objects.order_by("name"):
            below.setdefault(category.parent_id, []).append(category)

        def walk(parent, depth):
            for category in below.pop(parent, []):
                yield category, depth
                yield from walk(category.pk, depth + 1)

        return list(walk(None, 0))

    @classmethod
    def by_key(cls):
        """Return {key: category} of all, each with its parent in hand; to be read only, and kept in memory."""

        def read():
            found = {category.pk: category for category in cls.objects.all()}
            for category in found.values():
                category.parent = found.get(category.parent_id)
            return found

        return pagecache.kept(("categories",), read)

    def lineage(self):
        """Return the categories from the root down to this one.

        A loop that got into the table some other way than the form ends here instead of hanging the page.
        """
        line, category = [], self
        while category is not None and category not in line:
            line.insert(0, category)
            category = category.parent
        return line

    def with_descendants(self):
        """Return the ids of this category and of all below it: one query a level."""
        found = level = {self.pk}
        while level:
            level = set(Category.objects.filter(parent__in=level).values_list("pk", flat=True)) - found
            found = found | level
        return found

    def get_absolute_url(self):
        return reverse("category", args=["/".join(category.slug for category in self.lineage())])


class Tag(models.Model):
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address name"), max_length=SLUG_LENGTH, unique=True, blank=True)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = unique_slug(self, self.name, fallback="tag")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("tag", args=[self.slug])
