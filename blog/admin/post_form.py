"""The form in which posts and pages are written."""

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.urls import resolve
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from blog.models import Category, Page, Post, Tag
from blog.models.slugs import RESERVED, slug_of, unique_slug

MOST_CHARACTERS = 2_000_000
UNREADABLE = "\ufffd"  # what a browser sends for half a character, and Django reads from broken bytes


class TagNamesField(forms.CharField):
    """Tags as people write them: names between commas. A name nobody used before becomes a tag."""

    def prepare_value(self, value):
        if isinstance(value, list | tuple) or hasattr(value, "all"):
            return ", ".join(tag.name for tag in value)
        return value

    def clean(self, value):
        names = dict.fromkeys(" ".join(name.split()) for name in super().clean(value).split(",") if name.strip())
        if too_long := [name for name in names if len(name) > 200]:
            raise ValidationError(_("A tag has 200 characters at most: “%(name)s…”"), params={"name": too_long[0][:40]})
        return list(names)

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


def tags_named(names):
    """Return the tags of these names, made where there are none; upper and lower case are the same tag."""
    return [Tag.objects.filter(name__iexact=name).first() or Tag.objects.create(name=name) for name in names]


def refuse_half_characters(before, after):
    """Raise ValidationError where a character came that could not be read: the browser sent half of one, and what is
    there now is a sign that the author never typed. One that was there before may stay."""
    if after.count(UNREADABLE) > before.count(UNREADABLE):
        place = after.index(UNREADABLE)
        raise ValidationError(
            _("A character could not be read here: “%(around)s”. Please type it again, or take it out."),
            params={"around": after[max(0, place - 20) : place + 20]},
        )


class PostForm(forms.ModelForm):
    revision_note = forms.CharField(
        label=capfirst(_("what changed")),
        required=False,
        max_length=200,
        widget=AdminTextInputWidget,
        help_text=_("A note, if you like. The revision is kept for ever then."),
    )
    tags = TagNamesField(
        label=capfirst(_("tags")),
        required=False,
        widget=AdminTextInputWidget,
        help_text=_("Between commas. A new name becomes a new tag."),
    )

    class Meta:
        model = Post
        fields = "__all__"  # noqa: DJ007, the admin names them in its fieldsets
        widgets = {"categories": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"title", "body"} & self.fields.keys():
            self.fields[name].widget.attrs["placeholder"] = self.fields[name].label
        for name in {"title", "body", "excerpt"} & self.fields.keys():
            # The spelling is that of the post's language, not that of the desk.
            self.fields[name].widget.attrs |= {"lang": self.instance.lang, "spellcheck": "true"}
        if "status" in self.fields:
            self.fields["status"].choices = [c for c in Post.Status.choices if c[0] != Post.Status.TRASH]
        if "published_at" in self.fields:
            date, time = self.fields["published_at"].widget.widgets
            date.attrs["aria-label"] = self.fields["published_at"].label
            time.attrs["aria-label"] = _("publication time")
        if "categories" in self.fields:
            # Not `field.choices`, which would be read again from the query, without the tree.
            self.fields["categories"].widget.choices = [
                (category.pk, f"{'— ' * depth}{category.name}") for category, depth in Category.tree()
            ]

    def clean_slug(self):
        """A new post's slug that follows its title steps aside for an older post's; one chosen by hand is refused."""
        slug, title = self.cleaned_data["slug"], self.cleaned_data.get("title", "")
        if self.instance._state.adding and slug and slug == slug_of(title):
            return unique_slug(self.instance, title, fallback=self.instance.kind)
        if RESERVED.fullmatch(slug):
            raise ValidationError(_("The site itself uses this address. Please choose another."))
        return slug

    def clean_status(self):
        """The button pressed says it, whatever the field says."""
        if "_publish" in self.data:
            return Post.Status.PUBLISHED
        return Post.Status.DRAFT if "_draft" in self.data else self.cleaned_data["status"]

    def clean_title(self):
        refuse_half_characters(self.initial.get("title") or "", self.cleaned_data["title"])
        return self.cleaned_data["title"]

    def clean_excerpt(self):
        refuse_half_characters(self.initial.get("excerpt") or "", self.cleaned_data["excerpt"])
        return self.cleaned_data["excerpt"]

    def clean_body(self):
        body = self.cleaned_data["body"]
        refuse_half_characters(self.initial.get("body") or "", body)
        if len(body) > MOST_CHARACTERS:
            raise ValidationError(
                _("This text has %(length)d characters; %(most)d are possible."),
                params={"length": len(body), "most": MOST_CHARACTERS},
            )
        return body

    def _save_m2m(self):
        names = self.cleaned_data.pop("tags", None)
        super()._save_m2m()
        if names is not None:
            self.instance.tags.set(tags_named(names))


class PageForm(PostForm):
    tags = None

    class Meta(PostForm.Meta):
        model = Page

    def clean(self):
        cleaned = super().clean()
        slug, parent = cleaned.get("slug"), cleaned.get("parent")
        if slug and not parent and resolve(f"/{slug}/").url_name != "page":
            self.add_error("slug", _("The site itself uses this address. Please choose another."))
        if parent and self.instance.pk in [page.pk for page in parent.lineage()]:
            self.add_error("parent", _("A page cannot stand under itself."))
        return cleaned
