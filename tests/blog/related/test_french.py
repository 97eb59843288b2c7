"""Related articles of a blog in French, whose texts on one thing share hardly a word in the same form."""

import math
from collections import Counter

import pytest

from blog.related import ranking
from transfer.demo.content import read_entries

# Four texts on each thing: other endings, other elisions, other genders, and everywhere the same empty words.
LIBRARY = {
    "le pain": [
        (
            "Le boulanger du quartier",
            "Il pétrissait la pâte avant l’aube, puis enfournait. Ce n’est pas qu’il aimait ça.",
        ),
        (
            "Boulangères",
            "Elles pétrissent à la main des pâtes très molles. Les fournées sortent à six heures, et voilà tout.",
        ),
        (
            "Une croûte",
            "Qu’on ait pétri trop peu, la pâte ne lève pas ; l’enfourner n’y change plus rien, c’est ainsi.",
        ),
        (
            "La boulangerie ferme",
            "On y vendait des pains croûtés, levés lentement. Les enfourneurs sont partis, il n’y a plus rien.",
        ),
    ],
    "l’imprimerie": [
        ("L’imprimeur", "Il encrait la forme, puis la presse imprimait d’un coup. C’est ce qu’il y a de plus beau."),
        (
            "Imprimeries d’autrefois",
            "Les presses y étaient en bois, et les typographes composaient lettre à lettre. Tout cela n’est plus.",
        ),
        (
            "Composer",
            "Le typographe qui compose une page l’imprime trois fois : jamais la même encre, jamais la même chose.",
        ),
        (
            "Encrages",
            "On encre peu, on presse fort. Les compositions trop noires s’impriment mal, et puis c’est tout.",
        ),
    ],
    "le jardin": [
        (
            "Jardiner en hiver",
            "Tailler les rosiers, bêcher, arroser peu. Qu’est-ce qu’on y fait d’autre ? Rien, ou presque.",
        ),
        (
            "La jardinière",
            "Elle taillait ses rosiers au printemps et semait des fèves. Ce n’est pas elle qui l’aurait dit.",
        ),
        (
            "Semis",
            "Semez clair, arrosez le soir ; le jardin fera ce qu’il voudra. C’est plus simple qu’il n’y paraît.",
        ),
        (
            "Les jardiniers du square",
            "Ils bêchaient, ils arrosaient, ils ne parlaient pas. Une rose taillée trop court ne dit rien non plus.",
        ),
    ],
    "la mer": [
        (
            "Le naufrage",
            "Le navire naviguait sans voile depuis l’île. Les marins n’y croyaient plus, et c’est bien normal.",
        ),
        (
            "Marin d’eau douce",
            "J’ai navigué deux jours : la voile claquait, l’océan montait. Je n’y suis plus jamais retourné.",
        ),
        (
            "Les océans",
            "On y navigue par vent d’ouest. Les voiliers hissent ce qu’ils ont, puis ils attendent que ça passe.",
        ),
        (
            "Naufragés",
            "Trois navires, une tempête océanique, aucun marin qui sache nager. C’était tout ce qu’il y avait.",
        ),
    ],
    "la musique": [
        (
            "Le violoniste",
            "Il jouait une sonate sans accord, devant l’orchestre. On l’applaudissait, ce qui n’est pas rien.",
        ),
        (
            "Orchestres de province",
            "Des violons désaccordés, deux musiciens malades : on a pourtant joué. C’était très bien comme ça.",
        ),
        (
            "Accorder",
            "La musicienne accorde son violon avant la sonate ; l’applaudissement n’y ajoutera plus rien du tout.",
        ),
        (
            "Sonates",
            "Les orchestrer, c’est les perdre. Que les violonistes applaudissent, musicaux ou non : on s’en passera.",
        ),
    ],
    "le vin": [
        (
            "Vendanges",
            "On vendangeait en octobre. Le raisin mûrissait mal, et la cave restait vide : c’est toujours ainsi.",
        ),
        (
            "Le vigneron",
            "Sa vigne est en pente, ses raisins mûrs avant tous les autres. Il n’en dit pas plus, et c’est bien.",
        ),
        ("Caves", "Les vignerons y goûtent le vin de l’an dernier. Ce n’est pas qu’il soit bon, mais il est là."),
        ("Vignobles", "Vendanger tôt, presser vite, encaver. Le reste, les vignes s’en chargent, du moins on le dit."),
    ],
}
POSTS = [(subject, title, text) for subject, posts in LIBRARY.items() for title, text in posts]


def precision(counted, others):
    """Return how many of the `others` first neighbours are on the same thing, of all."""
    holders = Counter(term for counts in counted for term in counts)
    vectors = [ranking.weigh(counts, holders, len(counted)) for counts in counted]
    hits = 0
    for place, (subject, *_) in enumerate(POSTS):
        nearest = sorted(
            (number for number in range(len(POSTS)) if number != place),
            key=lambda number: -ranking.cosine(vectors[place], vectors[number], vectors[number].values()),
        )
        hits += sum(POSTS[number][0] == subject for number in nearest[:others])
    return hits / others / len(POSTS)


def test_french_endings_elisions_and_empty_words_hide_nothing():
    counted = [ranking.counts(title, [], text)[0] for _, title, text in POSTS]
    assert precision(counted, 1) == 1
    assert precision(counted, 3) >= 0.9


def test_it_is_the_endings_that_do_it():
    """The library is as hard as it says: whoever compares words as they stand is lost in it."""
    plain = [Counter(f"{title} {text}".lower().split()) for _, title, text in POSTS]
    assert precision(plain, 3) < 0.3


def test_no_empty_word_is_a_reason():
    for _, title, text in POSTS:
        terms = ranking.counts(title, [], text)[0]
        assert not {"qu", "est", "rien", "plus", "tout", "bien", "ce", "dit", "y", "ils", "ainsi"} & set(terms)
        assert all(math.isfinite(count) for count in terms.values())


@pytest.mark.parametrize(
    ("title", "nearest"),
    [
        ("La couchette du bas", "Quarante-sept minutes à Varennes-Embranchement"),
        ("Le papier a un sens", "Plier une page comme une lettre"),
        ("Mon voisin taille trop court", "De l’art d’interrompre"),
        ("Une horloge qui ne sait pas l’heure", "Un carnet, trois lignes de shell"),
    ],
)
def test_in_the_demo_blog_one_text_leads_to_another_on_the_same_thing(title, nearest):
    """By their words alone: how the author filed them is not looked at."""
    entries = {entry.facts["title"]: entry for entry in read_entries() if entry.kind == "post"}
    counted = {name: ranking.counts(name, [], entry.body)[0] for name, entry in entries.items()}
    holders = Counter(term for counts in counted.values() for term in counts)
    vectors = {name: ranking.weigh(counts, holders, len(counted)) for name, counts in counted.items()}
    others = vectors.keys() - {title}
    assert nearest == max(
        others, key=lambda name: ranking.cosine(vectors[title], vectors[name], vectors[name].values())
    )
