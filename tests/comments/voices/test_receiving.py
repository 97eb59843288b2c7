"""Somebody answers a post on their own site: what webmention.rocks asks of a receiver, and what its owner does."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from comments.decisions import decide
from comments.models import Comment, DiscussionSettings, Voice
from comments.voices import tasks
from tests.factories import CommentFactory, PageFactory, PostFactory
from tests.pages import parse, text_of, with_class

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
SOURCE = "http://ann.example/answer"


@pytest.fixture
def post():
    return PostFactory(title="Éloge", slug="eloge", published_at=timezone.now() - datetime.timedelta(days=30))


@pytest.fixture
def tell(client, django_capture_on_commit_callbacks):
    """Return a function that sends a mention, and has the worker do its work."""

    def send(source, target, **headers):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post("/webmention/", {"source": source, "target": target}, **headers)

    return send


def address_of(post):
    return SITE + post.get_absolute_url()


def entry(post, words="A good point.", *, kind="in-reply-to", name="Ann", more=""):
    return f"""<!doctype html><html><head><title>Ann's page</title></head><body>
      <article class="h-entry"><h1 class="p-name">My answer</h1>
        <p class="p-author h-card"><img class="u-photo" src="/ann.png" alt=""><a class="p-name u-url"
          href="http://ann.example/">{name}</a></p>
        <a class="u-{kind}" href="{address_of(post)}">that</a>
        <div class="e-content"><p>{words}</p></div>{more}
      </article></body></html>"""


def only_comment():
    return Comment.objects.select_related("voice").get()


# How the endpoint is found -------------------------------------------------------------------------------------------


def test_a_post_says_where_it_takes_mentions_in_its_page(client, post):
    for address in (post.get_absolute_url(), PageFactory(slug="about").get_absolute_url()):
        response = client.get(address)
        found = {link.get("rel"): link.get("href") for link in parse(response).iter("link")}
        assert found["webmention"] == f"{SITE}/webmention/"
        assert found["pingback"] == f"{SITE}/xmlrpc.php"


def test_what_takes_no_comments_takes_no_mentions(client, post):
    post.comments_open = False
    post.save()
    other = PostFactory()
    closed = client.get(post.get_absolute_url())
    assert "webmention" not in closed.content.decode()
    assert 'rel="webmention"' in client.get(other.get_absolute_url()).content.decode()
    DiscussionSettings(receives_mentions=False).save()
    assert 'rel="webmention"' not in client.get(other.get_absolute_url()).content.decode()
    assert 'rel="webmention"' not in client.get("/").content.decode()


# Request verification (3.2.1) ---------------------------------------------------------------------------------------


def test_a_mention_is_accepted_at_once_and_looked_at_later(client, elsewhere, post, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    response = client.post("/webmention/", {"source": SOURCE, "target": address_of(post)})
    assert response.status_code == 202
    assert elsewhere.asked == []
    assert DBTaskResult.objects.get().task_path == tasks.receive.module_path


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("", "TARGET"),
        (SOURCE, ""),
        ("nonsense", "TARGET"),
        ("ftp://ann.example/answer", "TARGET"),
        ("javascript:alert(1)", "TARGET"),
        (SOURCE, "ftp://127.0.0.1:8000/x/"),
        (SOURCE, "http://other.example/post/"),
        (SOURCE, f"{SITE}/"),
        (SOURCE, f"{SITE}/2011/10/nothing/"),
        (SOURCE, f"{SITE}/tag/eloge/"),
        (SOURCE, f"{SITE}/?p=999999"),
        (SOURCE, f"{SITE}/%00/"),
        ("TARGET", "TARGET"),
        ("TARGET", "TARGET#comment-1"),
        (f"{SITE}/about/", "TARGET"),
        ("http://ann.example/" + "a" * 1000, "TARGET"),
    ],
)
def test_what_cannot_be_a_mention_is_refused(tell, elsewhere, post, source, target):
    own = address_of(post)
    response = tell(source.replace("TARGET", own), target.replace("TARGET", own))
    assert response.status_code == 400
    assert response.content
    assert elsewhere.asked == []


def test_drafts_and_what_is_closed_take_no_mentions(tell, elsewhere, post):
    draft = PostFactory(slug="later", status="draft")
    assert tell(SOURCE, address_of(draft)).status_code == 400
    post.comments_open = False
    post.save()
    assert tell(SOURCE, address_of(post)).status_code == 400
    DiscussionSettings(receives_mentions=False).save()
    assert tell(SOURCE, address_of(PostFactory())).status_code == 400
    assert elsewhere.asked == []


@pytest.mark.parametrize("form", ["#a-fragment", "", "?utm_source=feed"])
def test_any_address_that_leads_to_the_post_will_do(tell, elsewhere, post, form):
    target = address_of(post) + form
    elsewhere.page(SOURCE, f'<a href="{target}">that</a>')
    assert tell(SOURCE, target).status_code == 202
    assert only_comment().post == post


def test_the_addresses_that_redirect_to_a_post_mean_it(tell, elsewhere, post):
    local = timezone.localtime(post.date)
    for number, target in enumerate([f"{SITE}/{local:%Y/%m/%d}/eloge/", f"{SITE}/?p={post.pk}"]):
        source = f"{SOURCE}/{number}"
        elsewhere.page(source, f'<a href="{target}">that</a>')
        assert tell(source, target).status_code == 202
    assert post.comments.count() == 2


def test_too_many_mentions_are_asked_to_come_back(client, elsewhere, post, monkeypatch):
    monkeypatch.setattr("comments.voices.views.MOST", 2)
    sent = [client.post("/webmention/", {"source": SOURCE, "target": address_of(post)}) for _ in range(3)]
    assert [response.status_code for response in sent] == [202, 202, 429]
    assert sent[-1]["Retry-After"]


def test_when_a_thousand_wait_to_be_looked_at_more_are_asked_to_come_back(client, post, settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(tasks, "MOST_WAITING", 2)
    sent = [client.post("/webmention/", {"source": SOURCE, "target": address_of(post)}) for _ in range(3)]
    assert [response.status_code for response in sent] == [202, 202, 429]


def test_a_person_may_send_the_address_of_their_page_by_hand(client, elsewhere, post, tell):
    page = parse(client.get("/webmention/", {"target": address_of(post)}))
    assert address_of(post) in [field.get("value") for field in page.iter("input")]
    refused = tell("nonsense", address_of(post), HTTP_ACCEPT="text/html,*/*")
    assert refused.status_code == 400
    assert "nonsense" in [field.get("value") for field in parse(refused).iter("input")]
    elsewhere.page(SOURCE, entry(post))
    assert b"Thank you" in tell(SOURCE, address_of(post), HTTP_ACCEPT="text/html,*/*").content


# Verification (3.2.2) -----------------------------------------------------------------------------------------------

LINKS = [
    '<a href="{}">x</a>',
    "<A HREF='{}'>x</A>",
    "<a href={}>x</a>",
    '<p class=x><a rel="nofollow" title=">" href = "{}" >x',
    '<img src="{}">',
    '<video src="{}"></video>',
    '<audio src="{}"></audio>',
    '<video><source src="{}"></video>',
    '<blockquote cite="{}">x</blockquote>',
    '<data class="u-in-reply-to" value="{}"></data>',
    '<base href="http://127.0.0.1:8000/"><a href="{path}">x</a>',
]
NO_LINKS = [
    "{}",
    "<p>{}</p>",
    '<!-- <a href="{}">x</a> -->',
    '<script>"<a href={}>"</script>',
    "<template><a href={}>x</a></template>",
    '<textarea><a href="{}">x</a></textarea>',
    '&lt;a href="{}"&gt;x&lt;/a&gt;',
    '<a href="{}more">x</a>',
    '<a href="{path}">x</a>',
    '<a title="{}">x</a>',
    '<link rel="canonical" href="{}">',
    '<a href="http://ann.example/?{}">x</a>',
    '<a href="{}',
    "",
]


def filled(html, post):
    return html.replace("{path}", post.get_absolute_url()).replace("{}", address_of(post))


@pytest.mark.parametrize("html", LINKS)
def test_a_page_that_links_to_the_post_is_a_voice(tell, elsewhere, post, html):
    elsewhere.page(SOURCE, filled(html, post))
    tell(SOURCE, address_of(post))
    assert only_comment().voice.source == SOURCE


@pytest.mark.parametrize("html", NO_LINKS)
def test_a_page_that_does_not_link_to_the_post_is_none(tell, elsewhere, post, html):
    elsewhere.page(SOURCE, filled(html, post))
    assert tell(SOURCE, address_of(post)).status_code == 202
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("kind", "text", "is_voice"),
    [
        ("text/plain", "See {}, it is good.", True),
        ("text/plain", "See {}more", False),
        ("text/plain", "See nothing", False),
        ("application/json", '{"type": ["h-entry"], "properties": {"in-reply-to": ["{}"]}}', True),
        ("application/json", '{"text": "see {} there"}', False),
        ("application/json", "{}", False),
        ("application/json", "[" * 100_000, False),
        ("application/pdf", "{}", False),
        ("image/svg+xml", '<a href="{}">x</a>', False),
        ("", '<a href="{}">x</a>', False),
    ],
)
def test_each_kind_of_page_has_its_own_links(tell, elsewhere, post, kind, text, is_voice):
    elsewhere.page(SOURCE, text.replace("{}", address_of(post)), kind=kind)
    tell(SOURCE, address_of(post))
    assert Comment.objects.exists() == is_voice


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_source_that_redirects_is_followed(tell, elsewhere, post, status):
    elsewhere.redirect(SOURCE, "http://www.ann.example/moved", status)
    elsewhere.page("http://www.ann.example/moved", entry(post))
    tell(SOURCE, address_of(post))
    assert only_comment().voice.source == SOURCE


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1"])
def test_a_source_inside_the_house_is_never_asked(tell, elsewhere, post, address):
    elsewhere.names["ann.example"] = [address]
    elsewhere.page(SOURCE, entry(post))
    assert tell(SOURCE, address_of(post)).status_code == 202
    assert elsewhere.connections == []
    assert not Comment.objects.exists()


def test_a_source_that_cannot_be_reached_is_looked_at_again_later(elsewhere, post, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    elsewhere.page(SOURCE, entry(post), status=503)
    tasks.receive.func(SOURCE, address_of(post), "webmention")
    later = DBTaskResult.objects.get()
    assert later.run_after > timezone.now()
    assert later.args_kwargs["args"][-1] == 1
    elsewhere.page(SOURCE, entry(post))
    tasks.receive.func(*later.args_kwargs["args"])
    assert only_comment().name == "Ann"
    tasks.receive.func("http://ann.example/never", address_of(post), "webmention", None, 99)
    elsewhere.page(SOURCE, "", status=500)
    tasks.receive.func(SOURCE, address_of(post), "webmention", None, len(tasks.WAITS_TO_LOOK))
    assert only_comment().status == "pending"  # trouble there is no reason to forget what was said


# What it says, and to whom ------------------------------------------------------------------------------------------


def test_a_voice_waits_like_any_newcomer_and_shows_with_face_and_backlink_once_approved(client, tell, elsewhere, post):
    elsewhere.page(SOURCE, entry(post, more='<time class="dt-published" datetime="2020-01-02">then</time>'))
    tell(SOURCE, address_of(post))
    comment = only_comment()
    assert (comment.status, comment.kind) == ("pending", "webmention")
    assert comment.reason
    assert "A good point" not in client.get(post.get_absolute_url()).content.decode()
    decide(Comment.objects.all(), Comment.Status.APPROVED)
    (shown,) = with_class(parse(client.get(post.get_absolute_url())), "h-cite")
    assert "A good point." in text_of(with_class(shown, "e-content")[0])
    assert text_of(with_class(shown, "p-name")[0]) == "Ann"
    assert with_class(shown, "u-photo")[0].get("src") == f"/avatars/{comment.avatar.key}"
    assert SOURCE in [link.get("href") for link in with_class(shown, "u-url")]
    (backlink,) = with_class(shown, "comment-source")
    assert "nofollow" in backlink.get("rel")
    assert "ann.example" in text_of(backlink)


@pytest.mark.parametrize(
    ("kind", "gesture", "words"),
    [
        ("in-reply-to", "reply", "A good point."),
        ("like-of", "like", "likes this."),
        ("repost-of", "repost", "passed this on."),
        ("bookmark-of", "bookmark", "bookmarked this."),
    ],
)
def test_what_somebody_does_with_a_post_is_said(tell, elsewhere, post, kind, gesture, words):
    elsewhere.page(SOURCE, entry(post, kind=kind))
    tell(SOURCE, address_of(post))
    comment = only_comment()
    assert (comment.voice.gesture, comment.body) == (gesture, words)


def test_an_article_that_mentions_the_post_is_quoted_around_its_link(tell, elsewhere, post):
    far = "Far away. " * 100
    link = f'I read <a href="{address_of(post)}">this post</a> with joy.'
    elsewhere.page(SOURCE, f"<title>On reading</title><p>{far}</p><p>{far}{link}{far}</p>")
    tell(SOURCE, address_of(post))
    comment = only_comment()
    assert "I read this post with joy." in comment.body
    assert comment.body.startswith("<cite>On reading</cite>\n\n[…] ")
    assert comment.body.endswith(" […]")
    assert len(comment.body) < 400
    assert (comment.name, comment.voice.gesture) == ("ann.example", "mention")


def test_of_several_entries_the_one_that_links_here_speaks(tell, elsewhere, post):
    other = entry(post).replace(address_of(post), "http://other.example/").replace("Ann<", "Zoé<")
    elsewhere.page(SOURCE, f'<div class="h-feed">{other}{entry(post)}</div>')
    tell(SOURCE, address_of(post))
    assert only_comment().name == "Ann"


def test_the_author_may_stand_around_the_entry_or_be_a_plain_link(tell, elsewhere, post):
    link = f'<a class="u-like-of" href="{address_of(post)}">x</a>'
    author = '<a class="p-author h-card" href="/"><img src="a.png" alt="Bo"></a>'
    for number, html in enumerate(
        [
            f'<div class="h-feed">{author}<div class="h-entry">{link}</div></div>',
            f'<body class="h-entry">{author}{link}',
            f'<div class="h-entry">{link}</div><a rel="author" href="/">Bo</a>',
        ]
    ):
        source = f"{SOURCE}/{number}"
        elsewhere.page(source, html)
        tell(source, address_of(post))
    assert list(Comment.objects.values_list("name", "url")) == [("Bo", "http://ann.example/")] * 3


def test_an_answer_to_a_comment_stands_below_it(tell, elsewhere, post):
    first = CommentFactory(post=post)
    for number, target in enumerate([f"#comment-{first.pk}", f"comment-{first.pk}/"]):
        target = address_of(post) + target
        elsewhere.page(f"{SOURCE}/{number}", f'<a href="{target}">x</a>')
        tell(f"{SOURCE}/{number}", target)
    assert list(Voice.objects.values_list("comment__parent", flat=True)) == [first.pk, first.pk]


def test_what_a_page_says_is_as_clean_as_what_is_typed_here(tell, elsewhere, post, client):
    evil = (
        '<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a> <b onclick=x>bold</b>'
        "<style>*{display:none}</style><iframe src=//evil.example></iframe><p>&lt;script&gt;shown&lt;/script&gt;"
    )
    elsewhere.page(SOURCE, entry(post, evil, name="Ann\u202e &lt;b&gt;"))
    tell(SOURCE, address_of(post))
    decide(Comment.objects.all(), Comment.Status.APPROVED)
    comment = only_comment()
    assert "onerror" not in comment.html
    assert "javascript" not in comment.html
    assert "<script" not in comment.html
    assert "<iframe" not in comment.html
    assert "&lt;script&gt;shown" in comment.html
    assert "\u202e" not in comment.name
    page = parse(client.get(post.get_absolute_url()))
    assert text_of(with_class(page, "p-author")[-1]).endswith("Ann <b>")


def test_a_long_answer_is_cut_with_a_sign(tell, elsewhere, post):
    elsewhere.page(SOURCE, entry(post, "word " * 5000))
    tell(SOURCE, address_of(post))
    assert only_comment().body.endswith("[…]")
    assert len(only_comment().body) < 6000


@pytest.mark.parametrize("date", ["2999-01-01", "0001-01-01", "1999-01-01T00:00:00Z", "nonsense", "2020-13-45"])
def test_a_date_that_cannot_be_true_is_not_believed(tell, elsewhere, post, date):
    elsewhere.page(SOURCE, entry(post, more=f'<time class="dt-published" datetime="{date}">then</time>'))
    tell(SOURCE, address_of(post))
    assert only_comment().voice.published_at is None


def test_a_date_that_can_be_true_is_shown(client, tell, elsewhere, post):
    moment = timezone.now().replace(microsecond=0) - datetime.timedelta(days=2)
    elsewhere.page(SOURCE, entry(post, more=f'<time class="dt-published" datetime="{moment.isoformat()}">then</time>'))
    tell(SOURCE, address_of(post))
    decide(Comment.objects.all(), Comment.Status.APPROVED)
    (shown,) = with_class(parse(client.get(post.get_absolute_url())), "h-cite")
    assert datetime.datetime.fromisoformat(with_class(shown, "dt-published")[0].get("datetime")) == moment


# Moderation ---------------------------------------------------------------------------------------------------------


def test_a_known_author_shows_at_once_but_only_from_their_own_site(tell, elsewhere, post):
    elsewhere.page(SOURCE, entry(post))
    tell(SOURCE, address_of(post))
    decide(Comment.objects.all(), Comment.Status.APPROVED)
    for source, status in [
        ("http://ann.example/again", "approved"),
        ("http://evil.example/answer", "pending"),
        ("http://ann.example.evil.example/", "pending"),
    ]:
        elsewhere.page(source, entry(post, "Another one."))
        tell(source, address_of(post))
        assert Voice.objects.get(source=source).comment.status == status


def test_the_name_of_somebody_approved_opens_no_door(tell, elsewhere, post):
    CommentFactory(name="Ann", email="")
    CommentFactory(name="Ann", email="ann@example.org")
    elsewhere.page(SOURCE, entry(post))
    tell(SOURCE, address_of(post))
    assert Voice.objects.get().comment.status == "pending"


def test_where_nobody_waits_a_voice_does_not_either_unless_a_list_says_so(tell, elsewhere, post):
    DiscussionSettings(policy="nobody", blocked="casino*", held="bo.example").save()
    for host, words, status in [
        ("ann.example", "Fine", "approved"),
        ("cy.example", "Casinos!", "spam"),
        ("bo.example", "Well", "pending"),
    ]:
        elsewhere.page(f"http://{host}/x", entry(post, words))
        tell(f"http://{host}/x", address_of(post))
        assert Voice.objects.get(source=f"http://{host}/x").comment.status == status


def test_the_author_hears_of_a_voice_that_waits(tell, elsewhere, post, mailoutbox):
    post.author.is_staff = True
    post.author.save()
    elsewhere.page(SOURCE, entry(post))
    tell(SOURCE, address_of(post))
    (mail,) = mailoutbox
    assert "A good point." in mail.body


# Updates (3.2.4) and deletions --------------------------------------------------------------------------------------


def approved(tell, elsewhere, post):
    elsewhere.page(SOURCE, entry(post))
    tell(SOURCE, address_of(post))
    decide(Comment.objects.all(), Comment.Status.APPROVED)


def test_a_mention_sent_twice_is_one_voice(tell, elsewhere, post):
    approved(tell, elsewhere, post)
    tell(SOURCE, address_of(post))
    comment = only_comment()
    assert (comment.status, comment.edited_at) == ("approved", None)


def test_a_page_that_changed_changes_its_comment_which_is_judged_again(tell, elsewhere, post):
    approved(tell, elsewhere, post)
    elsewhere.page(SOURCE, entry(post, "Buy my pills."))
    tell(SOURCE, address_of(post))
    comment = only_comment()
    assert (comment.body, comment.status) == ("Buy my pills.", "pending")
    assert comment.edited_at


def test_what_a_moderator_put_away_does_not_come_back(tell, elsewhere, post):
    for status in (Comment.Status.SPAM, Comment.Status.TRASH):
        approved(tell, elsewhere, post)
        decide(Comment.objects.all(), status)
        elsewhere.page(SOURCE, entry(post, f"Once more, {status}."))
        tell(SOURCE, address_of(post))
        assert (only_comment().status, only_comment().body) == (status, "A good point.")
        Comment.objects.all().delete()


@pytest.mark.parametrize("change", ["410", "404", "unlinked"])
def test_a_page_that_is_gone_or_links_here_no_more_takes_its_comment_with_it(client, tell, elsewhere, post, change):
    approved(tell, elsewhere, post)
    if change == "unlinked":
        elsewhere.page(SOURCE, "<p>Nothing here.</p>")
    else:
        elsewhere.page(SOURCE, "gone", status=int(change))
    assert tell(SOURCE, address_of(post)).status_code == 202
    assert only_comment().status == "trash"
    assert only_comment().reason
    assert "A good point" not in client.get(post.get_absolute_url()).content.decode()


def test_a_deletion_is_heard_where_comments_are_closed_by_now(tell, elsewhere, post):
    approved(tell, elsewhere, post)
    post.comments_open = False
    post.save()
    elsewhere.page(SOURCE, "gone", status=410)
    assert tell(SOURCE, address_of(post)).status_code == 202
    assert only_comment().status == "trash"


def test_a_page_that_came_back_waits_again(tell, elsewhere, post):
    approved(tell, elsewhere, post)
    elsewhere.page(SOURCE, "gone", status=410)
    tell(SOURCE, address_of(post))
    elsewhere.page(SOURCE, entry(post))
    tell(SOURCE, address_of(post))
    assert only_comment().status == "pending"


def test_a_page_that_has_trouble_for_once_loses_nothing(tell, elsewhere, post):
    approved(tell, elsewhere, post)
    for status in (403, 500, 503):
        elsewhere.page(SOURCE, "", status=status)
        tell(SOURCE, address_of(post))
        assert only_comment().status == "approved"


def test_a_page_that_links_to_two_posts_is_a_voice_below_each(tell, elsewhere, post):
    other = PostFactory()
    elsewhere.page(SOURCE, f'<a href="{address_of(post)}">x</a> <a href="{address_of(other)}">y</a>')
    tell(SOURCE, address_of(post))
    tell(SOURCE, address_of(other))
    assert {voice.post for voice in Voice.objects.all()} == {post, other}


def test_a_page_of_voices_asks_the_database_as_often_for_twenty_as_for_one(client, post, django_assert_num_queries):
    def say(number):
        comment = CommentFactory(post=post, kind="webmention", email="", name=f"Ann {number}")
        Voice.objects.create(post=post, comment=comment, source=f"{SOURCE}/{number}")

    say(0)
    client.get(post.get_absolute_url())
    with CaptureQueriesContext(connection) as one:
        client.get(post.get_absolute_url())
    for number in range(1, 20):
        say(number)
    with django_assert_num_queries(len(one)):
        client.get(post.get_absolute_url())


def test_a_pingback_that_moved_in_shows_where_it_stands(client, post):
    CommentFactory(post=post, kind="pingback", url="http://old.example/entry", name="Old", email="")
    (backlink,) = with_class(parse(client.get(post.get_absolute_url())), "comment-source")
    assert (backlink.get("href"), "old.example" in text_of(backlink)) == ("http://old.example/entry", True)
