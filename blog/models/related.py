"""Which posts go together, and the terms that tell. Written by `blog.related`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .post import Post


class RelatedPost(models.Model):
    """That `post` recommends `related`, at `rank` (0 first), and why. Written by the task worker."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="recommendations")
    related = models.ForeignKey(Post, models.CASCADE, related_name="recommended_in", verbose_name=_("related post"))
    rank = models.PositiveSmallIntegerField(_("rank"), default=0)
    score = models.FloatField(_("score"), default=0)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    pinned = models.BooleanField(_("pinned by the author"), default=False)

    class Meta:
        ordering = ["-pinned", "rank"]
        constraints = [models.UniqueConstraint(fields=["post", "related"], name="related_once")]
        verbose_name = _("related post")
        verbose_name_plural = _("related posts")

    def __str__(self):
        return str(self.related)


class Term(models.Model):
    """A word that posts share, and how many of them hold it."""

    text = models.CharField(max_length=100, unique=True)
    posts = models.PositiveIntegerField(default=0)

    def __str__(self):
        return self.text


class PostTerm(models.Model):
    """How much a term tells of a post; a post's weights make a vector of length 1."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="terms")
    term = models.ForeignKey(Term, models.CASCADE, related_name="+")
    weight = models.FloatField()

    def __str__(self):
        return f"{self.term_id}: {self.weight:.3f}"
