"""The related articles of a post, in its form: what was found and why, and what the author decides about it."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from blog.models import Post, RelatedChoice

from .choosing import ChoosesByNumber


def reason_in_words(words):
    """Return a sentence about what likens two posts; `words` as in `RelatedPost.words`."""
    filing = ", ".join(word.removeprefix("#") for word in words if word.startswith("#"))
    said = ", ".join(word for word in words if not word.startswith("#"))
    if filing and said:
        return _("Both are filed under %(filing)s and speak of %(words)s.") % {"filing": filing, "words": said}
    if filing:
        return _("Both are filed under %(filing)s.") % {"filing": filing}
    if said:
        return _("Both speak of %(words)s.") % {"words": said}
    return _("Written around the same time.")


class ShownArticle(forms.HiddenInput):
    """An article that is there to be read, with the reason why it stands there."""

    is_hidden = False  # the admin gives it a cell

    def __init__(self, article, reason=""):
        super().__init__()
        self.article, self.reason = article, reason

    def render(self, name, value, attrs=None, renderer=None):
        post = self.article
        state = "" if post.is_live else _("scheduled") if post.is_scheduled else _("draft")
        return format_html(
            '{}<a href="{}">{}</a> <span class="quiet">{}</span><br><span class="quiet">{}</span>',
            super().render(name, value, attrs, renderer),
            post.get_absolute_url() if post.is_live else post.get_preview_url(),
            post.title,
            state,
            self.reason,
        )


class ChoiceForm(forms.ModelForm):
    """One article. What was found needs no choice; what has none is not kept."""

    class Meta:
        model = RelatedChoice
        fields = ["related", "kind", "order"]

    def has_changed(self):
        if self.instance.pk is None and not (self["kind"].value() and self["related"].value()):
            return False
        return super().has_changed()


class ChoiceFormSet(forms.BaseInlineFormSet):
    """What the author decided, and below it what was found and not yet decided about."""

    def __init__(self, *args, instance=None, **kwargs):
        self.found = {}
        if instance and instance.pk:
            decided = instance.related_choices.values("related")
            rows = instance.found_related.exclude(related__in=decided).select_related("related")
            self.found = {row.related_id: row for row in rows}
            self.reasons = dict(instance.found_related.values_list("related", "words"))
        kwargs["initial"] = [{"related": pk, "kind": ""} for pk in self.found]
        self.extra = len(self.found)
        super().__init__(*args, instance=instance, **kwargs)

    @classmethod
    def get_default_prefix(cls):
        return "recommendations"

    def get_queryset(self):
        return super().get_queryset().select_related("related")

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if form.instance.pk:
            form.fields["related"].widget = ShownArticle(form.instance.related)
        elif row := self.found.get(form.initial.get("related")):
            form.fields["related"].widget = ShownArticle(row.related, reason_in_words(row.words))
            form.fields["kind"].required = False
            form.fields["kind"].choices = [("", _("as found")), *RelatedChoice.Kind.choices]

    def get_unique_error_message(self, unique_check):
        return _("The same article is chosen twice. Please keep one of the two.")


class RelatedInline(ChoosesByNumber, admin.TabularInline):
    """The related articles: those the author pins come first, the rest are found by the worker."""

    model = RelatedChoice
    form = ChoiceForm
    formset = ChoiceFormSet
    fk_name = "post"
    fields = ["related", "kind", "order"]
    autocomplete_fields = ["related"]
    classes = ["collapse"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "related":
            kwargs["queryset"] = offered_to(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def offered_to(request):
    """Return the posts that a person may choose: those everybody may see, and their own."""
    posts = Post.objects.posts()
    if request.user.has_perm("blog.edit_others"):
        return posts
    return posts.filter(author=request.user) | posts.published()
