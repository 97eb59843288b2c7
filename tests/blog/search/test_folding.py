"""Words as search compares them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.search.entries import headings, spellings, tokens
from blog.search.stemming import english, french
from blog.search.words import LONGEST, chains, composed, fold, places, stems, whole, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’été, qu'il vînt", ["ete", "il", "vint"]),
        ("aujourd’hui, presqu’île, O’Reilly", ["aujourdhui", "presquile", "oreilly"]),
        ("Œuvre, cœur, ex æquo, Straße", ["oeuvre", "coeur", "ex", "aequo", "strasse"]),
        ("the author’s cat, it's, don't", ["the", "author", "cat", "it", "dont"]),
        ("week-end", ["week", "end"]),
        ("C++, C#, C", ["cplusplus", "csharp", "c"]),
        ("e\u0301te\u0301 extra\u00adordinaire", ["ete", "extraordinaire"]),
        ("検索 text", ["検", "索", "text"]),
        ("Ａｂｃ ﬁn 𝓐é", ["abc", "fin", "ae"]),
        ("« » — … 🎉 _ '", []),
    ],
)
def test_a_text_is_these_words(text, folded):
    assert words(text) == folded


@pytest.mark.parametrize("apostrophe", "'’‘ʼ′`")
def test_every_apostrophe_elides(apostrophe):
    assert words(f"l{apostrophe}harmonie") == ["harmonie"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("manger", "mangeaient"), ("manger", "mangeons"), ("manger", "mangé"), ("manger", "mangèrent"),
        ("français", "FRANCAISES"), ("finir", "finissent"), ("finir", "finie"), ("prendre", "prendra"),
        ("cheval", "chevaux"), ("bateau", "bateaux"), ("nouveau", "nouvelles"), ("acteur", "actrices"),
        ("heureux", "heureuses"), ("actif", "active"), ("premier", "premières"), ("ancien", "anciennes"),
        ("constant", "constamment"), ("lent", "lentement"), ("bon", "bonnes"), ("petit", "petites"),
    ],
)  # fmt: skip
def test_french_forms_of_a_word_have_one_stem(one, other):
    assert french(fold(one)) == french(fold(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("city", "cities"), ("box", "boxes"), ("run", "running"), ("write", "writing"), ("create", "created"),
        ("stop", "stopped"), ("quick", "quickly"), ("happy", "happiness"), ("cat", "cats"), ("study", "studied"),
    ],
)  # fmt: skip
def test_english_forms_of_a_word_have_one_stem(one, other):
    assert english(one) == english(other)


@pytest.mark.parametrize(
    ("one", "other"), [("port", "portugal"), ("nation", "national"), ("or", "oreille"), ("pain", "pin")]
)
def test_words_that_only_look_alike_keep_apart(one, other):
    assert not stems(fold(one)) & stems(fold(other))


@given(st.text())
def test_folding_never_fails_and_folded_words_stay_as_they_are(text):
    for word in words(text):
        assert word.isalnum()
        assert len(word) <= LONGEST
        assert fold(word) == word


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_a_place_is_where_its_word_stands(text):
    text = composed(text)
    for place in places(text):
        assert fold(text[place.start : place.end]) == place.word


@given(st.text(alphabet="aàâéèêëïôùûçœæ' -", max_size=40))
def test_accents_capitals_and_their_encoding_change_nothing(text):
    assert words(text) == words(unicodedata.normalize("NFD", text)) == words(text.upper())


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789é漢", min_size=1, max_size=30))
def test_a_stem_is_never_empty(word):
    assert french(word)
    assert english(word)


def test_hyphens_make_one_word_of_several():
    text = "Un arc-en-ciel, un week‑end. Oui - non."
    assert [whole(chain) for chain in chains(list(places(text)), text)] == ["arcenciel", "weekend"]


def test_the_index_holds_a_words_stem_beside_it():
    assert tokens("mangeaient").words == ("mangeaient",)
    assert "_mang" in tokens("mangeaient").stems


def test_headings_are_read_out_of_the_html():
    markup = '<h2 id="a">Un &amp; <em title=">">deux</em></h2><p>Texte</p><h3>Trois</h3>'
    assert headings(markup).split("\n") == ["Un & deux", "Trois"]


def test_words_are_remembered_with_their_accents():
    assert spellings("L’Été à Orléans, 1984, C#") == {"été": "ete", "orléans": "orleans"}


def test_a_word_too_long_to_be_one_is_not_remembered():
    assert spellings("a" * (LONGEST + 1)) == {}
