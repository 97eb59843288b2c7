"""A moderator at the queue, with the keyboard and without."""

import pytest
from playwright.sync_api import expect

from comments.models import Comment
from tests.browser.axe import faults
from tests.factories import CommentFactory, PostFactory
from tests.people import member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COMMENTS = "/admin/comments/comment/"
NAMES = ["Anne", "Bruno", "Chloé", "David"]


@pytest.fixture
def waiting():
    """Return comments that wait, the first of NAMES on top of the list."""
    post = PostFactory(title="Le pain")
    return {name: CommentFactory(post=post, name=name, body=f"Par {name}", status="pending") for name in NAMES[::-1]}


def moderator():
    return member("Moderator", display_name="Modeste")


def names(page):
    return page.locator("#result_list .who-name")


def status_of(name):
    return Comment.objects.get(name=name).status


def test_one_key_decides_and_the_list_follows_without_loading_again(arrive, waiting):
    page = arrive(person=moderator())
    page.goto(COMMENTS)
    page.evaluate("window.stays = true")
    tab = page.locator("[data-tab='pending']")
    expect(page.locator("tr.marked")).to_contain_text("Par Anne")
    page.keyboard.press("a")
    expect(tab).to_have_text("Waiting (3)")
    expect(page.locator("tr.marked")).to_contain_text("Par Bruno")
    page.keyboard.press("j")
    expect(page.locator("tr.marked")).to_contain_text("Par Chloé")
    page.keyboard.press("s")
    expect(tab).to_have_text("Waiting (2)")
    page.keyboard.press("d")
    expect(tab).to_have_text("Waiting (1)")
    expect(names(page)).to_have_text(["Bruno"])
    expect(page.get_by_role("status")).to_contain_text("Trash")
    assert [status_of(name) for name in NAMES] == ["approved", "pending", "spam", "trash"]
    assert page.evaluate("window.stays")


def test_undo_brings_them_back_one_after_the_other_where_they_stood(arrive, waiting):
    page = arrive(person=moderator())
    page.goto(COMMENTS)
    tab = page.locator("[data-tab='pending']")
    page.keyboard.press("s")
    expect(tab).to_have_text("Waiting (3)")
    page.keyboard.press("d")
    expect(tab).to_have_text("Waiting (2)")
    page.keyboard.press("u")
    expect(tab).to_have_text("Waiting (3)")
    page.keyboard.press("z")
    expect(tab).to_have_text("Waiting (4)")
    expect(names(page)).to_have_text(NAMES)
    expect(page.locator("#undo button")).to_be_hidden()


def test_undo_still_works_when_the_page_was_loaded_again(arrive, waiting):
    page = arrive(person=moderator())
    page.goto(COMMENTS)
    page.keyboard.press("s")
    expect(page.locator("[data-tab='pending']")).to_have_text("Waiting (3)")
    page.reload()
    expect(page.locator("#undo")).to_contain_text("1 comment: spam")
    page.keyboard.press("u")
    expect(names(page)).to_have_text(NAMES)


def test_those_that_are_chosen_are_decided_together_and_undone_together(arrive, waiting):
    page = arrive(person=moderator())
    page.goto(COMMENTS)
    tab = page.locator("[data-tab='pending']")
    for key in "xjx":
        page.keyboard.press(key)
    page.keyboard.press("s")
    expect(tab).to_have_text("Waiting (2)")
    expect(names(page)).to_have_text(["Chloé", "David"])
    expect(page.locator("#undo")).to_contain_text("2 comments: spam")
    page.locator("#undo button").click()
    expect(tab).to_have_text("Waiting (4)")
    expect(names(page)).to_have_text(NAMES)


def test_a_reply_is_written_right_there_and_letters_are_letters_while_one_types(arrive, waiting):
    page = arrive(person=moderator())
    page.goto(COMMENTS)
    page.keyboard.press("r")
    page.keyboard.type("as usual, dear")
    expect(page.get_by_label("Your reply")).to_have_value("as usual, dear")
    expect(names(page)).to_have_text(NAMES)
    page.get_by_role("button", name="Approve and reply", exact=True).click()
    expect(names(page)).to_have_text(NAMES[1:])
    assert waiting["Anne"].replies.get().body == "as usual, dear"
    assert status_of("Anne") == "approved"
    page.locator("#undo button").click()
    expect(names(page)).to_have_text(NAMES)
    assert Comment.objects.get(name="Modeste").status == "trash"


def test_keys_sleep_in_the_search_with_a_modifier_and_when_they_are_turned_off(arrive, waiting):
    page = arrive(person=moderator())
    page.goto(COMMENTS)
    page.locator("#searchbar").press_sequentially("sad")
    page.locator("body").press("Alt+a")
    page.get_by_label("One key acts at once").uncheck()
    page.locator("h1").click()
    page.keyboard.press("a")
    page.reload()
    page.keyboard.press("a")
    expect(page.get_by_label("One key acts at once")).not_to_be_checked()
    page.get_by_label("One key acts at once").check()
    page.keyboard.press("d")
    expect(page.locator("[data-tab='pending']")).to_have_text("Waiting (3)")
    assert [status_of(name) for name in NAMES] == ["trash", "pending", "pending", "pending"]


def test_help_tells_the_keys_and_nothing_is_decided_behind_it(arrive, waiting):
    page = arrive(person=moderator())
    page.goto(COMMENTS)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("approve and reply")
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(names(page)).to_have_text(NAMES)


def test_what_could_not_be_saved_stands_there_again(arrive, waiting):
    page = arrive(person=moderator())
    page.goto(COMMENTS)
    page.route("**/spam/", lambda route: route.fulfill(status=200, body="no JSON"))
    page.keyboard.press("s")
    expect(page.locator("#undo")).to_contain_text("could not be saved")
    expect(names(page)).to_have_text(NAMES)


def test_e_opens_the_comment_to_mend_it(arrive, waiting):
    page = arrive(person=moderator())
    page.goto(COMMENTS)
    page.keyboard.press("e")
    page.wait_for_url(f"**/comment/{waiting['Anne'].pk}/change/")


def test_everything_works_by_buttons_without_javascript(arrive, waiting):
    page = arrive(person=moderator(), javascript=False)
    page.goto(COMMENTS)
    expect(page.locator("#keys-bar")).to_be_hidden()
    page.get_by_role("button", name="Spam (Anne)").click()
    expect(names(page)).to_have_text(NAMES[1:])
    page.get_by_role("button", name="Undo").click()
    expect(names(page)).to_have_text(NAMES)


def test_the_queue_fits_a_telephone_and_axe_finds_nothing(arrive, waiting):
    CommentFactory(post=waiting["Anne"].post, parent=waiting["Anne"], name="Eve", status="pending", body="m" * 900)
    person = moderator()
    for theme in ("light", "dark"):
        page = arrive(person=person, width=390, theme=theme, bypass_csp=True)
        page.goto(COMMENTS)
        assert page.evaluate("() => document.documentElement.scrollWidth") == 390
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()
        assert faults(page) == []
        page.keyboard.press("Escape")
        page.keyboard.press("r")
        assert faults(page) == []
