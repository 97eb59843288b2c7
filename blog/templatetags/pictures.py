"""Pictures outside a text: leads, cards, thumbnails."""

from django import template
from django.utils.safestring import mark_safe

from blog.rendering.pictures import markup

register = template.Library()


@register.simple_tag
def picture(media, *, sizes, alt=None, eager=False, **attributes):
    """Return responsive markup for `media`, shown as wide as `sizes` says (the HTML attribute).

    `alt` replaces the picture's own alternative text ("" where a title beside it says the same). Nothing at all for
    a file that is no picture.
    """
    if not media or not media.is_picture:
        return ""
    return mark_safe(
        markup(
            media.as_picture(),
            width=media.width,
            height=media.height,
            sizes=sizes,
            alt=media.alt if alt is None else alt,
            css_class=attributes.get("class", ""),
            eager=eager,
        )
    )
