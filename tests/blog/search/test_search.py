"""What is found by what, and in which order: the same table on SQLite and on PostgreSQL."""

import datetime

import pytest
from django.apps import apps
from django.utils import timezone

from blog.models import Post
from blog.search import finding, index
from blog.search.query import parse
from comments.models import Comment
from tests.factories import CommentFactory, PageFactory, PostFactory

NOW = timezone.now()
LONG = "Un mot après l’autre, sans hâte. "

# title, text; from the newest to the oldest
LIBRARY = [
    ("L’harmonie des sphères", "Kepler écoutait les planètes."),
    ("Au cœur de l’atelier", "Chaque œuvre naît d’une manœuvre : l’œil, puis la main."),
    ("Repas d’autrefois", "Les enfants mangeaient du pain noir."),
    ("La poste aux chevaux", "On changeait de monture, jusqu’à la nuit."),
    ("Les petites annonces", "On les lisait chaque matin."),
    ("Avis d’hiver", "De petites choses, annonces et faire-part."),
    ("Une langue", "Ce que les FRANÇAIS en font."),
    ("Jour de marché", "C’est aujourd’hui que l’on vend les fleurs d’Anaïs."),
    ("Tempête", "Un week-end au bord de la mer."),
    ("Courrier", "Un e-mail, puis un long weekend."),
    ("Curriculum vitæ", "Ex æquo, et cætera."),
    ("Printing stories", "She was running the press when the cities slept. The author’s chat: don’t wake it."),
    ("Le plomb", "Rien de plus."),
    ("Typographie", "## Fondre le plomb\n\nRien de plus."),
    ("Encres", LONG * 20 + "Il reste du plomb au fond."),
    ("Vernis", "Rien de plus."),
    ("Langages", "On écrit en C++, en C# ou en C."),
    ("Chiffres", "En 1984, pi valait 3,14 selon example.org."),
    ("Ailleurs", "Тишина. 検索エンジン. سلام. 🎉 Straße."),
    ("Marche lente", "Rien de plus."),
    ("Promenade", "Ils marchaient, et rien de plus."),
    ("Chemin", "Une marche, une autre marche."),
    ("Sentier", "Une marche, et rien de plus."),
    ("Nouvelles du port", "Les portes du Portugal."),
    ("Escale", "Un port."),
    ("Portugal", "Loin d’ici."),
    ("Acteurs", "Les actrices heureuses jouaient mieux."),
    ("Presqu’île", "Elle s’avance. « J’accuse », dit O’Reilly."),
    ("Le titre & <b>les</b> signes", '`SELECT "x" OR 1=1 -- NEAR`'),
    ("Chat noir", "Un chien dort."),
    ("Chat blanc", "Un oiseau chante."),
]
PAGE = ("À propos", "Une revue de gravure.")
HIDDEN = ("Brouillon", "Le xylophone est secret.")
TOMORROW = ("Demain", "Le xylophone et la sarbacane.")


@pytest.fixture(scope="module", autouse=True)
def library(django_db_setup, django_db_blocker):
    """Keep the library for the whole table: every row only reads."""
    with django_db_blocker.unblock():
        for number, (title, body) in enumerate(LIBRARY):
            PostFactory(title=title, body=body, published_at=NOW - datetime.timedelta(days=number))
        PageFactory(title=PAGE[0], body=PAGE[1], published_at=NOW - datetime.timedelta(days=500))
        PostFactory(title=HIDDEN[0], body=HIDDEN[1], status=Post.Status.DRAFT)
        PostFactory(title=TOMORROW[0], body=TOMORROW[1], published_at=NOW + datetime.timedelta(days=1))
        varnish = Post.objects.get(title="Vernis")
        CommentFactory(post=varnish, body="Et le plomb, dans tout cela ?")
        CommentFactory(post=varnish, body="Achetez du casino.", status=Comment.Status.SPAM)
        index.rebuild()
        yield
        # All that came of it, too: faces, terms, known words.
        made = [model for app in ("comments", "blog") for model in apps.get_app_config(app).get_models()]
        for model in (Comment, Post, *made):
            model._base_manager.all().delete()


# what is typed, and the titles that it finds: in this order, or a set where the order means nothing
TABLE = [
    # accents, capitals, ligatures, apostrophes
    ("harmonie", ["L’harmonie des sphères"]),
    ("l’harmonie", ["L’harmonie des sphères"]),
    ("l'harmonie", ["L’harmonie des sphères"]),
    ("LʼHARMONIE", ["L’harmonie des sphères"]),
    ("harmonies", ["L’harmonie des sphères"]),
    ("d‘harmonie", ["L’harmonie des sphères"]),
    ("sphere", ["L’harmonie des sphères"]),
    ("SPHÈRES", ["L’harmonie des sphères"]),
    ("sphe\u0300res", ["L’harmonie des sphères"]),
    ("coeur", ["Au cœur de l’atelier"]),
    ("cœur", ["Au cœur de l’atelier"]),
    ("OEUVRE", ["Au cœur de l’atelier"]),
    ("œuvres", ["Au cœur de l’atelier"]),
    ("manoeuvre", ["Au cœur de l’atelier"]),
    ("vitae", ["Curriculum vitæ"]),
    ("aequo", ["Curriculum vitæ"]),
    ("cætera", ["Curriculum vitæ"]),
    ("aujourd'hui", ["Jour de marché"]),
    ("aujourd’hui", ["Jour de marché"]),
    ("anais", ["Jour de marché"]),
    ("presqu'ile", ["Presqu’île"]),
    ("accuse", ["Presqu’île"]),
    ("oreilly", ["Presqu’île"]),
    ("O'Reilly", ["Presqu’île"]),
    ("strasse", ["Ailleurs"]),
    # French forms
    ("manger", ["Repas d’autrefois"]),
    ("mange", ["Repas d’autrefois"]),
    ("mangerons", ["Repas d’autrefois"]),
    ("mangée", ["Repas d’autrefois"]),
    ("cheval", ["La poste aux chevaux"]),
    ("changer", ["La poste aux chevaux"]),
    ("FRANCAISES", ["Une langue"]),
    ("français", ["Une langue"]),
    ("acteur", ["Acteurs"]),
    ("actrice", ["Acteurs"]),
    ("heureux", ["Acteurs"]),
    ("jouer", ["Acteurs"]),
    ("tempêtes", ["Tempête"]),
    # English forms
    ("run", ["Printing stories"]),
    ("story", ["Printing stories"]),
    ("city", ["Printing stories"]),
    ("printed", ["Printing stories"]),
    ("author", ["Printing stories"]),
    ("author's", ["Printing stories"]),
    ("dont", ["Printing stories"]),
    # joined words
    ("week-end", ["Tempête", "Courrier"]),
    ("weekend", ["Courrier", "Tempête"]),
    ("weekends", {"Courrier", "Tempête"}),
    ("email", ["Courrier"]),
    ("e-mail", ["Courrier"]),
    ("faire-part", ["Avis d’hiver"]),
    # signs, digits, other scripts
    ("c++", ["Langages"]),
    ("C#", ["Langages"]),
    ("1984", ["Chiffres"]),
    ("3,14", ["Chiffres"]),
    ("3,15", []),
    ("example.org", ["Chiffres"]),
    ("тишина", ["Ailleurs"]),
    ("検索", ["Ailleurs"]),
    ("索検", []),
    ("سلام", ["Ailleurs"]),
    # the beginning of a last word
    ("harmo", ["L’harmonie des sphères"]),
    ("harmo ", []),
    ("curriculum vi", ["Curriculum vitæ"]),
    ("xyloph", []),
    # several words, all of them
    ("pain enfant", ["Repas d’autrefois"]),
    ("pain sphères", []),
    ("le pain des enfants", ["Repas d’autrefois"]),
    # phrases
    ('"petites annonces"', ["Les petites annonces"]),
    ("« petites annonces »", ["Les petites annonces"]),
    ("“Petites annonces”", ["Les petites annonces"]),
    ("petites annonces", ["Les petites annonces", "Avis d’hiver"]),
    ('"annonces petites"', []),
    ('"petite annonce"', []),
    ('"petites anno', ["Les petites annonces"]),
    ('"petites anno"', []),
    ('"harmonie des sphères"', ["L’harmonie des sphères"]),
    ('"l\'oeil puis"', ["Au cœur de l’atelier"]),
    # minus
    ("chat", ["Chat noir", "Chat blanc", "Printing stories"]),
    ("chat -chien", ["Chat blanc", "Printing stories"]),
    ("chat -noir -blanc", ["Printing stories"]),
    ("annonces -petites", []),
    ('petites -"petites annonces"', ["Avis d’hiver"]),
    # order: title, headings, text, comments; the very word, then its forms, then what only begins like it
    ("plomb", ["Le plomb", "Typographie", "Encres", "Vernis"]),
    ("marche ", ["Marche lente", "Jour de marché", "Chemin", "Sentier", "Promenade"]),
    ("port", ["Nouvelles du port", "Escale", "Portugal"]),
    # pages too; never what is not published, nor what only spam says
    ("gravure", ["À propos"]),
    ("xylophone", []),
    ("sarbacane", []),
    ("secret", []),
    ("casino", []),
    # what looks like an operator is a word or nothing
    ("chat AND noir", ["Chat noir"]),
    ("SELECT near", ["Le titre & <b>les</b> signes"]),
    ("title:chat", []),
    ("chat*", ["Chat noir", "Chat blanc", "Printing stories"]),
    ("(chat", ["Chat noir", "Chat blanc", "Printing stories"]),
    ("chat' | 'x", []),
]


def found(typed):
    query = parse(typed)
    posts = finding.find(Post.objects.published(), query)
    return [post.title for post in finding.ranked(posts, query, posts.count())]


def test_the_table_is_long_enough_to_mean_something():
    assert len(TABLE) >= 60


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "titles"), TABLE, ids=[typed for typed, _ in TABLE])
def test_a_reader_finds(typed, titles):
    titles_found = found(typed)
    assert (set(titles_found) if isinstance(titles, set) else titles_found) == titles
