"""Related articles, for templates."""

from django import template

from blog.models import Post, RelatedChoice

register = template.Library()

SHOWN = 4


@register.simple_tag
def related_posts(post):
    """Return the published posts that `post` recommends: the author's choice first, then the most alike.

    Three queries, however many posts there are.
    """
    chosen = list(post.related_choices.values_list("kind", "related"))
    always = [pk for kind, pk in chosen if kind == RelatedChoice.Kind.ALWAYS]
    found = post.found_related.values_list("related", flat=True)
    ranked = dict.fromkeys([*always, *(pk for pk in found if pk not in {pk for _, pk in chosen})])
    posts = Post.objects.published().posts().for_lists().prefetch_related(None).in_bulk(ranked)
    return [posts[pk] for pk in ranked if pk in posts][:SHOWN]
