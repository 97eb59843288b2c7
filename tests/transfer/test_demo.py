"""The demo blog, as readers and moderators find it."""

import datetime
import io
import re
from html import unescape
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from blog.models import Category, Media, Post, SiteSettings, Tag, User
from comments import threads
from comments.models import Comment
from tests.pages import links, parse, text_of, with_class
from transfer.demo import content

pytestmark = pytest.mark.django_db
IN_ENGLISH = "the-kettle-is-a-clock"


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo, loaded once for all that only look at it."""
    folder, output = tmp_path_factory.mktemp("demo"), io.StringIO()
    with (
        django_db_blocker.unblock(),
        override_settings(DATA_DIR=folder, MEDIA_ROOT=folder / "media"),
        transaction.atomic(),
    ):
        call_command("demo", stdout=output)
        yield SimpleNamespace(folder=folder, output=output.getvalue())
        transaction.set_rollback(True)


def published():
    return Post.objects.published().posts()


def french():
    return published().exclude(slug=IN_ENGLISH)


def page_of(client, slug):
    return client.get(published().get(slug=slug).get_absolute_url())


def addresses():
    return [
        *(post.get_absolute_url() for post in Post.objects.published()),
        *(category.get_absolute_url() for category in Category.objects.all()),
        *(tag.get_absolute_url() for tag in Tag.objects.filter(posts__in=published()).distinct()),
        *(author.get_absolute_url() for author in User.objects.filter(posts__in=published()).distinct()),
        *("/", "/page/2/", reverse("archive"), reverse("feed"), reverse("feed_atom"), "/sitemap.xml"),
    ]


def test_there_is_enough_to_read(loaded):
    assert published().count() >= 14
    assert Post.objects.pages().published().count() == 3
    words = {post.slug: len(post.text.split()) for post in published()}
    assert all(count >= 250 for count in words.values()), words
    assert sum(words.values()) > 8000
    first, last = published().last(), published().first()
    assert last.published_at - first.published_at > datetime.timedelta(days=600)


def test_posts_are_filed_under_five_rubrics_with_some_below_them_and_tags():
    roots = Category.objects.filter(parent=None)
    assert roots.count() == 5
    assert Category.objects.exclude(parent=None).count() >= 2
    for root in roots:
        assert published().filter(categories__in=root.with_descendants()).exists(), root
    for post in published():
        assert post.categories.exists()
        assert post.tags.count() >= 3
        assert 60 <= len(post.excerpt) <= 320
    shared = Tag.objects.filter(posts__in=published()).annotate(count=Count("posts")).filter(count__gte=3)
    assert shared.count() >= 4


def test_every_post_has_a_picture_that_is_described(loaded):
    for post in published():
        assert post.lead_picture.width == 1600, post.slug
        assert len(post.lead_picture.alt) > 40
        assert post.lead_picture.caption
        assert (loaded.folder / "media" / post.lead_picture.file.name).exists()
    assert Media.objects.filter(posts__isnull=False).count() >= 2  # those shown inside a text


def test_one_post_is_an_essay_with_headings_footnotes_a_quotation_and_a_figure(client):
    post = published().get(slug="eloge-de-la-coquille")
    assert len(post.text.split()) >= 1500
    page = parse(client.get(post.get_absolute_url()))
    (prose,) = with_class(page, "prose")
    assert len(list(prose.iter("h2"))) >= 5
    assert len(with_class(prose, "footnote-ref")) >= 4
    assert len(list(prose.iter("dt"))) >= 5
    assert next(prose.iter("blockquote")).find(".//cite") is not None
    figure = next(prose.iter("figure"))
    assert figure.find(".//img").get("alt")
    assert text_of(figure.find("figcaption"))


def test_posts_show_what_an_author_can_write():
    html = "".join(post.html for post in published())
    assert html.count('class="highlight"') >= 4
    for post, language in [
        ("une-horloge-qui-ne-sait-pas-l-heure", "python"),
        ("un-carnet-trois-lignes-de-shell", "sh"),
    ]:
        assert f"```{language}\n" in published().get(slug=post).body
    assert "```css\n" in published().get(slug="plier-une-page-comme-une-lettre").body
    for tag in ("table", "dl", "ol", "ul", "blockquote", "figcaption", "em", "strong"):
        assert f"<{tag}" in html, tag
    assert {post.lang for post in french()} == {"fr"}
    english = published().get(slug=IN_ENGLISH)
    assert (english.author.public_name, english.lang) == ("Wilf Ashby", "en")


def test_the_clock_in_the_post_tells_the_time_it_promises():
    body = published().get(slug="une-horloge-qui-ne-sait-pas-l-heure").body
    program = {}
    exec(re.search(r"```python\n(.*?)```", body, re.S)[1], program)
    says = {
        (18, 47): "il est sept heures moins le quart",
        (12, 6): "il est midi passé",
        (13, 8): "il est une heure passée",
        (2, 5): "il est deux heures passées",
        (23, 50): "il est presque minuit",
        (22, 30): "il est dix heures et demie",
        (23, 58): "il est minuit",
    }
    for (hour, minute), words in says.items():
        assert program["a_peu_pres"](datetime.datetime(2026, 1, 18, hour, minute)) == words


def test_one_post_waits_for_its_day_and_one_is_not_finished(client):
    (scheduled,) = Post.objects.filter(status=Post.Status.PUBLISHED, published_at__gt=timezone.now())
    (draft,) = Post.objects.filter(status=Post.Status.DRAFT)
    for post in (scheduled, draft):
        assert client.get(post.get_absolute_url()).status_code == 404
        assert not post.comments.exists()


def test_the_conversations_are_long_deep_and_of_many_voices():
    approved = Comment.objects.approved()
    assert approved.count() >= 45
    assert approved.values("name").distinct().count() >= 15
    assert max(len(threads.keys(comment.path)) for comment in approved) >= 7
    assert approved.exclude(url="").exists()
    answers = approved.exclude(user=None)
    assert answers.filter(user__is_staff=True).count() >= 2
    html = "".join(approved.values_list("html", flat=True))
    for sign in ("<em>", "<strong>", "<q>", "<cite>", "<code>", "<pre>", "🙂", "😉", "🙁", "😀"):
        assert sign in html, sign


def test_comments_came_after_what_they_answer_and_before_now():
    for comment in Comment.objects.select_related("post", "parent"):
        assert comment.post.published_at < comment.created_at < timezone.now()
        if comment.parent:
            assert comment.parent.post_id == comment.post_id
            assert comment.parent.created_at < comment.created_at


def test_moderators_find_something_to_do():
    waiting = Comment.objects.waiting()
    assert waiting.count() == 3
    assert all(comment.reason for comment in waiting)
    (spam,) = Comment.objects.filter(status=Comment.Status.SPAM)
    assert spam.looks_like_spam


def test_no_address_leads_to_a_real_person_or_site():
    for comment in Comment.objects.all():
        assert re.search(r"@(?:[\w-]+\.)?example(?:\.org)?$", comment.email), comment.email
        for host in re.findall(r"https?://([^/\"<\s]+)", f"{comment.url} {comment.body}"):
            assert host.endswith((".example", "example.org")), host


def test_a_withdrawn_comment_leaves_its_place_to_those_who_answered_it(client):
    withdrawn = Comment.objects.get(status=Comment.Status.TRASH)
    assert withdrawn.replies.filter(status=Comment.Status.APPROVED).count() >= 2
    page = client.get(withdrawn.post.get_absolute_url())
    (tombstone,) = with_class(parse(page), "tombstone")
    assert tombstone.get("id") == f"comment-{withdrawn.pk}"
    assert withdrawn.name not in page.content.decode()
    assert withdrawn.replies.first().name in page.content.decode()


def test_the_author_is_marked_where_she_answers(client):
    page = parse(page_of(client, "de-l-art-d-interrompre"))
    assert len(with_class(page, "by-author")) >= 2


def test_every_page_answers_and_asks_nobody_else_for_anything(client):
    for address in addresses():
        response = client.get(address)
        assert response.status_code == 200, address
        if not response["Content-Type"].startswith("text/html"):
            continue
        page = parse(response)
        loads = [element.get("src") for element in page.iter() if element.get("src")]
        loads += [link.get("href") for link in page.iter("link") if link.get("rel") in ("stylesheet", "icon")]
        loads += [part.split()[0] for e in page.iter() if e.get("srcset") for part in e.get("srcset").split(",")]
        assert loads
        assert [load for load in loads if not load.startswith("/")] == [], address


def test_links_between_the_texts_lead_somewhere(client):
    found = set()
    for post in Post.objects.published():
        (prose,) = with_class(parse(client.get(post.get_absolute_url())), "prose")
        assert "post:" not in post.html
        assert "picture:" not in post.html
        found |= {link for link in links(prose) if link.startswith("/")}
    assert len(found) >= 6
    for link in found:
        assert client.get(link).status_code == 200, link


def test_the_french_is_set_as_french_is_set():
    html = "".join(post.html for post in french())
    prose = unescape(re.sub(r"<(pre|code)\b.*?</\1>|<[^>]*>", "", html, flags=re.S))
    assert "«\u00a0" in prose
    assert "\u202f?" in prose
    assert "\u00a0:" in prose
    assert not re.search(r"\w'\w|« |\.\.\.", prose)
    for post in french():
        assert not re.search(r" [:;?!»]|'", post.excerpt + post.lead_picture.caption + post.lead_picture.alt)


def test_a_first_visitor_sees_whole_pages_before_the_worker_has_run(client):
    page = parse(page_of(client, "eloge-de-la-coquille"))
    (related,) = with_class(page, "related")
    assert len(list(related.iter("img"))) >= 3


def test_the_site_has_a_name_and_the_house_its_people(loaded):
    site = SiteSettings.load()
    assert site.title == "L’Heure creuse"
    assert site.tagline
    assert site.description
    assert site.footer
    odile, wilf = User.objects.get(username="admin"), User.objects.get(username="wilf")
    assert odile.is_superuser
    assert odile.biography
    assert (wilf.is_superuser, wilf.has_usable_password()) == (False, False)
    assert list(wilf.groups.values_list("name", flat=True)) == ["Author"]


def test_the_texts_were_last_changed_when_they_were_published():
    for post in published():
        assert post.updated_at == post.published_at


def test_the_files_say_nothing_that_is_not_used():
    known = {
        "title", "date", "categories", "tags", "picture", "alt", "caption", "excerpt", "author", "language", "status",
        "order", "parent", "comments",
    }  # fmt: skip
    entries = content.read_entries()
    assert {fact for entry in entries for fact in entry.facts} <= known
    slugs = {entry.slug for entry in entries}
    assert {path.stem for path in (content.HERE / "comments").iterdir()} <= slugs
