"""Categories and tags."""

from django.utils.translation import gettext as _

from blog.models import Category, Tag
from blog.models.slugs import slug_of
from transfer.records import Term
from transfer.writer.loops import on_a_loop

MODELS = {"category": Category, "tag": Tag}
COUNTED = {"category": "categories", "tag": "tags"}
LONGEST_NAME = 200  # characters


class Terms:
    """Those of the other blog, found here by their slug or made. What is here already is not changed."""

    def __init__(self, result):
        self.result = result
        self.found = {}  # (kind, slug there): row
        self.is_new = set()

    def add_all(self, terms: list[Term]):
        for term in terms:
            self.get(term)
        parents = {
            named(term): term.parent for term in terms if ("category", named(term)) in self.found and term.parent
        }
        loops = on_a_loop(parents)
        for slug, parent_slug in parents.items():
            child, parent = self.found["category", slug], self.found.get(("category", parent_slug))
            if child not in self.is_new:
                continue
            if parent in (None, child) or slug in loops:
                self.result.note(
                    _("Categories whose parent is missing or below themselves stand at the top"), child.name
                )
            else:
                child.parent = parent
                child.save(update_fields=["parent"])

    def get(self, term: Term):
        """Return the category or tag that `term` means, made if need be; None for a kind this blog does not have, and
        for one without a name."""
        if term.kind not in MODELS:
            self.result.left_out[term.kind] += 1
            return None
        if not named(term):
            return None
        key = term.kind, named(term)
        if key not in self.found:
            self.found[key] = self.find(term) or self.create(term)
        return self.found[key]

    def find(self, term):
        slug, rows = slug_for(term), MODELS[term.kind].objects.order_by("pk")
        row = rows.filter(slug=slug).first() if slug else rows.filter(name=name_of(term)).first()
        if row:
            self.result.present[COUNTED[term.kind]] += 1
        return row

    def create(self, term):
        row = MODELS[term.kind](name=name_of(term), slug=slug_for(term), description=term.description)
        row.save()
        self.is_new.add(row)
        self.result.added[COUNTED[term.kind]] += 1
        if term.slug and row.slug != term.slug:
            self.result.note(_("Categories and tags whose address changed"), f"{term.slug} → {row.slug}")
        return row


def named(term):
    """Return what names a term there: its slug, which some tools leave out."""
    return term.slug or term.name


def name_of(term):
    return (term.name or term.slug)[:LONGEST_NAME]


def slug_for(term):
    return slug_of(term.slug) or slug_of(term.name)
