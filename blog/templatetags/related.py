"""Related articles, for templates."""

from django import template
from django.db.models import F, OuterRef, Subquery

from blog.models import Post, RelatedChoice, RelatedPost

register = template.Library()

SHOWN = 4


@register.simple_tag
def related_posts(post):
    """Return the published posts that `post` recommends: the author's choice first, then the most alike.

    One query, however many posts there are.
    """
    choices, found = RelatedChoice.objects.filter(post=post), RelatedPost.objects.filter(post=post)
    never, always = choices.filter(kind=RelatedChoice.Kind.NEVER), choices.filter(kind=RelatedChoice.Kind.ALWAYS)
    # A union, whose few keys lead to the posts: of an “or” PostgreSQL would go through all of them.
    either = always.order_by().values("related").union(found.order_by().values("related"))
    posts = Post.objects.published().posts().for_lists().prefetch_related(None)
    return list(
        posts.filter(pk__in=either)
        .exclude(pk__in=never.values("related"))
        .annotate(
            chosen=Subquery(always.filter(related=OuterRef("pk")).values("order")[:1]),
            chosen_pk=Subquery(always.filter(related=OuterRef("pk")).values("pk")[:1]),
            likeness=Subquery(found.filter(related=OuterRef("pk")).values("likeness")[:1]),
        )
        .order_by(F("chosen").asc(nulls_last=True), "chosen_pk", F("likeness").desc(nulls_last=True), "pk")[:SHOWN]
    )
