"""An author and a moderator at their desk."""

import pytest
from playwright.sync_api import expect

from blog.models import Category, Media, Post
from blog.models.slugs import slug_of
from comments.models import Comment
from tests.browser.axe import faults
from tests.factories import CategoryFactory, CommentFactory, PostFactory
from tests.people import administrator, member
from tests.pictures import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COMMENTS = "/admin/comments/comment/"

TITLES = [
    "L’œuvre d’été",
    "L'hiver à l'Œuvre",
    "Ça & là : « ici », peut-être…",
    "Ex æquo, Straße, Ægypte",
    "🌊🌊🌊",
    "  des   espaces  -- et _tirets_ ",
    "½ heure à 20 °C, n° 3",
    "日本語",
    "Un titre " * 40,
    "",
]


def statuses():
    return dict(Comment.objects.values_list("name", "status"))


def test_an_author_writes_saves_a_draft_looks_at_it_and_publishes(arrive):
    CategoryFactory(name="Villes")
    page, stranger = arrive(person=member("Author")), arrive()
    page.goto("/admin/")
    page.get_by_role("link", name="Write a post").click()
    page.get_by_label("Title:").press_sequentially("L’œuvre d’été")
    expect(page.get_by_label("Address name:")).to_have_value("l-oeuvre-d-ete")
    page.get_by_label("Text:", exact=True).fill("Du **pain**, et l'été.")
    page.get_by_label("Villes").check()
    page.get_by_label("Tags:").fill("Nantes, été")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist")).to_contain_text("Your draft is saved.")
    post = Post.objects.get()
    assert (post.slug, post.status) == ("l-oeuvre-d-ete", "draft")

    page.get_by_role("button", name="Save and preview").click()
    expect(page.locator(".notice")).to_contain_text("it is a draft")
    expect(page.locator(".prose strong")).to_have_text("pain")
    assert stranger.goto(post.get_absolute_url()).status == 404

    page.get_by_role("link", name="Edit").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messagelist")).to_contain_text("Published.")
    page.locator(".messagelist").get_by_role("link", name="View").click()
    expect(page.locator(".notice")).to_have_count(0)
    stranger.goto("/")
    stranger.get_by_role("link", name="L’œuvre d’été").first.click()
    stranger.get_by_role("heading", name="L’œuvre d’été").wait_for()
    assert Category.objects.get().posts.get() == Post.objects.get()


def test_the_browser_and_the_server_make_the_same_address_of_a_title(arrive):
    page = arrive(person=administrator())
    page.goto("/admin/blog/post/add/")
    made = page.evaluate("titles => titles.map((title) => URLify(title, 200, false))", TITLES)
    assert made == [slug_of(title) for title in TITLES]


def test_a_title_of_emoji_alone_still_gets_an_address(arrive):
    page = arrive(person=member("Author"))
    page.goto("/admin/blog/post/add/")
    page.get_by_label("Title:").press_sequentially("🌊")
    expect(page.get_by_label("Address name:")).to_have_value("")
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("Published.").wait_for()
    assert Post.objects.get().slug == "post"


def test_an_author_uploads_a_picture_and_sees_which_one_leads_a_post(arrive):
    page = arrive(person=member("Author"))
    page.goto("/admin/blog/media/add/")
    page.get_by_label("File:").set_input_files({"name": "port.jpg", "mimeType": "image/jpeg", "buffer": jpeg(900, 600)})
    page.get_by_label("Title:").fill("Le port")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator("#result_list").get_by_role("link", name="Le port").wait_for()
    media = Media.objects.get()
    page.goto("/admin/blog/post/add/")
    expect(page.locator(".lead-preview")).to_be_hidden()
    page.locator(".field-lead_picture .select2-selection").click()
    page.get_by_role("option", name="Le port").click()
    page.locator(".lead-preview").wait_for()
    expect(page.locator(".lead-preview")).to_have_attribute("src", f"/admin/blog/media/{media.pk}/thumbnail/")
    page.wait_for_function("() => document.querySelector('.lead-preview').naturalWidth > 0")


def test_a_moderator_judges_row_by_row_and_each_pile_tells_how_much_it_holds(arrive):
    for name in ("Anne", "Bruno", "Chloé", "David"):
        CommentFactory(name=name, status="pending")
    page = arrive(person=member("Moderator"), width=390)
    page.goto("/admin/")
    page.get_by_role("link", name="Comments that wait").click()
    tabs = page.get_by_role("navigation", name="Status")
    expect(tabs.get_by_role("link", name="Waiting (4)")).to_have_attribute("aria-current", "page")
    page.get_by_role("button", name="Approve (Anne)").click()
    page.get_by_role("button", name="Spam (Bruno)").click()
    page.get_by_role("button", name="Trash (Chloé)").click()
    tabs.get_by_role("link", name="Waiting (1)").wait_for()
    assert statuses() == {"Anne": "approved", "Bruno": "spam", "Chloé": "trash", "David": "pending"}
    tabs.get_by_role("link", name="Spam (1)").click()
    page.get_by_role("button", name="Put back to waiting (Bruno)").click()
    tabs.get_by_role("link", name="Waiting (2)").wait_for()


def test_a_moderator_judges_many_at_once(arrive):
    for name in ("Anne", "Bruno", "Chloé"):
        CommentFactory(name=name, status="pending")
    page = arrive(person=member("Moderator"))
    page.goto(COMMENTS)
    page.locator(".action-select").nth(0).check()
    page.locator(".action-select").nth(1).check()
    page.get_by_label("Action:").select_option("mark_as_spam")
    page.get_by_role("button", name="Go").click()
    page.locator(".messagelist").get_by_text("2 comments: spam").wait_for()
    assert sorted(statuses().values()) == ["pending", "spam", "spam"]


def test_a_moderator_answers_from_the_list_and_everybody_reads_it(arrive):
    comment = CommentFactory(name="Anne", body="Une question ?", status="pending")
    page, stranger = arrive(person=member("Moderator", display_name="Modeste")), arrive()
    page.goto(COMMENTS)
    page.get_by_role("link", name="Reply to Anne").click()
    page.get_by_label("Your reply").fill("Une réponse.")
    page.get_by_role("button", name="Approve and reply").click()
    page.get_by_text("Nothing here.").wait_for()
    stranger.goto(comment.post.get_absolute_url())
    expect(stranger.locator(".comment-body")).to_have_text(["Une question ?", "Une réponse."])


def test_no_page_of_the_desk_breaks_the_content_policy_or_logs_an_error(arrive):
    """What `arrive` watches for is what is tested here."""
    comment, post = CommentFactory(status="pending"), PostFactory()
    page = arrive()
    page.goto("/admin/")
    expect(page.get_by_label("Username:")).to_be_visible()
    page = arrive(person=administrator())
    seen = {}
    for address in [
        "/admin/",
        "/admin/blog/post/",
        "/admin/blog/post/add/",
        f"/admin/blog/post/{post.pk}/change/",
        "/admin/blog/page/add/",
        "/admin/blog/category/add/",
        "/admin/blog/media/",
        "/admin/blog/media/add/",
        "/admin/blog/sitesettings/1/change/",
        "/admin/comments/discussionsettings/1/change/",
        COMMENTS,
        f"{COMMENTS}{comment.pk}/change/",
        f"{COMMENTS}{comment.pk}/reply/",
    ]:
        seen[address] = page.goto(address, wait_until="load").status
    assert set(seen.values()) == {200}


def test_axe_finds_nothing_on_the_pages_we_add_to_the_desk(arrive):
    waiting = CommentFactory(status="pending", name="Anne")
    CommentFactory(status="pending", parent=waiting, post=waiting.post, url="https://example.org/", ip="192.0.2.1")
    page = arrive(person=administrator(), bypass_csp=True)
    found = []
    for address in ["/admin/", COMMENTS, f"{COMMENTS}{waiting.pk}/reply/", "/admin/blog/post/"]:
        page.goto(address)
        found += faults(page)
    assert found == []


def test_an_author_writes_on_a_telephone(arrive):
    page = arrive(person=member("Author"), width=390)
    page.goto("/admin/blog/post/add/")
    assert page.evaluate("() => document.documentElement.scrollWidth") == 390
    assert page.get_by_label("Text:", exact=True).bounding_box()["width"] > 300
