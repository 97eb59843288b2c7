"""The list of comments in the admin: its piles, and its pages, quick with half a million comments."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from comments import queue
from comments.models import Comment
from comments.moderation import CAUSES

# Of what a search finds, the newest: whoever gets more looks for something else.
MOST_FOUND = 1000
PLAIN = {"status", "held", "p", "o"}  # what in an address leaves the counts of the piles true


class Tabs(admin.SimpleListFilter):
    """A filter that stands above the list, each choice with how many it holds."""

    template = "admin/comments/comment/_tabs.html"

    def choices(self, changelist):
        chosen = self.chosen(changelist.params)
        for value, words in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value}, remove=["p"])
            yield {"selected": value == chosen, "query_string": query, "display": words, "value": value}


def status_names(counts) -> dict[str, str]:
    """Return the words on each status's tab."""
    names = {status.value: f"{status.label.capitalize()} ({counts[status.value]})" for status in Comment.Status}
    return {**names, "all": f"{_('All')} ({sum(counts.values())})"}


class StatusFilter(Tabs):
    """Opens on what waits."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        self.counts = request.comment_counts = queue.counts()
        return list(status_names(self.counts).items())

    def chosen(self, params):
        return chosen_status(params)

    def queryset(self, request, queryset):
        chosen = self.chosen(request.GET)
        return queryset if chosen == "all" else queryset.filter(status=chosen)


def chosen_status(params) -> str:
    """Return the pile that an address asks for; one that there is not is what waits."""
    if any(name.startswith("status__") for name in params):
        return "all"  # and Django narrows it
    value = params.get("status")
    value = value[-1] if isinstance(value, list) else value
    return value if value in (*Comment.Status.values, "all") else Comment.Status.PENDING.value


class CauseFilter(Tabs):
    """Of what waits: why."""

    title = _("why it waits")
    parameter_name = "held"

    def lookups(self, request, model_admin):
        self.combinations = queue.combinations() if chosen_status(request.GET) == Comment.Status.PENDING else {}
        request.held_counts = queue.by_cause(self.combinations)
        names = [(cause, f"{CAUSES[cause]} ({count})") for cause, count in request.held_counts.items()]
        return [("", _("For any reason")), *names] if names else []

    def has_output(self):
        return bool(self.lookup_choices)

    def chosen(self, params):
        return self.value() or ""

    def queryset(self, request, queryset):
        if not self.value() or not self.combinations:
            return queryset
        fitting = [held_for for held_for in self.combinations if self.value() in held_for.split()]
        return queryset.filter(held_for__in=fitting)


class KindFilter(admin.ChoicesFieldListFilter):
    template = "admin/comments/comment/_tabs.html"


class ListPaginator(Paginator):
    """Pages of comments. `known` is their count where a pile's is known already, None where one has to look.

    The ids of a page are found first, so that the database walks to a late page in its index and not through texts.
    """

    def __init__(self, object_list, per_page, known=None, *, reads_words=False):
        super().__init__(object_list, per_page)
        self.known, self.reads_words = known, reads_words

    @cached_property
    def found(self):
        """The ids of what is found. Words are looked for in the order in which comments lie on the disk."""
        rows = self.object_list.order_by("-pk") if self.reads_words else self.object_list
        return list(rows.values_list("pk", flat=True)[: MOST_FOUND + 1])

    @cached_property
    def count(self):
        return min(len(self.found), MOST_FOUND) if self.known is None else self.known

    @property
    def is_cut(self):
        return self.known is None and len(self.found) > MOST_FOUND

    def page(self, number):
        """Return a page, the last one where there are fewer by now."""
        number = min(max(1, int(number)), self.num_pages)
        start = (number - 1) * self.per_page
        rows = self.object_list if self.known is not None else self.object_list.filter(pk__in=self.found[: self.count])
        ids = list(rows.values_list("pk", flat=True)[start : start + self.per_page])
        return self._get_page(self.object_list.filter(pk__in=ids), number, self)


def paginator(request, queryset, per_page):
    known = None
    if set(request.GET) <= PLAIN and hasattr(request, "comment_counts"):
        status = chosen_status(request.GET)
        known = sum(request.comment_counts.values()) if status == "all" else request.comment_counts[status]
        if request.GET.get("held") and request.held_counts:
            known = request.held_counts.get(request.GET["held"], 0)
    return ListPaginator(queryset, per_page, known, reads_words="q" in request.GET)


class CommentList(ChangeList):
    """A page of the list, each comment with what its moderator wants to know."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = queue.with_records(list(self.result_list))
