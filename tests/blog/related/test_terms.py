"""Which words are one word to a reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.related.terms import said, terms

SAME = """
L’imprimerie | les imprimeries
l'eau | L’EAU
œuvre | OEUVRES
cheval | chevaux
journal | journaux
travail | travaux
gâteau | gâteaux
jeu | jeux
cheveu | cheveux
Français | françaises
heureux | heureuse | heureuses
actif | active | actives
boulanger | boulangère | boulangerie | boulangers
chanteur | chanteuse
acteur | actrice | acteurs
lecteur | lectrice
musicien | musicienne
manger | mangeaient | mangé | mangée | mangerait | mangeant
cuisiner | cuisinent | cuisine | cuisinières
finir | finissait | finie | finissent
développer | développement | développeurs
photographie | photographe | photographier | photography
rapide | rapidement
printing | printed | printer | prints
story | stories
class | classes
program | programme | programming
life | lives
security | sécurité
"""
DIFFERENT = """
pain | peine
ville | village
port | porc
coudre | coude
poisson | poison
france | franchise
code | coda
server | serpent
python | pythagore
"""


def rows(table):
    return [row.split(" | ") for row in table.strip().splitlines()]


@pytest.mark.parametrize("words", rows(SAME), ids=lambda words: words[0])
def test_the_forms_of_a_word_are_one_term(words):
    assert len({tuple(terms(word)) for word in words}) == 1
    assert terms(words[0])


@pytest.mark.parametrize(("one", "other"), rows(DIFFERENT))
def test_words_that_only_look_alike_stay_apart(one, other):
    assert terms(one) != terms(other)


@pytest.mark.parametrize(
    "text",
    [
        "Le la les, et puis : and the of!",
        "Aujourd’hui j’ai été là, qu’il n’y ait plus rien ; lorsqu’on s’en va.",
        "I don’t know that they’ve been there, isn’t it?",
        "… ! ? 7 « »",
        "",
    ],
)
def test_words_that_say_nothing_are_no_terms(text):
    assert terms(text) == []


def test_a_term_is_known_by_the_word_that_readers_know():
    assert list(said("L’Été, les Élections")) == [("elect", "élections")]
    assert dict(said("Les œuvres")).popitem()[1] == "œuvres"


def test_names_of_techniques_and_years_are_terms():
    assert terms("C++, C#, HTML5 et 2011") == ["c++", "c#", "html5", "2011"]


def test_a_text_written_on_a_mac_is_the_same_text():
    assert terms("re\u0301volution") == terms("révolution")


@given(st.text())
def test_any_text_has_terms_of_bounded_length(text):
    assert all(0 < len(term) <= 100 for term in terms(text + "a" * 1000))
