"""A visitor takes part in the conversation."""

import pytest
from playwright.sync_api import expect

from comments.models import Comment, DiscussionSettings
from tests.factories import CommentFactory, PostFactory
from tests.people import member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def post():
    return PostFactory(title="Aube", slug="aube")


@pytest.fixture
def nobody_waits(db):
    DiscussionSettings(policy=DiscussionSettings.Policy.NOBODY_WAITS).save()


def write(page, body="Une pensée.", name="Camille", email="camille@example.org"):
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("textbox", name="Comment", exact=True).fill(body)


def send(page):
    page.get_by_role("button", name="Post the comment").click()


def body_of(page):
    return page.locator("#id_body")


def kept(page):
    """Wait until the browser has kept the draft."""
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.startsWith('comment-draft'))")


def test_a_visitor_without_javascript_waits_alone_until_the_moderator_approves(arrive, post):
    camille, stranger = arrive(javascript=False), arrive(javascript=False)
    camille.goto(post.get_absolute_url())
    write(camille)
    send(camille)
    expect(camille.locator(".waiting .comment-body")).to_have_text("Une pensée.")
    expect(camille.locator(".waiting-note")).to_contain_text("waits for approval")
    stranger.goto(post.get_absolute_url())
    expect(stranger.get_by_text("Une pensée.")).to_have_count(0)

    moderator = arrive(person=member("Moderator"))
    moderator.goto("/admin/comments/comment/")
    moderator.get_by_role("button", name="Approve (Camille)").click()
    expect(moderator.locator(".undo-words")).to_have_text("1 comment: approved")
    stranger.reload()
    expect(stranger.get_by_text("Une pensée.")).to_be_visible()
    expect(stranger.locator(".waiting")).to_have_count(0)


def test_a_visitor_without_javascript_answers_an_answer_to_an_answer(arrive, post, nobody_waits):
    first = CommentFactory(post=post, name="Anne")
    second = CommentFactory(post=post, name="Bruno", parent=first)
    page = arrive(javascript=False)
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Reply to Bruno").click()
    expect(page.get_by_role("heading", name="Reply to Bruno")).to_be_visible()
    write(page, "Au contraire.")
    send(page)
    reply = page.locator(f"li:has(> #comment-{second.pk}) .comment-body", has_text="Au contraire.")
    expect(reply).to_be_visible()
    expect(page.get_by_role("link", name="in reply to Bruno")).to_have_attribute("href", f"#comment-{second.pk}")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_refused_visitor_is_told_why_and_finds_their_words_again(arrive, post, javascript):
    page = arrive(javascript=javascript)
    page.goto(post.get_absolute_url())
    write(page, "Une pensée\n\nen deux temps.", email="camille@nowhere")
    send(page)
    summary = page.locator(".form-errors")
    summary.wait_for()
    expect(body_of(page)).to_have_value("Une pensée\n\nen deux temps.")
    expect(page.get_by_label("Name")).to_have_value("Camille")
    if javascript:
        page.wait_for_function("() => document.activeElement.classList.contains('form-errors')")
    summary.get_by_role("link", name="E-mail").click()
    expect(page.locator("#id_email")).to_be_focused()
    expect(page.locator("#id_email")).to_have_attribute("aria-invalid", "true")


def test_the_form_comes_under_the_comment_one_answers_and_goes_back(arrive, post, nobody_waits):
    comment = CommentFactory(post=post, name="Anne")
    CommentFactory(post=post, name="Bruno")
    page = arrive()
    page.goto(post.get_absolute_url())
    own_place = page.locator("#respond").evaluate("form => form.parentElement.tagName")
    page.get_by_role("link", name="Reply to Anne").click()
    expect(page.locator(f"#comment-{comment.pk} + #respond")).to_be_visible()
    expect(page.locator("#respond h2")).to_have_text("Reply to Anne")
    expect(page.locator("#id_body")).to_be_focused()
    page.get_by_role("link", name="Write a comment of its own").click()
    assert page.locator("#respond").evaluate("form => form.parentElement.tagName") == own_place
    expect(page.locator("#respond h2")).to_have_text("Leave a comment")
    expect(page.get_by_role("link", name="Reply to Anne")).to_be_focused()

    page.get_by_role("link", name="Reply to Anne").click()
    write(page, "Oui.")
    send(page)
    page.get_by_text("Oui.").wait_for()
    assert Comment.objects.latest("pk").parent == comment


def test_what_was_begun_is_there_again_after_the_tab_was_closed_until_it_is_sent(arrive, post):
    CommentFactory(post=post, name="Anne")
    tab = arrive()
    tab.goto(post.get_absolute_url())
    tab.get_by_role("link", name="Reply to Anne").click()
    write(tab, "Un début")
    kept(tab)
    tab.close()

    tab = tab.context.new_page()
    tab.goto(post.get_absolute_url())
    expect(body_of(tab)).to_have_value("Un début")
    expect(tab.locator("#respond h2")).to_have_text("Reply to Anne")
    expect(tab.locator(".form-status")).to_contain_text("kept it")
    write(tab, "Un début, une fin.")
    send(tab)
    tab.locator(".waiting").wait_for()
    expect(body_of(tab)).to_have_value("")
    assert Comment.objects.latest("pk").body == "Un début, une fin."
    tab.goto(post.get_absolute_url())
    expect(body_of(tab)).to_have_value("")


def test_a_server_that_breaks_takes_no_word_with_it(arrive, post):
    page = arrive()
    page.goto(post.get_absolute_url())
    write(page, "Trois heures de travail.")
    page.route("**/comment/**", lambda route: route.fulfill(status=500, body="broken"))
    send(page)
    page.get_by_text("broken").wait_for()
    page.unroute("**/comment/**")
    page.goto(post.get_absolute_url())
    expect(body_of(page)).to_have_value("Trois heures de travail.")
    assert not Comment.objects.exists()


def test_somebody_who_asks_for_it_is_remembered_and_forgotten_again(arrive, post):
    page = arrive()
    page.goto(post.get_absolute_url())
    write(page)
    page.get_by_label("Remember me").check()
    send(page)
    page.locator(".waiting").wait_for()
    other = PostFactory(slug="midi")
    page.goto(other.get_absolute_url())
    expect(page.get_by_label("Name")).to_have_value("Camille")
    expect(page.get_by_label("E-mail")).to_have_value("camille@example.org")
    expect(page.get_by_label("Remember me")).to_be_checked()
    page.get_by_label("Remember me").uncheck()
    page.reload()
    expect(page.get_by_label("Name")).to_have_value("")


def test_somebody_who_does_not_ask_is_not_remembered(arrive, post):
    page = arrive()
    page.goto(post.get_absolute_url())
    write(page)
    send(page)
    page.locator(".waiting").wait_for()
    assert page.evaluate("JSON.stringify(localStorage)").count("camille") == 0
    page.reload()
    expect(page.get_by_label("Name")).to_have_value("")


def test_an_impatient_visitor_sends_their_words_once(arrive, post):
    page = arrive()
    page.goto(post.get_absolute_url())
    write(page)
    sent = page.locator(".comment-form").evaluate(
        """(form) => {
          let sent = 0;
          form.addEventListener("submit", (event) => {
            if (!event.defaultPrevented) sent += 1;
            event.preventDefault(); // a server that takes its time
          });
          for (let click = 0; click < 3; click += 1) form.querySelector("[type=submit]").click();
          return sent;
        }"""
    )
    assert sent == 1
    expect(page.locator(".form-status")).to_have_text("Sending…")
    expect(page.get_by_role("button", name="Post the comment")).to_have_attribute("aria-disabled", "true")


def test_words_are_seen_as_readers_will_see_them_while_they_are_written(arrive, post, nobody_waits):
    page = arrive()
    page.goto(post.get_absolute_url())
    expect(page.get_by_role("button", name="Preview")).to_be_hidden()
    write(page, "Une <b>pensée</b> <script>alert(1)</script>")
    page.locator(".preview-body b", has_text="pensée").wait_for()
    expect(page.locator(".preview-body")).to_have_text("Une pensée alert(1)")
    expect(page.locator(".character-count")).to_have_text("43 of 20,000 characters")
    write(page, "")
    page.locator(".comment-preview").wait_for(state="hidden")
    write(page, "x" * 20_001)
    expect(page.locator(".character-count")).to_contain_class("over")


def test_a_visitor_without_javascript_looks_before_they_send(arrive, post, nobody_waits):
    page = arrive(javascript=False)
    page.goto(post.get_absolute_url())
    expect(page.locator(".comment-preview")).to_be_hidden()
    write(page, "Une <b>pensée</b>.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview-body")).to_have_text("Une pensée.")
    send(page)
    expect(page.locator(".comment-body")).to_have_text("Une pensée.")


def test_the_enter_key_sends_and_does_not_preview(arrive, post, nobody_waits):
    page = arrive(javascript=False)
    page.goto(post.get_absolute_url())
    write(page, "Une pensée.")
    page.get_by_label("Name").press("Enter")
    expect(page.locator(".comment-body")).to_have_text("Une pensée.")


def test_a_visitor_changes_their_mind_and_then_takes_it_back(arrive, post, nobody_waits):
    page = arrive(javascript=False)
    page.goto(post.get_absolute_url())
    write(page, "Une pensée.")
    send(page)
    page.get_by_role("link", name="Change or take back").click()
    page.get_by_role("textbox", name="Comment").fill("Deux pensées.")
    page.get_by_role("button", name="Keep the change").click()
    expect(page.locator(".comment-body")).to_have_text("Deux pensées.")
    page.get_by_role("link", name="Change or take back").click()
    page.get_by_role("button", name="Take the comment back").click()
    expect(page.get_by_role("heading", name="Your comment is taken back")).to_be_visible()
    page.goto(post.get_absolute_url())
    expect(page.locator(".comment")).to_have_count(0)


def test_words_come_back_after_the_way_back_and_after_a_session_expired(arrive, post, nobody_waits):
    page = arrive()
    page.goto(post.get_absolute_url())
    write(page, "Presque fini")
    kept(page)
    page.goto("/")
    page.go_back()
    expect(body_of(page)).to_have_value("Presque fini")
    page.context.clear_cookies()
    write(page, "Fini.")
    send(page)
    page.locator(".comment-body", has_text="Fini.").wait_for()
    page.go_back()
    if body_of(page).input_value():  # some browsers fill it in again by themselves: the same words are one comment
        send(page)
        page.locator(".comment-body", has_text="Fini.").wait_for()
    assert Comment.objects.count() == 1


def test_an_old_link_finds_its_comment_on_another_page(arrive, post):
    DiscussionSettings(per_page=5).save()
    said = [CommentFactory(post=post, body=f"Voix {number}") for number in range(8)]
    page = arrive()
    page.goto(f"{post.get_absolute_url()}#comment-{said[6].pk}")
    page.wait_for_url(f"**{said[6].get_absolute_url()}")
    expect(page.locator(f"#comment-{said[6].pk}")).to_be_visible()
    page.goto(f"{post.get_absolute_url()}#comment-999")
    page.wait_for_url(f"**{post.get_absolute_url()}")
    expect(page.locator(".comment")).to_have_count(5)


def test_a_branch_is_closed_and_opened_again(arrive, post):
    root = CommentFactory(post=post)
    for _ in range(3):
        reply = CommentFactory(post=post, parent=root)
    page = arrive(javascript=False)
    page.goto(post.get_absolute_url())
    expect(page.locator(f"#comment-{reply.pk}")).to_be_visible()
    page.get_by_text("3 replies").click()
    expect(page.locator(f"#comment-{reply.pk}")).to_be_hidden()
    page.get_by_text("3 replies").click()
    expect(page.locator(f"#comment-{reply.pk}")).to_be_visible()
