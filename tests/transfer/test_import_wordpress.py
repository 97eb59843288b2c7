"""A WordPress blog moves in, with one command."""

import datetime

import pytest
from django.utils import timezone

from blog.models import Category, Page, Post, SiteSettings, Tag, User
from comments.models import Comment
from tests.factories import CategoryFactory, PostFactory, UserFactory
from tests.pages import parse, parse_xml, text_of, with_class
from tests.transfer import wxr

pytestmark = pytest.mark.django_db

MORNING = datetime.datetime(2011, 10, 27, 7, 30, tzinfo=datetime.UTC)


def everything():
    """Return every row that moving in may write, to compare."""
    models = (User, Category, Tag, Post, Comment, SiteSettings)
    return {model: sorted(model.objects.values_list(), key=str) for model in models}


def test_a_reader_finds_the_post_at_its_old_address(client, move_in):
    terms = [("category", "arts", "Arts"), ("post_tag", "encre", "Encre")]
    move_in(wxr.item(7, title="L’aube", post_name="aube", content="Un.\n\nDeux.", terms=terms))
    response = client.get("/2011/10/27/aube/")
    assert response["Location"] == "/2011/10/aube/"
    document = parse(client.get("/2011/10/aube/"))
    assert text_of(document.find(".//h1")) == "L’aube"
    assert [text_of(p) for p in with_class(document, "prose")[0].iter("p")] == ["Un.", "Deux."]
    assert client.get("/?p=7")["Location"] == "/2011/10/aube/"
    for address in ("/", "/category/arts/", "/tag/encre/", "/author/zoe/", "/2011/", "/archive/"):
        assert "L’aube" in client.get(address).content.decode() or address == "/archive/"


def test_a_feed_reader_takes_the_post_for_the_one_it_knows(client, move_in):
    move_in(wxr.item(7, post_modified_gmt="2012-01-02 03:04:05"))
    assert parse_xml(client.get("/feed/")).findtext("channel/item/guid") == "http://merle.example/?p=7"
    assert Post.objects.get().updated_at == datetime.datetime(2012, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)


def test_a_post_that_was_never_changed_is_not_announced_as_changed_today(move_in):
    move_in(wxr.item(7))
    assert Post.objects.get().updated_at == MORNING


def test_the_conversation_reads_as_it_did(client, move_in):
    night, linked = "2011-10-28 07:44:00", "http://autre.example/?a=1&b"
    comments = [
        wxr.comment(31, comment_author="Ana", body="Première :)"),
        wxr.comment(33, comment_author="Zoé", comment_user_id=1, comment_parent=31, comment_date_gmt=night),
        wxr.comment(32, comment_author="Luc", body="Attend", comment_approved="0"),
        wxr.comment(34, comment_author="Pub", comment_approved="spam"),
        wxr.comment(35, comment_author="Rien", comment_approved="trash"),
        wxr.comment(36, comment_author="Un blog", comment_type="pingback", comment_author_url=linked),
    ]
    move_in(wxr.item(7, comments=comments))
    document = parse(client.get(Post.objects.get().get_absolute_url()))
    shown = [comment.get("id") for comment in with_class(document, "comment")]
    assert shown == ["comment-31", "comment-33", "comment-36"]
    assert "Première 🙂" in text_of(with_class(document, "comment-body")[0])
    assert with_class(document, "by-author")[0].get("id") == "comment-33"
    by_number = {comment.wordpress_id: comment for comment in Comment.objects.all()}
    assert {n: c.status for n, c in by_number.items() if n > 31} == {
        32: "pending", 33: "approved", 34: "spam", 35: "trash", 36: "approved",
    }  # fmt: skip
    assert by_number[33].parent == by_number[31]
    assert by_number[33].path.startswith(by_number[31].path)
    assert by_number[33].user == User.objects.get(username="zoe")
    assert (by_number[36].kind, by_number[36].url) == ("pingback", "http://autre.example/?a=1&b")
    assert by_number[31].created_at == datetime.datetime(2011, 10, 27, 8, 30, tzinfo=datetime.UTC)
    assert (by_number[31].ip, by_number[31].email) == ("192.0.2.1", "camille@example.org")


def test_a_reader_may_answer_an_imported_comment(move_in):
    move_in(wxr.item(7, comments=[wxr.comment(31)]))
    imported = Comment.objects.get()
    answer = Comment.objects.create(post=imported.post, parent=imported, name="Luc", body="Oui.")
    assert answer.pk > imported.pk == 31
    assert answer.path.startswith(imported.path)


def test_authors_own_their_posts_and_can_open_nothing(client, move_in):
    move_in(wxr.item(7, creator="zoe"), wxr.item(8, creator="Jean Dupont"))
    zoe, jean = User.objects.order_by("pk")
    assert (zoe.username, zoe.public_name, zoe.email) == ("zoe", "Zoé", "zoe@merle.example")
    assert (jean.username, jean.slug) == ("Jean-Dupont", "jean-dupont")
    assert Post.objects.get(wordpress_id=8).author == jean
    for person in (zoe, jean):
        assert (person.is_staff, person.is_superuser, person.has_usable_password()) == (False, False, False)
        assert not person.groups.exists()
        assert not client.login(username=person.username, password="")


@pytest.mark.parametrize("known", [{"username": "ZOE"}, {"username": "z", "email": "Zoe@Merle.example"}])
def test_somebody_who_is_here_already_keeps_their_account(move_in, known):
    person = UserFactory(is_staff=True, display_name="Zoé M.", **{"email": "z@example.org", **known})
    words = move_in(wxr.item(7))
    assert User.objects.get() == Post.objects.get().author == person
    person.refresh_from_db()
    assert (person.display_name, person.is_staff) == ("Zoé M.", True)
    assert "people      0 added, 1 already there" in words


def test_a_post_without_an_author_goes_to_the_first_of_the_blog(move_in):
    move_in(wxr.item(7, creator=""))
    assert Post.objects.get().author.username == "zoe"


def test_an_export_of_one_post_without_people_still_comes_in(move_in):
    move_in(wxr.item(7, creator=""), authors=[])
    assert Post.objects.get().author.username == "author"


def test_categories_keep_their_tree_and_their_words(client, move_in):
    move_in(
        wxr.category("gravure", "Gravure", parent="arts", description="Burin & eau-forte."),
        wxr.category("arts", "Arts"),
        wxr.item(7, terms=[("category", "gravure", "Gravure"), ("category", "seule", "Seule")]),
    )
    gravure = Category.objects.get(slug="gravure")
    assert (gravure.parent.name, gravure.description) == ("Arts", "Burin & eau-forte.")
    assert client.get("/category/arts/gravure/").status_code == 200
    assert {category.name for category in Post.objects.get().categories.all()} == {"Gravure", "Seule"}


def test_categories_below_themselves_or_nothing_stand_at_the_top(move_in):
    words = move_in(
        wxr.category("a", "A", parent="b"), wxr.category("b", "B", parent="a"), wxr.category("c", "C", parent="zut")
    )
    assert set(Category.objects.values_list("parent", flat=True)) == {None}
    assert all(f"\n  {name}\n" in words for name in "ABC")


def test_a_category_that_is_here_already_is_not_changed(move_in):
    here = CategoryFactory(name="Beaux-arts", slug="arts")
    move_in(wxr.category("tout", "Tout"), wxr.category("arts", "Arts", parent="tout", description="Autre."))
    here.refresh_from_db()
    assert (here.name, here.parent, here.description) == ("Beaux-arts", None, "")


def test_terms_beyond_ascii_are_found_again(move_in):
    summer, russian = "l%e2%80%99%c3%a9t%c3%a9", "%d0%bf%d1%80%d0%b8"
    terms = [("post_tag", summer, "L’été"), ("category", russian, "При")]
    things = [wxr.tag(summer, "L’été"), wxr.category(russian, "При"), wxr.item(7, terms=terms)]
    words = move_in(*things)
    assert "l’été → l-ete" in words
    move_in(*things)
    assert [tag.slug for tag in Tag.objects.all()] == ["l-ete"]
    assert [category.name for category in Post.objects.get().categories.all()] == ["При"]
    assert Category.objects.count() == 1


def test_pages_keep_their_tree_and_order(client, move_in):
    move_in(
        wxr.page(9, post_name="equipe", post_parent=8, menu_order=2, link="http://merle.example/atelier/equipe/"),
        wxr.page(8, post_name="atelier", link="http://merle.example/atelier/"),
    )
    team = Page.objects.get(slug="equipe")
    assert (team.get_absolute_url(), team.menu_order) == ("/atelier/equipe/", 2)
    assert client.get("/atelier/equipe/").status_code == 200
    assert client.get("/?page_id=9")["Location"] == "/atelier/equipe/"


def test_pages_below_themselves_or_nothing_stand_at_the_top(move_in):
    words = move_in(
        wxr.page(8, title="Une", post_parent=9), wxr.page(9, title="Autre", post_parent=8),
        wxr.page(10, title="Seule", post_parent=404), wxr.page(11, title="Soi", post_parent=11),
    )  # fmt: skip
    assert set(Page.objects.values_list("parent", flat=True)) == {None}
    assert all(f"\n  {title}\n" in words for title in ("Une", "Autre", "Seule", "Soi"))


def test_only_what_everybody_could_read_is_shown(client, move_in):
    future = timezone.now() + datetime.timedelta(days=30)
    words = move_in(
        wxr.item(1, title="Visible"),
        wxr.item(2, title="Privé", status="private"),
        wxr.item(3, title="Protégé", post_password="sésame"),
        wxr.item(4, title="Brouillon", status="draft", date="0000-00-00 00:00:00", post_date="2011-10-27 09:30:00"),
        wxr.item(5, title="Relu", status="pending"),
        wxr.item(6, title="Demain", status="future", date=f"{future:%Y-%m-%d %H:%M:%S}"),
        wxr.item(7, title="Jeté", status="trash"),
        wxr.item(8, title="Menu", post_type="nav_menu_item"),
    )
    home = client.get("/").content.decode()
    assert [title for title in Post.objects.values_list("title", flat=True) if title in home] == ["Visible"]
    assert set(Post.objects.published().values_list("title", flat=True)) == {"Visible"}
    statuses = dict(Post.objects.values_list("title", "status"))
    assert {title for title, status in statuses.items() if status == "draft"} == {
        "Privé", "Protégé", "Brouillon", "Relu",
    }  # fmt: skip
    assert Post.objects.get(title="Demain").is_scheduled
    assert Post.objects.get(title="Privé").published_at == MORNING
    draft = Post.objects.get(title="Brouillon")
    assert (draft.published_at, draft.created_at) == (None, MORNING)  # 9:30 in Paris
    assert "Jeté" not in statuses
    assert "Privé (private)" in words
    assert "Protégé (password)" in words
    assert "trash × 1" in words
    assert "nav_menu_item × 1" in words


def test_a_post_without_a_date_is_of_today_and_that_is_said(move_in):
    words = move_in(wxr.item(7, title="Sans date", date=""))
    assert abs(Post.objects.get().published_at - timezone.now()) < datetime.timedelta(minutes=5)
    assert "have today’s:\n  Sans date" in words


@pytest.mark.parametrize(
    ("link", "slug"),
    [
        ("http://merle.example/aube/", "aube"),
        ("http://merle.example/arts/aube/", "aube"),
        ("http://merle.example/archives/7", "aube"),
        ("http://merle.example/2011/10/aube.html", "aube"),
        ("http://merle.example/2011/10/27/l%e2%80%99%c3%a9t%c3%a9/", "l%e2%80%99%c3%a9t%c3%a9"),
        ("http://merle.example/2011/10/%d0%bf%d1%80%d0%b8/", "%d0%bf%d1%80%d0%b8"),
        ("http://merle.example/?p=7", "aube"),
    ],
)
def test_a_permalink_of_any_shape_leads_to_the_post(client, move_in, link, slug):
    move_in(wxr.item(7, title="Aube", link=link, post_name=slug))
    response = client.get(link.removeprefix("http://merle.example"), follow=True)
    assert response.status_code == 200
    assert {status for _, status in response.redirect_chain} == {301}
    assert response.redirect_chain[-1][0] == Post.objects.get().get_absolute_url()


def test_an_old_address_tells_nobody_of_a_draft(client, move_in):
    move_in(wxr.item(7, link="http://merle.example/secret/", status="private"))
    assert client.get("/secret/").status_code == 404


def test_a_page_keeps_its_address_beside_another_of_the_same_name(client, move_in):
    words = move_in(
        wxr.item(6, title="Billet", post_name="contact"),
        wxr.page(7, title="Une", post_name="contact", link="http://merle.example/contact/"),
        wxr.page(8, title="Deux", post_name="contact", post_parent=9, link="http://merle.example/atelier/contact/"),
        wxr.page(9, post_name="atelier", link="http://merle.example/atelier/"),
    )
    assert "contact → contact-2" in words
    for address, title in {"/contact/": "Une", "/atelier/contact/": "Deux", "/2011/10/27/contact/": "Billet"}.items():
        assert text_of(parse(client.get(address, follow=True)).find(".//h1")) == title


def test_a_page_that_stands_where_the_site_has_its_own_is_moved(client, move_in):
    words = move_in(wxr.page(7, title="Mes archives", post_name="archive", link="http://merle.example/archive/"))
    assert "archive → archive-page" in words
    assert client.get("/archive-page/").status_code == 200


def test_a_post_that_was_here_keeps_its_address(move_in):
    here = PostFactory(slug="aube")
    words = move_in(wxr.item(7, post_name="aube"))
    assert Post.objects.get(wordpress_id=7).slug == "aube-2"
    assert "aube → aube-2" in words
    here.refresh_from_db()
    assert here.slug == "aube"


def test_a_new_site_takes_the_title_of_the_blog_and_a_set_up_one_keeps_its_own(move_in):
    move_in(title="Été & hiver", tagline="x" * 400)
    assert SiteSettings.load().title == "Été & hiver"
    move_in(title="Autre")
    assert SiteSettings.load().title == "Été & hiver"


def test_a_second_time_adds_nothing_and_keeps_what_the_author_changed(move_in):
    things = [
        wxr.category("arts", "Arts"),
        wxr.item(7, terms=[("category", "arts", "Arts"), ("post_tag", "encre", "Encre")], comments=[wxr.comment(31)]),
        wxr.page(8, link="http://merle.example/p/"),
        wxr.item(9, guid="", comments=[wxr.comment("", body="Sans numéro.")]),
    ]
    move_in(*things)
    post = Post.objects.get(wordpress_id=7)
    post.title, post.slug, post.body, post.status = "Réécrit", "autre", "Neuf.", Post.Status.DRAFT
    post.published_at = timezone.now()
    post.save()
    post.categories.clear()
    Comment.objects.update(status="trash", name="X")
    Category.objects.update(name="Beaux-arts")
    User.objects.update(display_name="Z.")
    SiteSettings(title="À moi").save()
    before = everything()
    words = move_in(*things)
    assert everything() == before
    assert "added" in words
    assert not [line for line in words.splitlines() if " added" in line and " 0 added" not in line]


def test_a_later_export_brings_only_what_is_new(move_in):
    move_in(wxr.item(7, comments=[wxr.comment(31)]))
    words = move_in(
        wxr.item(7, comments=[wxr.comment(31), wxr.comment(33, comment_parent=31)]),
        wxr.item(9, comments=[wxr.comment(34)]),
    )
    assert Post.objects.count() == 2
    assert Comment.objects.get(wordpress_id=33).parent == Comment.objects.get(wordpress_id=31)
    assert Comment.objects.get(wordpress_id=33).path.startswith(Comment.objects.get(wordpress_id=31).path)
    assert "posts       1 added, 1 already there" in words
    assert "comments    2 added, 1 already there" in words


def test_a_blog_whose_addresses_were_rewritten_is_still_the_same_blog(move_in):
    move_in(wxr.item(7))
    move_in(wxr.item(7, host="https://nouveau.example"), address="https://nouveau.example")
    assert Post.objects.count() == 1


def test_two_blogs_with_the_same_numbers_both_come_in(client, move_in):
    move_in(wxr.item(7, title="Merle", post_name="bonjour", comments=[wxr.comment(31, body="Au merle.")]))
    other = wxr.item(
        7, title="Pinson", post_name="bonjour", host="http://pinson.example", date="2012-01-02 03:04:05",
        comments=[wxr.comment(31, body="Au pinson."), wxr.comment(32, comment_parent=31)],
    )  # fmt: skip
    words = move_in(other, address="http://pinson.example")
    assert client.get("/?p=7")["Location"] == "/2011/10/bonjour/"
    assert client.get("/2012/01/02/bonjour-2/")["Location"] == "/2012/01/bonjour-2/"
    assert "that number:\n  Pinson" in words
    pinson = Post.objects.get(title="Pinson")
    assert [comment.body for comment in pinson.comments.order_by("path")] == ["Au pinson.", "A thought."]
    move_in(other, address="http://pinson.example")
    assert (Post.objects.count(), Comment.objects.count()) == (2, 3)


def test_a_dry_run_says_what_would_happen_and_changes_nothing(move_in):
    before = everything()
    words = move_in(wxr.category("arts", "Arts"), wxr.item(7, comments=[wxr.comment(31)]), dry_run=True)
    assert everything() == before
    assert "posts       1 added" in words
    assert "dry run" in words


def test_quietly_means_without_a_word(move_in):
    assert move_in(wxr.item(7), verbosity=0) == ""
    assert Post.objects.exists()


def test_a_long_list_is_cut_unless_all_is_wanted(move_in):
    things = [wxr.item(number, title=f"P{number}", status="private") for number in range(1, 31)]
    assert "… and 10 more" in move_in(*things, dry_run=True)
    words = move_in(*things, verbosity=2)
    assert "more" not in words
    assert "P30 (private)" in words


def test_related_articles_and_faces_are_asked_for_once_it_is_certain(
    move_in, settings, django_capture_on_commit_callbacks
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    from django_tasks import default_task_backend

    default_task_backend.clear()
    comments = [wxr.comment(n, comment_author_email=f"c{n % 2}@example.org") for n in range(1, 7)]
    comments += [wxr.comment(8, comment_author_email="pub@example.org", comment_approved="spam")]
    with django_capture_on_commit_callbacks(execute=True):
        move_in(wxr.item(7, comments=comments), wxr.item(8))
        assert default_task_backend.results == []
    asked = [result.task.name for result in default_task_backend.results]
    assert sorted(asked) == ["fetch_avatar", "fetch_avatar", "rebuild_related", "update_search"]


def test_related_articles_are_found(client, move_in, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        move_in(wxr.item(7, title="Le burin"), wxr.item(8, title="L’encre"), verbosity=0)
    (related,) = with_class(parse(client.get(Post.objects.get(wordpress_id=7).get_absolute_url())), "related")
    assert "L’encre" in text_of(related)
