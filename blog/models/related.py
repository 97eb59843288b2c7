"""Which posts go together: what the task worker found, what the author decided, and the terms that tell.

The worker and the author write to tables of their own, so that neither ever loses what the other wrote.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .post import Post


class RelatedPost(models.Model):
    """That `post` goes well with `related`, how well, and the words they share. Written by `blog.related` alone."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="found_related")
    related = models.ForeignKey(Post, models.CASCADE, related_name="found_in")
    likeness = models.FloatField()
    # The most telling first; a shared tag or category begins with “#”.
    words = models.JSONField(default=list)

    class Meta:
        ordering = ["-likeness", "related_id"]
        constraints = [models.UniqueConstraint(fields=["post", "related"], name="related_once")]
        indexes = [models.Index(fields=["post", "likeness"], name="related_in_order")]

    def __str__(self):
        return f"{self.post_id} → {self.related_id}"


class RelatedChoice(models.Model):
    """What the author decided: `post` always recommends `related`, before all that was found, or never does."""

    class Kind(models.TextChoices):
        ALWAYS = "always", _("always show")
        NEVER = "never", _("never show")

    post = models.ForeignKey(Post, models.CASCADE, related_name="related_choices")
    related = models.ForeignKey(Post, models.CASCADE, related_name="+", verbose_name=_("article"))
    kind = models.CharField(_("choice"), max_length=10, choices=Kind, default=Kind.ALWAYS)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["kind", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["post", "related"], name="chosen_once")]
        verbose_name = _("related article")
        verbose_name_plural = _("related articles")

    def __str__(self):
        return str(self.related)

    def clean(self):
        if self.post_id is not None and self.post_id == self.related_id:
            raise ValidationError({"related": _("An article does not lead to itself. Please choose another.")})


class PostTerms(models.Model):
    """What a post is about: `blog.related.ranking.Gist`, kept. `numbers` and `weights` are arrays of 4 bytes a term."""

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="terms")
    moment = models.FloatField(db_index=True)  # of publication, in seconds since 1970
    digest = models.CharField(max_length=32)  # of the words they come from: the same words need no work
    numbers = models.BinaryField()
    weights = models.BinaryField()
    words = models.JSONField(default=list)

    def __str__(self):
        return f"{self.post_id}: {', '.join(self.words[:5])}"


class Lexicon(models.Model):
    """How rare each term was when everything was last found anew. One row, which whoever writes the index locks.

    As long as it stays the same, how alike two posts are depends on these two alone, and lists stay right by putting
    posts in and out. After some `changes` it is out of date, and everything is found anew.
    """

    version = models.PositiveSmallIntegerField(default=0)  # of the ranking that made it
    posts = models.PositiveIntegerField(default=0)
    changes = models.PositiveIntegerField(default=0)  # of posts since
    # Terms that three posts or more hold: arrays of 4 bytes a term.
    numbers = models.BinaryField(default=bytes)
    holders = models.BinaryField(default=bytes)

    def __str__(self):
        return f"{self.posts} + {self.changes}"
