"""@Name leads to what that person said."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments import mentions, rendering
from comments.decisions import decide
from comments.models import Comment, DiscussionSettings
from comments.people import folded
from tests.factories import CommentFactory, PostFactory
from tests.pages import parse, text_of, with_class

OTHERS = ["olivier", "romain blachier", "Cendrine Marrouat", "Élodie", "jean-Pierre l'ancien", "Sœur Anne"]


def linked(text, names=OTHERS):
    """Return what `text` shows, and whom each of its links means: 1 for the first of `names`."""
    spoken = [mentions.Spoken(folded(name), (number,), number) for number, name in enumerate(names, start=1)]
    shown = mentions.link(text, (len(names) + 1,), spoken, lambda number: f"#{number}")
    found = with_class(parse(type("Answer", (), {"content": shown.encode()})), "mention")
    return [(link.text, int(link.get("href")[1:])) for link in found]


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("<p>@Olivier : merci</p>", [("@Olivier", 1)]),
        ("<p>@Romain, @Cendrine &amp; @elodie.</p>", [("@Romain", 2), ("@Cendrine", 3), ("@elodie", 4)]),
        ("<p>@Romain Blachier dit</p>", [("@Romain Blachier", 2)]),
        ("<p>@ROMAIN\u00a0BLACHIER: oui</p>", [("@ROMAIN\u00a0BLACHIER", 2)]),
        ("<p><strong>@Olivier</strong></p>", [("@Olivier", 1)]),
        ("<p>@Jean-Pierre L’ancien</p>", [("@Jean-Pierre L’ancien", 5)]),
        ("<p>@soeur anne</p>", [("@soeur anne", 6)]),
        ("<p>(@Olivier)</p>", [("@Olivier", 1)]),
        ("<p>@Oliviers @Nobody @ Olivier</p>", []),
        ("<p>moi@olivier.example x@Olivier @@Olivier https://a.example/@Olivier</p>", []),
        ("<p><code>@Olivier</code> <pre><code>@Olivier</code></pre></p>", []),
        ('<p><a href="https://a.example/" title="@Olivier">de @Olivier</a></p>', []),
        ("<p>" + "@Olivier " * 40 + "</p>", [("@Olivier", 1)] * 30),
    ],
)
def test_whom_a_mention_means(text, means):
    assert linked(text) == means


def test_a_first_name_that_two_people_have_means_neither_but_the_whole_name_does():
    names = ["romain blachier", "Romain Dupont", "Romain Dupont"]
    assert linked("<p>@Romain, @Romain Dupont</p>", names) == [("@Romain Dupont", 3)]
    assert linked("<p>@Romain</p>", [*names, "romain"]) == [("@Romain", 4)]


def test_the_nearest_earlier_comment_of_somebody_is_meant():
    spoken = [mentions.Spoken("anne", (when,), when) for when in (1, 4, 9)]
    assert 'href="#4"' in mentions.link("<p>@Anne</p>", (5,), spoken, "#{}".format)
    assert mentions.link("<p>@Anne</p>", (1,), spoken, "#{}".format) == "<p>@Anne</p>"


@given(st.text(alphabet=st.sampled_from("@ <>&\"'.a éOlivier:\u00a0\n"), max_size=60))
def test_linking_changes_no_word_and_makes_no_other_markup(body):
    shown = rendering.render(body)
    spoken = [mentions.Spoken("olivier", (1,), 1), mentions.Spoken("a", (1,), 1)]
    result = mentions.link(shown, (2,), spoken, lambda number: f"#{number}")
    without = mentions.re.sub(r'<a class="mention" href="#1">(@[^<]*)</a>', r"\1", result)
    assert html.unescape(without) == html.unescape(shown)


@pytest.fixture
def post(db):
    return PostFactory(slug="aube")


def mentioned(client, post, page=""):
    links = with_class(parse(client.get(post.get_absolute_url() + page)), "mention")
    return [(link.text, link.get("href")) for link in links]


def test_one_comment_answers_several_people_by_name(client, post):
    olivier, romain = CommentFactory(post=post, name="olivier"), CommentFactory(post=post, name="romain blachier")
    CommentFactory(post=post, name="Karine", body="@Olivier : oui.\n\n@Romain : non.")
    assert mentioned(client, post) == [
        ("@Olivier", f"#comment-{olivier.pk}"), ("@Romain", f"#comment-{romain.pk}"),
    ]  # fmt: skip


def test_a_removed_comment_is_linked_no_more_and_an_earlier_one_of_theirs_is(client, post):
    first, second = CommentFactory(post=post, name="olivier"), CommentFactory(post=post, name="olivier")
    CommentFactory(post=post, name="Karine", body="@Olivier : oui.")
    assert mentioned(client, post) == [("@Olivier", f"#comment-{second.pk}")]
    decide(Comment.objects.filter(pk=second.pk), Comment.Status.TRASH)
    assert mentioned(client, post) == [("@Olivier", f"#comment-{first.pk}")]
    decide(Comment.objects.filter(pk=first.pk), Comment.Status.TRASH)
    assert mentioned(client, post) == []


def test_somebody_who_was_forgotten_is_linked_no_more(client, post):
    from comments.privacy import erase

    CommentFactory(post=post, name="olivier", email="o@example.org")
    CommentFactory(post=post, name="Karine", email="k@example.org", body="@Olivier : oui.")
    erase("o@example.org")
    assert mentioned(client, post) == []


def test_who_waits_is_not_linked_for_others(client, post):
    CommentFactory(post=post, name="olivier", status=Comment.Status.PENDING)
    CommentFactory(post=post, name="Karine", body="@Olivier : oui.")
    assert mentioned(client, post) == []


def test_a_mention_on_a_later_page_leads_to_the_page_of_whom_it_means(client, post):
    DiscussionSettings(per_page=5).save()
    said = [CommentFactory(post=post, name=name) for name in ("Zoé Martin", "Anne", "Anne", "Anne", "Anne")]
    CommentFactory(post=post, name="Karine", body="@anne aussi, avec @Zoé.")
    anne, zoe = mentioned(client, post, "comment-page-2/")
    assert zoe == ("@Zoé", f"{post.get_absolute_url()}comment-{said[0].pk}/")
    assert anne == ("@anne", f"{post.get_absolute_url()}comment-{said[4].pk}/")
    assert client.get(zoe[1])["Location"] == said[0].get_absolute_url()


@pytest.mark.django_db
def test_french_spaces_and_apostrophes_hide_nobody(client):
    DiscussionSettings(policy="nobody").save()
    post = PostFactory(language="fr")
    meant = [CommentFactory(post=post, name=name) for name in ("Luc", "O'Brien", "Zoé Le Goff")]
    CommentFactory(post=post, name="Eva", body="@Luc : oui ! @O'Brien ? Non ; @Zoé Le Goff !")
    page = parse(client.get(post.get_absolute_url()))
    links = [(link.get("href"), text_of(link)) for link in with_class(page, "mention")]
    words = ["@Luc", "@O’Brien", "@Zoé Le Goff"]
    assert links == [(f"#comment-{one.pk}", word) for one, word in zip(meant, words, strict=True)]
