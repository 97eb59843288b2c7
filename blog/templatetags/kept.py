"""Parts of a template that are kept in memory until something they were made of changes (`blog.pagecache.parts`)."""

from django import template
from django.utils.safestring import mark_safe

from blog import pagecache

register = template.Library()


class Kept(template.Node):
    def __init__(self, name, sources, nodelist):
        self.name, self.sources, self.nodelist = name, sources, nodelist

    def render(self, context):
        sources = [source.resolve(context) for source in self.sources]
        key = ("template", self.name, *(getattr(source, "pk", None) for source in sources))
        return pagecache.kept(key, lambda: mark_safe(self.nodelist.render(context)), of=sources)


@register.tag
def kept(parser, token):
    """`{% kept "article" post site %}…{% endkept %}`: made once, as long as nothing changes of what it was made of.

    The values named must be all of the context that goes into it. Only what `pagecache.kept` returned is one of these
    (a post at its permalink; `site`): below anything else the part is made each time.
    """
    _tag, name, *sources = token.split_contents()
    nodelist = parser.parse(["endkept"])
    parser.delete_first_token()
    return Kept(name.strip("\"'"), [parser.compile_filter(source) for source in sources], nodelist)
