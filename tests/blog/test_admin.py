"""An author at their desk."""

import datetime
import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from blog.models import Category, Media, Page, Post, SiteSettings, Tag
from blog.templatetags.dates import long_date
from blog.uploads import store_upload
from tests.factories import CategoryFactory, PageFactory, PostFactory, TagFactory
from tests.pages import parse, text_of, with_class
from tests.people import administrator, member
from tests.pictures import jpeg

pytestmark = pytest.mark.django_db

POSTS = "/admin/blog/post/"


@pytest.fixture
def author():
    return member("Author", display_name="Aude")


@pytest.fixture
def editor():
    return member("Editor", display_name="Édith")


def at_desk(person):
    client = Client()
    client.force_login(person)
    return client


def fields(**changed):
    """Return what the form of a new post sends."""
    return {
        "title": "Le matin",
        "slug": "le-matin",
        "body": "Du **pain**.",
        "excerpt": "",
        "status": "draft",
        "published_at_0": "",
        "published_at_1": "",
        "tags": "",
        "lead_picture": "",
        "comments_open": "on",
        "language": "",
        "body_format": "markdown",
        "recommendations-TOTAL_FORMS": "0",
        "recommendations-INITIAL_FORMS": "0",
        **changed,
    }


def problems(response):
    return [html.unescape(text_of(item)) for item in with_class(parse(response), "errorlist")]


def test_an_author_writes_a_draft_that_staff_alone_can_see_then_publishes_it(author):
    desk = at_desk(author)
    assert desk.post(f"{POSTS}add/", fields()).status_code == 302
    post = Post.objects.get()
    assert (post.author, post.status, post.html) == (author, "draft", "<p>Du <strong>pain</strong>.</p>")
    assert "Only you see this" in desk.get(post.get_preview_url()).content.decode()
    assert Client().get(post.get_absolute_url()).status_code == 404
    change = desk.get(f"{POSTS}{post.pk}/change/").content.decode()
    assert post.get_preview_url() in change
    desk.post(f"{POSTS}{post.pk}/change/", fields(status="published"))
    post.refresh_from_db()
    assert "pain" in Client().get(post.get_absolute_url()).content.decode()


def test_a_post_dated_in_the_future_waits_for_its_moment(author):
    moment = timezone.localtime() + datetime.timedelta(days=3)
    dated = {"published_at_0": f"{moment:%Y-%m-%d}", "published_at_1": f"{moment:%H:%M:%S}"}
    at_desk(author).post(f"{POSTS}add/", fields(status="published", **dated))
    post = Post.objects.get()
    assert post.is_scheduled
    assert Client().get(post.get_absolute_url()).status_code == 404
    assert "scheduled" in text_of(parse(at_desk(author).get(POSTS)))


def test_the_slug_is_filled_as_the_title_is_typed_and_made_when_left_empty(author):
    desk = at_desk(author)
    assert "prepopulate_init.js" in desk.get(f"{POSTS}add/").content.decode()
    desk.post(f"{POSTS}add/", fields(title="L’œuvre au noir", slug=""))
    assert Post.objects.get().slug == "l-oeuvre-au-noir"


def test_each_button_does_what_it_says_whatever_the_status_field_holds(author):
    desk = at_desk(author)
    response = desk.post(f"{POSTS}add/", fields(status="published", _draft="Save draft"))
    post = Post.objects.get()
    assert post.status == "draft"
    assert response["Location"] == f"{POSTS}{post.pk}/change/"
    change = response["Location"]
    assert desk.post(change, fields(_preview="Save and preview"))["Location"] == post.get_preview_url()
    page = desk.post(change, fields(status="draft", _publish="Publish"), follow=True).content.decode()
    post.refresh_from_db()
    assert post.is_live
    assert "Published." in page
    assert post.get_absolute_url() in page


def test_publishing_a_post_dated_in_the_future_says_when_it_will_be_seen(author):
    moment = timezone.localtime() + datetime.timedelta(days=3)
    dated = {"published_at_0": f"{moment:%Y-%m-%d}", "published_at_1": f"{moment:%H:%M:%S}"}
    page = at_desk(author).post(f"{POSTS}add/", fields(_publish="Publish", **dated), follow=True).content.decode()
    assert f"It will be published on {long_date(moment)}." in page
    assert not Post.objects.get().is_live


def test_a_second_post_of_the_same_title_gets_an_address_of_its_own(author):
    desk = at_desk(author)
    for _ in range(2):
        assert desk.post(f"{POSTS}add/", fields()).status_code == 302
    assert sorted(Post.objects.values_list("slug", flat=True)) == ["le-matin", "le-matin-2"]


def test_what_is_still_being_written_comes_first_in_the_list(author):
    PostFactory(title="Ancien", author=author)
    PostFactory(title="En chantier", author=author, status="draft", published_at=None)
    listed = at_desk(author).get(POSTS).content.decode()
    assert listed.index("En chantier") < listed.index("Ancien")


def test_the_form_finds_a_small_copy_of_a_picture_by_its_number(author, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        media = store_upload("a.jpg", jpeg(900, 600))
    thumbnail = f"/admin/blog/media/{media.pk}/thumbnail/"
    small = at_desk(author).get(thumbnail)["Location"]
    assert small.endswith(".webp")
    assert "/400-" in small
    assert at_desk(author).get("/admin/blog/media/999/thumbnail/").status_code == 404
    assert at_desk(member("Moderator")).get(thumbnail).status_code == 404
    assert client.get(thumbnail)["Location"].startswith("/admin/login/")


def test_the_desk_carries_the_sites_name_as_it_is_now(author, client):
    SiteSettings(title="Carnets").save()
    assert "Carnets" in client.get("/admin/login/").content.decode()
    SiteSettings(title="Cahiers").save()
    assert "Cahiers" in at_desk(author).get("/admin/").content.decode()


def test_a_post_is_filed_under_categories_of_a_tree_tags_and_a_picture(author):
    arts = CategoryFactory(name="Arts")
    engraving = CategoryFactory(name="Gravure", parent=arts)
    TagFactory(name="Encre")
    picture = Media.objects.create(file="a.jpg", width=10, height=10)
    desk = at_desk(author)
    form = desk.get(f"{POSTS}add/").content.decode()
    assert form.index("Arts") < form.index("— Gravure")
    desk.post(
        f"{POSTS}add/",
        fields(categories=[engraving.pk], tags="encre,  Papier  de Chine ,, encre", lead_picture=picture.pk),
    )
    post = Post.objects.get()
    assert list(post.categories.all()) == [engraving]
    assert sorted(tag.name for tag in post.tags.all()) == ["Encre", "Papier de Chine"]
    assert post.lead_picture == picture
    assert "Encre, Papier de Chine" in desk.get(f"{POSTS}{post.pk}/change/").content.decode()


@pytest.mark.parametrize(
    "changed",
    [
        {"title": ""},
        {"title": "T" * 1_000_000},
        {"title": "a\x00b"},
        {"body": "a\x00b"},
        {"slug": "not a slug"},
        {"slug": "taken"},
        {"status": "nonsense"},
        {"published_at_0": "2011-13-45", "published_at_1": "10:00"},
        {"categories": ["999"]},
        {"categories": ["abc"]},
        {"tags": "t" * 201},
        {"lead_picture": "999"},
        {"body": "x" * 2_000_001},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_what_cannot_be_saved_is_named_and_the_text_is_kept(author, changed):
    PostFactory(slug="taken", author=author)
    response = at_desk(author).post(f"{POSTS}add/", fields(**changed))
    assert response.status_code == 200
    assert problems(response)
    assert Post.objects.count() == 1
    if "body" not in changed:
        assert "Du **pain**." in response.content.decode()


def test_an_author_sees_and_changes_their_own_posts_alone(author):
    own, other = PostFactory(author=author, title="À moi"), PostFactory(title="À autrui")
    desk = at_desk(author)
    listed = desk.get(POSTS).content.decode()
    assert "À moi" in listed
    assert "À autrui" not in listed
    assert desk.get(f"{POSTS}{own.pk}/change/").status_code == 200
    assert desk.get(f"{POSTS}{other.pk}/change/").status_code in (302, 403)
    desk.post(f"{POSTS}{other.pk}/change/", fields(title="Volé"))
    desk.post(POSTS, {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"})
    other.refresh_from_db()
    assert other.title == "À autrui"


def test_an_author_cannot_write_in_anothers_name(author, editor):
    at_desk(author).post(f"{POSTS}add/", fields(author=editor.pk))
    assert Post.objects.get().author == author


@pytest.mark.parametrize(
    "address",
    [
        "/admin/blog/page/",
        "/admin/blog/category/add/",
        "/admin/blog/sitesettings/1/change/",
        "/admin/blog/user/",
        "/admin/auth/group/",
        "/admin/comments/comment/",
    ],
)
def test_an_author_has_no_business_elsewhere(author, address):
    assert at_desk(author).get(address).status_code == 403


def test_an_editor_changes_what_others_wrote_and_files_it(editor):
    post = PostFactory(title="Coquile")
    desk = at_desk(editor)
    desk.post(f"{POSTS}{post.pk}/change/", fields(title="Coquille", author=post.author.pk))
    post.refresh_from_db()
    assert post.title == "Coquille"
    assert desk.post("/admin/blog/category/add/", {"name": "Arts", "slug": "arts", "parent": ""}).status_code == 302
    assert desk.post("/admin/blog/tag/add/", {"name": "Encre", "slug": "encre"}).status_code == 302
    assert (Category.objects.get().slug, Tag.objects.get().slug) == ("arts", "encre")


@pytest.mark.parametrize("address", ["/admin/blog/sitesettings/1/change/", "/admin/blog/user/", "/admin/auth/group/"])
def test_an_editor_does_not_run_the_site(editor, address):
    assert at_desk(editor).get(address).status_code == 403


def test_a_category_never_stands_under_itself(editor):
    arts = CategoryFactory(name="Arts")
    engraving = CategoryFactory(name="Gravure", parent=arts)
    sent = {"name": "Arts", "slug": "arts", "parent": engraving.pk}
    response = at_desk(editor).post(f"/admin/blog/category/{arts.pk}/change/", sent)
    assert "under itself" in problems(response)[0]


def page_fields(**changed):
    left_out = ("tags", "recommendations-TOTAL_FORMS", "recommendations-INITIAL_FORMS")
    sent = {name: value for name, value in fields().items() if name not in left_out}
    return {**sent, "title": "À propos", "slug": "a-propos", "parent": "", "menu_order": "0", **changed}


def test_an_editor_makes_a_page_and_one_below_it(editor):
    desk = at_desk(editor)
    desk.post("/admin/blog/page/add/", page_fields(status="published", author=editor.pk))
    about = Page.objects.get()
    desk.post(
        "/admin/blog/page/add/",
        page_fields(title="Colophon", slug="colophon", status="published", parent=about.pk, author=editor.pk),
    )
    assert Client().get("/a-propos/colophon/").status_code == 200
    assert not Post.objects.posts().exists()


@pytest.mark.parametrize("slug", ["feed", "archive", "admin", "2011", "healthz"])
def test_a_page_cannot_take_an_address_of_the_site(editor, slug):
    response = at_desk(editor).post("/admin/blog/page/add/", page_fields(slug=slug, author=editor.pk))
    if slug == "healthz":  # /healthz has no slash: /healthz/ is free
        assert response.status_code == 302
    else:
        assert "another" in " ".join(problems(response))


def test_a_page_never_stands_under_itself(editor):
    about = PageFactory(slug="a-propos")
    below = PageFactory(slug="colophon", parent=about)
    sent = page_fields(parent=below.pk, author=about.author.pk)
    assert "under itself" in problems(at_desk(editor).post(f"/admin/blog/page/{about.pk}/change/", sent))[0]


def test_the_owner_names_the_site(client):
    client.force_login(administrator())
    change = "/admin/blog/sitesettings/1/change/"
    assert client.get("/admin/blog/sitesettings/")["Location"] == change
    assert client.get(change).status_code == 200
    sent = {"title": "Carnets", "tagline": "Au jour le jour", "posts_per_page": "5", "posts_in_feed": "10"}
    assert client.post(change, sent).status_code == 302
    assert SiteSettings.objects.get().title == "Carnets"
    assert "Carnets" in Client().get("/").content.decode()
    assert problems(client.post(change, {**sent, "posts_per_page": "0"}))


def test_an_author_uploads_a_picture_with_its_alternative_text(author):
    desk = at_desk(author)
    upload = SimpleUploadedFile("Été au port.JPG", jpeg(), "image/jpeg")
    assert desk.post("/admin/blog/media/add/", {"upload": upload, "alt": "Le port"}).status_code == 302
    media = Media.objects.get()
    assert (media.alt, media.width, media.uploaded_by) == ("Le port", 60, author)
    assert media.file.name.endswith("/ete-au-port.jpg")
    assert media.file.url in desk.get(f"/admin/blog/media/{media.pk}/change/").content.decode()


@pytest.mark.parametrize(
    ("name", "data"), [("x.jpg", b"no picture"), ("x.svg", b"<svg onload='x()'/>"), ("x.html", b"<p>"), ("x.jpg", b"")]
)
def test_what_is_no_picture_is_refused_with_words(author, name, data):
    response = at_desk(author).post("/admin/blog/media/add/", {"upload": SimpleUploadedFile(name, data)})
    assert problems(response)
    assert not Media.objects.exists()


def test_an_author_may_show_but_not_change_the_pictures_of_others(author):
    media = Media.objects.create(file="a.jpg", width=10, height=10, uploaded_by=administrator())
    desk = at_desk(author)
    assert desk.get("/admin/blog/media/").status_code == 200
    desk.post(f"/admin/blog/media/{media.pk}/change/", {"title": "Volé"})
    media.refresh_from_db()
    assert media.title == ""


def test_deleting_a_picture_deletes_its_files(editor, author, django_capture_on_commit_callbacks):
    upload = SimpleUploadedFile("a.jpg", jpeg(900, 600), "image/jpeg")
    with django_capture_on_commit_callbacks(execute=True):
        at_desk(author).post("/admin/blog/media/add/", {"upload": upload, "alt": "A"})
    media = Media.objects.get()
    storage, names = media.file.storage, [media.file.name, *(variant["path"] for variant in media.variants)]
    assert len(names) > 3
    with django_capture_on_commit_callbacks(execute=True):
        at_desk(editor).post(f"/admin/blog/media/{media.pk}/delete/", {"post": "yes"})
    assert not [name for name in names if storage.exists(name)]


def test_the_list_of_posts_asks_as_often_for_forty_as_for_two(editor, django_assert_max_num_queries):
    for _ in range(40):
        PostFactory()
    with django_assert_max_num_queries(30):
        at_desk(editor).get(POSTS)


@pytest.mark.parametrize("kind", ["post", "page"])
@pytest.mark.parametrize("sent", ["a\0b", "abc", "x" * 5000, "9" * 40, "-1"])
def test_a_picture_that_is_no_number_is_refused_and_the_words_stay(editor, kind, sent):
    sending = fields(body="Des heures.", lead_picture=sent, parent="", menu_order="0")
    response = at_desk(editor).post(f"/admin/blog/{kind}/add/", sending)
    assert response.status_code == 200
    assert "Des heures." in response.text
    assert not Post.objects.exists()


@pytest.mark.parametrize("sent", ["a\0b", "abc", "9" * 40])
def test_a_related_article_that_is_no_number_is_refused(editor, sent):
    chosen = {"recommendations-0-related": sent, "recommendations-0-kind": "pin", "recommendations-0-order": "1"}
    response = at_desk(editor).post(f"{POSTS}add/", fields(**{**chosen, "recommendations-TOTAL_FORMS": "1"}))
    assert response.status_code == 200
    assert not Post.objects.exists()


@pytest.mark.parametrize("slug", ["feed", "comment-7", "comment-page-2"])
def test_a_name_that_stands_below_every_text_is_refused_or_steps_aside(author, slug):
    desk = at_desk(author)
    assert "The site itself uses this address" in desk.post(f"{POSTS}add/", fields(title="Autre", slug=slug)).text
    desk.post(f"{POSTS}add/", fields(title=slug, slug=slug, _publish="1"))
    post = Post.objects.get()
    assert post.slug == f"{slug}-2"
    assert desk.get(post.get_absolute_url()).status_code == 200
