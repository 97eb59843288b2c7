"""What moving in did, and how to say it."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from transfer.records import Site

KINDS = {
    "people": gettext_lazy("people"),
    "categories": gettext_lazy("categories"),
    "tags": gettext_lazy("tags"),
    "files": gettext_lazy("files"),
    "posts": gettext_lazy("posts"),
    "pages": gettext_lazy("pages"),
    "comments": gettext_lazy("comments"),
}


@dataclass
class Result:
    """How many of each kind were added and were there already, and what the author should know."""

    site: Site = field(default_factory=Site)
    added: Counter = field(default_factory=Counter)
    present: Counter = field(default_factory=Counter)
    left_out: Counter = field(default_factory=Counter)  # what this blog has no place for, in the other's words
    notes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def note(self, about: str, which: str):
        """Remember one thing to tell, under the heading `about`."""
        self.notes[about].append(which)

    def in_words(self, *, most: int | None = 20) -> list[str]:
        """Return the lines of a summary. At most `most` things under each heading are named, all of them for None."""
        lines = []
        if self.site.title or self.site.address:
            lines.append(" – ".join(filter(None, [self.site.title, self.site.address])))
        width = max(len(str(name)) for name in KINDS.values())
        for kind, name in KINDS.items():
            counts = {"added": self.added[kind], "present": self.present[kind]}
            if any(counts.values()):
                words = _("%(added)d added, %(present)d already there") % counts
                lines.append(f"  {name!s:<{width}}  {words}")
        notes = dict(self.notes)
        if self.left_out:
            counted = [f"{what} × {count}" for what, count in self.left_out.most_common()]
            notes[_("Left out: this blog has no place for them")] = counted
        for about, which in notes.items():
            lines.append(f"{about}:")
            lines += [f"  {thing}" for thing in which[:most]]
            if most is not None and len(which) > most:
                lines.append("  " + _("… and %(count)d more (--verbosity 2 names all)") % {"count": len(which) - most})
        return lines
