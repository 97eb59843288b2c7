from functools import cached_property

from blog.models import Media, Post


class Numbers:
    """The other blog's numbers of posts and files, which `/?p=` answers to: each can mean one thing only."""

    @cached_property
    def taken(self):
        held = [
            model.objects.exclude(wordpress_id=None).values_list("wordpress_id", flat=True) for model in (Post, Media)
        ]
        return {None}.union(*held)

    def take(self, number: int | None) -> int | None:
        """Return `number`, or None where a post or file has it already: of another blog that moved in before."""
        if number in self.taken:
            return None
        self.taken.add(number)
        return number
