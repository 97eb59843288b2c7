"""The form below a post."""

import re
import unicodedata
from html import unescape

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout, Submit
from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.utils import ErrorDict
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from blog.rendering import printable
from comments import mail, people, rendering, stamps
from comments.models import Comment

MOST_CHARACTERS = 20_000
TAG = re.compile("<[^<>]*>")
CONTROLS = re.compile("[\x80-\x9f]")  # what Django makes of bytes that are no UTF-8


def is_seen(text: str) -> bool:
    """Whether a reader sees any of it: a letter, a figure, a sign."""
    return any(unicodedata.category(character)[0] in "LNPS" for character in text)


class CommentForm(forms.Form):
    """A visitor's words for `post`. Bound again after a refusal, it shows every word of them."""

    name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"), max_length=100, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("Never shown, never passed on."),
    )
    url = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput({"autocomplete": "url", "inputmode": "url"}),
    )
    body = forms.CharField(
        label=_("Comment"),
        # No `maxlength` in the page: a browser cuts what is pasted without a word.
        validators=[MaxLengthValidator(MOST_CHARACTERS)],
        widget=forms.Textarea({"rows": 8}),
    )
    parent = forms.ModelChoiceField(
        Comment.objects.none(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={
            "invalid_choice": _(
                "The comment you answer is no longer there. Your words are kept below: send them again to post them "
                "as a comment of their own."
            )
        },
    )
    notify = forms.BooleanField(label=_("Tell me of replies by mail"), required=False)
    remember = forms.BooleanField(label=_("Remember me in this browser"), required=False)
    # What only programs fill in: nobody sees it, hears of it or comes to it with the keyboard.
    phone = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, post, data=None, **kwargs):
        self.unreadable = set()
        data = self.readable(data)
        self.doubts = []  # what speaks against it, in words
        if data is not None:
            self.doubts = stamps.doubts(data["stamp"], post.pk)
            if self.doubts:  # where it is shown again, it may be sent again
                data["stamp"] = stamps.make(post.pk)
            if data["phone"]:
                self.doubts.append(gettext("It filled in a field that people do not see."))
        kwargs["initial"] = {"stamp": stamps.make(post.pk), **kwargs.get("initial", {})}
        super().__init__(data, prefix=None, **kwargs)
        self.fields["parent"].queryset = post.comments.approved()
        if not mail.is_sent():
            del self.fields["notify"]
        self.helper = FormHelper()
        self.helper.form_action = (
            f"{reverse('comments:submit', args=[post.get_absolute_url().strip('/'), post.pk])}#respond"
        )
        self.helper.form_class = "comment-form"
        self.helper.disable_csrf = True  # see `comments.views.came_from_here`
        self.helper.layout = Layout(
            "parent",
            "stamp",
            Div("name", "email", "url", css_class="field-row"),
            Field("body"),
            HTML('<p class="hint character-count" hidden></p>'),
            Div("phone", css_class="apart", aria_hidden="true"),
            HTML("{% include 'comments/_allowed_tags.html' %}"),
            *(["notify"] if "notify" in self.fields else []),
            Field("remember", wrapper_class="needs-script"),
            HTML('<p class="form-status" role="status"></p>'),
            # The first is what the Enter key means.
            Submit("", _("Post the comment")),
            Submit("preview", _("Preview")),
        )

    def readable(self, data):
        """Return `data` without what no page can show, and note where that was."""
        if data is None:
            return None
        readable = {}
        for name in self.base_fields:
            value = re.sub("\r\n?", "\n", data.get(name, ""))
            readable[name] = CONTROLS.sub("", printable(value).replace("\ufffd", ""))
            if readable[name] != value:
                self.unreadable.add(name)
        return readable

    def clean_name(self):
        name = " ".join(people.TURNS.sub("", rendering.calm(self.cleaned_data["name"])).split())
        if not name:
            raise forms.ValidationError(self.fields["name"].error_messages["required"], code="required")
        return name

    def clean_body(self):
        body = self.cleaned_data["body"]
        # Looked at closely only where there is nothing to read but tags, if any.
        if not is_seen(TAG.sub("", body)) and not is_seen(unescape(TAG.sub("", rendering.render(body)))):
            raise forms.ValidationError(self.fields["body"].error_messages["required"], code="required")
        return body

    def clean(self):
        for name in self.unreadable - {"phone", "stamp"}:
            self.add_error(
                None if name in ("parent", "notify", "remember") else name,
                gettext(
                    "Some characters here could not be read and were taken out. Please look it over and send again."
                ),
            )
        if self.has_error("parent", "invalid_choice"):
            self.data = {**self.data, "parent": ""}
        return super().clean()

    def forgive(self):
        """Show no error: the visitor only wanted to look."""
        self._errors = ErrorDict()

    @property
    def answered(self):
        """The comment that this one answers, or None."""
        number = self.data.get("parent") if self.is_bound else self.initial.get("parent")
        try:
            return self.fields["parent"].clean(number)
        except forms.ValidationError:
            return None
