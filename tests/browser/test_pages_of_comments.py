"""The pages around a conversation: where mails lead, where one's own words are changed, where one asks."""

from itertools import pairwise

import pytest
from django.conf import settings
from playwright.sync_api import expect

from comments.mail.links import address, moderation
from comments.models import Comment, DiscussionSettings, Subscription
from tests.browser.axe import faults
from tests.factories import CommentFactory, PostFactory
from tests.people import member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def anne():
    """A comment that waits, whose writer wants replies, below a post with a conversation of several pages."""
    DiscussionSettings(per_page=5, edit_minutes=15).save()
    post = PostFactory(title="Une marge", slug="marge")
    first = CommentFactory(post=post, name="Un")
    for number in range(12):
        CommentFactory(post=post, name=f"Voix {number}", parent=first, body="Vrai @Un, <code>a ? b</code> et après ?")
    CommentFactory(post=post, name="Parti", status="trash")
    anne = CommentFactory(post=post, name="Anne", email="anne@example.org", status="pending")
    Subscription.objects.create(comment=anne, email=anne.email)
    return anne


def path(link):
    return link.removeprefix(settings.SITE_URL)


def by_mail(comment):
    subscription = Subscription.objects.get(comment=comment)
    links = [
        moderation(comment, "spam"),
        address("follow", subscription.pk),
        address("unfollow", subscription.pk),
        address("my_data", comment.email),
        address("mine", comment.pk),
    ]
    return [*map(path, links), f"{path(links[0])[:-9]}/"]


def looked_at(page):
    """Return what is wrong with a page: what axe finds, and whether it has to be pushed sideways."""
    wide = page.evaluate("() => document.documentElement.scrollWidth") > page.viewport_size["width"]
    return [*faults(page), *([f"{page.url} is too wide"] if wide else [])]


def test_axe_finds_nothing_where_readers_are_led(arrive, anne):
    below = anne.post.get_absolute_url()
    around = ["/webmention/", "/privacy/", "/comments/my-data/", f"{below}comment-page-2/", f"{below}?comments=newest"]
    page, found = arrive(width=390, bypass_csp=True), []
    for place in [*around, *by_mail(anne)]:
        page.goto(place)
        found += looked_at(page)
    assert found == []


def test_axe_finds_nothing_in_what_they_are_answered(arrive, anne):
    page, found = arrive(width=390, bypass_csp=True), []

    def answer(place, button, *, words=None):
        page.goto(place)
        for name, value in (words or {}).items():
            page.locator(f"[name={name}]").fill(value)
        with page.expect_navigation():
            page.get_by_role("button", name=button, exact=True).click()
        found.extend(looked_at(page))

    spam, follow, unfollow, my_data, mine, _broken = by_mail(anne)
    answer("/webmention/", "Have it looked at", words={"source": "nowhere", "target": "nowhere"})
    answer("/comments/my-data/", "Send me the link", words={"email": "nonsense"})
    answer("/comments/my-data/", "Send me the link", words={"email": "anne@example.org"})
    answer(mine, "Preview", words={"body": "Ah bon ? <code>a ? b</code>"})
    answer(mine, "Keep the change", words={"body": ""})
    answer(follow, "Replies below my comment")
    answer(unfollow, "From this blog at all")
    answer(spam, "Approve")
    answer(my_data, "Erase my name, address and picture")
    answer(mine, "Take the comment back")
    page.goto(mine)
    expect(page.get_by_role("heading", name="This comment is gone")).to_be_visible()
    assert found + looked_at(page) == []


def test_axe_finds_nothing_where_comments_are_closed(arrive, anne):
    anne.post.comments_open = False
    anne.post.save()
    page = arrive(width=390, bypass_csp=True)
    page.goto(anne.post.get_absolute_url())
    expect(page.get_by_role("heading", name="Comments are closed")).to_be_visible()
    assert looked_at(page) == []


def test_the_buttons_below_ones_own_words_do_not_touch(arrive, anne):
    page = arrive(width=390)
    for place in (path(address("mine", anne.pk)), path(moderation(anne, "spam"))):
        page.goto(place)
        boxes = page.locator("main form button").evaluate_all(
            "buttons => buttons.map((button) => button.getBoundingClientRect().toJSON())"
        )
        assert len(boxes) == 3
        for above, below in pairwise(boxes):
            assert below["top"] - above["bottom"] >= 8 or below["left"] - above["right"] >= 8


def test_axe_finds_nothing_where_moderators_read_and_answer(arrive, anne):
    Comment.objects.filter(pk=anne.pk).update(reason="The first comment of this person.", held_for="first")
    page = arrive(person=member("Moderator"), bypass_csp=True)
    found = []
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for place in ("", "?status=all", f"{anne.pk}/change/", f"{anne.pk}/reply/"):
            page.goto(f"/admin/comments/comment/{place}")
            found += looked_at(page)
    assert found == []
