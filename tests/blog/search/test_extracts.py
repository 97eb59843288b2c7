"""Where a text answers, shown."""

import pytest
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from blog.search.extracts import extract, highlight
from blog.search.query import parse

FAR = "Un mot après l’autre, sans hâte. " * 30


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("L’harmonie du soir", "harmonie", "L’<mark>harmonie</mark> du soir"),
        ("Ils mangeaient.", "manger", "Ils <mark>mangeaient</mark>."),
        ("Été à Paris", "ete", "<mark>Été</mark> à Paris"),
        ("Un week-end", "weekend", "Un <mark>week-end</mark>"),
        ("Portugal", "port", "<mark>Portugal</mark>"),
        ("pain noir, noir pain", '"noir pain"', "pain noir, <mark>noir pain</mark>"),
        ("Rien ici", "pain", "Rien ici"),
        ("Du pain", "-pain mer", "Du pain"),
        ("Lesquels, et le pain", "le", "Lesquels, et <mark>le</mark> pain"),
        ("Lesquels, et les pains", "les", "Lesquels, et <mark>les</mark> pains"),
        ("Lesquels, et le pain", "pain le", "Lesquels, et le <mark>pain</mark>"),
        ("Portugal", "po", "Portugal"),
        ("Port et Portugal", "port ", "<mark>Port</mark> et Portugal"),
        ("<b>pain</b> & sel", "pain", "&lt;b&gt;<mark>pain</mark>&lt;/b&gt; &amp; sel"),
    ],
)
def test_what_answers_is_marked(text, typed, shown):
    assert highlight(text, parse(typed)) == shown


def test_an_extract_is_cut_around_what_answers():
    shown = extract(f"{FAR}Il reste du plomb au fond. {FAR}", parse("plomb"))
    assert "du <mark>plomb</mark> au fond" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(strip_tags(shown)) < 400


def test_an_extract_is_taken_where_most_of_the_words_stand_together():
    shown = extract(f"Du plomb. {FAR} De l’encre et du plomb.", parse("plomb encre"))
    assert "l’<mark>encre</mark> et du <mark>plomb</mark>" in shown


def test_an_extract_keeps_to_one_line_the_one_that_answers_best():
    assert extract("Du plomb.\nDe l’encre et du plomb.\nRien.", parse("plomb encre")) == (
        "De l’<mark>encre</mark> et du <mark>plomb</mark>."
    )


def test_a_text_that_does_not_answer_has_no_extract():
    assert extract(FAR, parse("plomb")) is None


@given(st.text(), st.text())
def test_marks_never_change_a_text_nor_let_its_tags_through(text, typed):
    import html
    import unicodedata

    marked = str(highlight(text, parse(typed)))
    plain = html.unescape(marked.replace("<mark>", "").replace("</mark>", ""))
    assert "<" not in marked.replace("<mark>", "").replace("</mark>", "")
    # html.unescape reads references to control characters its own way: those no text that is shown can hold.
    if text.isprintable():
        assert plain == unicodedata.normalize("NFC", text)
