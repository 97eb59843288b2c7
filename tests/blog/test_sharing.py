"""What a post gives of itself where it is shared, and how it is passed on."""

import datetime
import io
import json
import re
from urllib.parse import parse_qs, urlsplit

import mf2py
import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from blog import structured
from blog.models import Media, Post, SiteSettings
from blog.pictures import make_variants
from blog.sharing import mastodon_server
from blog.uploads import store_upload
from comments.models import Comment
from tests.factories import CategoryFactory, CommentFactory, PageFactory, PostFactory, TagFactory
from tests.pages import links, parse, text_of, with_class
from tests.pictures import jpeg

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
MORNING = datetime.datetime(2011, 10, 27, 8, 30, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def ink(**fields):
    return PostFactory(
        **{
            "title": "Ink & “paper”",
            "slug": "ink",
            "excerpt": "On <ink>",
            "published_at": MORNING,
            "author__display_name": "Anne Delorme",
            "categories": [CategoryFactory(name="Prints", parent=CategoryFactory(name="Arts"))],
            "tags": [TagFactory(name="Ink"), TagFactory(name="Paper")],
            **fields,
        }
    )


def metas(document):
    """Return {name: [contents]} of a page's meta elements."""
    found = {}
    for meta in document.iter("meta"):
        name = meta.get("property") or meta.get("name")
        found.setdefault(name, []).append(meta.get("content"))
    return found


def data(response):
    """Return {type: data} of a page's JSON-LD."""
    scripts = [script for script in parse(response).iter("script") if script.get("type") == "application/ld+json"]
    found = [json.loads(script.text) for script in scripts]
    assert all(each["@context"] == "https://schema.org" for each in found)
    return {each["@type"]: each for each in found}


# Link previews


def test_a_shared_link_shows_what_it_leads_to(client):
    ink(language="fr")
    page = parse(client.get("/2011/10/ink/?replytocom=1"))
    (canonical,) = [link.get("href") for link in page.iter("link") if link.get("rel") == "canonical"]
    shown = metas(page)
    assert canonical == shown["og:url"][0] == f"{SITE}/2011/10/ink/"
    assert shown["og:type"] == ["article"]
    assert shown["og:title"] == ["Ink & “paper”"]
    assert shown["og:description"] == shown["description"] == ["On <ink>"]
    assert shown["og:site_name"] == ["Causerie"]
    assert shown["og:locale"] == ["fr_FR"]
    assert shown["article:published_time"] == ["2011-10-27T10:30:00+02:00"]
    assert datetime.datetime.fromisoformat(shown["article:modified_time"][0]) > MORNING
    assert shown["article:author"] == [f"{SITE}/author/anne-delorme/"]
    assert shown["article:section"] == ["Prints"]
    assert shown["article:tag"] == ["Ink", "Paper"]
    assert shown["twitter:card"] == ["summary_large_image"]


def test_the_picture_of_a_link_is_the_lead_in_a_size_that_is_sent_fast(client):
    media = store_upload("photo.jpg", jpeg(2400, 1600), alt="A case of type")
    make_variants(media)
    ink(lead_picture=media)
    shown = metas(parse(client.get("/2011/10/ink/")))
    assert (shown["og:image:width"], shown["og:image:height"]) == (["1200"], ["800"])
    assert (shown["og:image:type"], shown["og:image:alt"]) == (["image/jpeg"], ["A case of type"])
    served = client.get(shown["og:image"][0].removeprefix(SITE))
    assert Image.open(io.BytesIO(served.getvalue())).size == (1200, 800)


def test_a_small_lead_picture_is_shown_as_it_is(client):
    media = store_upload("photo.jpg", jpeg(600, 400))
    make_variants(media)
    post = ink(lead_picture=media)
    shown = metas(parse(client.get("/2011/10/ink/")))
    assert shown["og:image"] == [media.absolute_url]
    assert shown["og:image:alt"] == [post.title]


def test_a_picture_in_a_format_that_previews_cannot_show_is_replaced(client):
    media = store_upload("photo.jpg", jpeg(600, 400))
    Media.objects.filter(pk=media.pk).update(content_type="image/avif")
    ink(lead_picture=media)
    assert "/card/" in metas(parse(client.get("/2011/10/ink/")))["og:image"][0]


def test_the_front_page_and_lists_say_what_they_are(client):
    SiteSettings(title="The Press", tagline="Ink and paper").save()
    ink()
    home = metas(parse(client.get("/")))
    assert (home["og:type"], home["og:title"], home["og:url"]) == (["website"], ["The Press"], [f"{SITE}/"])
    assert (home["og:description"], home["og:locale"]) == (["Ink and paper"], ["en_US"])
    tag = metas(parse(client.get("/tag/ink/")))
    assert (tag["og:title"], tag["og:url"]) == (["Ink – The Press"], [f"{SITE}/tag/ink/"])


# JSON-LD


def test_a_search_engine_learns_who_wrote_what_when(client):
    post = ink(body="Three words here.")
    found = data(client.get("/2011/10/ink/"))["BlogPosting"]
    address = f"{SITE}/2011/10/ink/"
    assert (found["@id"], found["url"], found["mainEntityOfPage"]) == (address, address, address)
    assert (found["headline"], found["description"]) == ("Ink & “paper”", "On <ink>")
    assert found["author"] == {"@type": "Person", "name": "Anne Delorme", "url": f"{SITE}/author/anne-delorme/"}
    assert found["datePublished"] == "2011-10-27T10:30:00+02:00"
    assert datetime.datetime.fromisoformat(found["dateModified"]) == post.changed_at.replace(microsecond=0)
    assert (found["articleSection"], found["keywords"], found["wordCount"]) == (["Prints"], ["Ink", "Paper"], 3)
    assert found["image"]["url"].startswith(f"{SITE}/card/")
    assert found["commentCount"] == 0


def test_a_search_engine_learns_the_way_to_a_post_and_to_a_category(client):
    ink()
    steps = data(client.get("/2011/10/ink/"))["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "Causerie", f"{SITE}/"),
        (2, "Arts", f"{SITE}/category/arts/"),
        (3, "Prints", f"{SITE}/category/arts/prints/"),
        (4, "Ink & “paper”", f"{SITE}/2011/10/ink/"),
    ]
    steps = data(client.get("/category/arts/prints/"))["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in steps] == ["Causerie", "Arts", "Prints"]


def test_a_search_engine_learns_how_to_search_here(client):
    found = data(client.get("/"))["WebSite"]
    assert (found["name"], found["url"]) == ("Causerie", f"{SITE}/")
    action = found["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{SITE}/search/?q={{search_term_string}}"
    assert action["query-input"] == "required name=search_term_string"


def test_a_search_engine_reads_the_conversation_and_nothing_that_waits(client):
    post = ink()
    parent = CommentFactory(post=post, name="Luc", url="https://luc.example/", body="A <b>thought</b> & more")
    reply = CommentFactory(post=post, name="Zoé", parent=parent)
    hidden = CommentFactory(post=post, name="Hidden", status=Comment.Status.PENDING)
    CommentFactory(post=post, name="Léa", parent=hidden)
    found = data(client.get("/2011/10/ink/"))["BlogPosting"]
    assert found["commentCount"] == 3
    first, second, third = found["comment"]
    address = f"{SITE}/2011/10/ink/#comment-{parent.pk}"
    assert first["@type"] == "Comment"
    assert (first["url"], first["text"]) == (address, "A thought & more")
    assert first["author"] == {"@type": "Person", "name": "Luc", "url": "https://luc.example/"}
    assert datetime.datetime.fromisoformat(first["datePublished"])
    assert second["url"].endswith(f"#comment-{reply.pk}")
    assert second["parentItem"] == {"@id": address}
    assert "parentItem" not in third


def test_a_visitors_own_waiting_words_are_not_given_to_search_engines(client):
    post = ink()
    words = {"name": "Luc", "email": "luc@example.org", "body": "Words that wait"}
    client.post(f"/2011/10/ink/comment/{post.pk}/", words)
    response = client.get("/2011/10/ink/")
    assert "Words that wait" in text_of(parse(response))
    assert data(response)["BlogPosting"]["commentCount"] == 0


def test_a_page_is_no_posting_but_says_where_it_stands(client):
    PageFactory(title="Team", slug="team", parent=PageFactory(title="About", slug="about"))
    found = data(client.get("/about/team/"))
    assert found["WebPage"]["headline"] == "Team"
    assert [step["name"] for step in found["BreadcrumbList"]["itemListElement"]] == ["Causerie", "About", "Team"]


HOSTILE = "</script><script>alert(1)</script><!-- \u2028 & ]]>"


def test_no_words_end_the_data_early(client):
    post = ink(title=HOSTILE, excerpt=HOSTILE)
    CommentFactory(post=post, name=HOSTILE)
    found = data(client.get("/2011/10/ink/"))["BlogPosting"]
    assert (found["headline"], found["description"], found["comment"][0]["author"]["name"]) == (HOSTILE,) * 3


@given(st.text())
def test_any_words_come_through_the_data_unchanged(words):
    printed = structured.script({"name": words})
    text = printed.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert json.loads(text)["name"] == words
    assert not re.search("[<>&\u2028\u2029]", text)


def test_a_preview_tells_nobody_anything(client, admin_client):
    post = PostFactory(status=Post.Status.DRAFT)
    response = admin_client.get(post.get_preview_url())
    assert data(response) == {}
    assert metas(parse(response))["robots"] == ["noindex"]
    assert not with_class(parse(response), "share")


# microformats2


def microformats(client, path):
    """Return the items that the field's own parser finds on a page."""
    return mf2py.parse(doc=client.get(path).content.decode(), url=f"{SITE}{path}")["items"]


def test_a_microformats_reader_finds_the_post_and_its_conversation_in_it(client):
    media = store_upload("photo.jpg", jpeg(1200, 800), alt="A case")
    post = ink(lead_picture=media, body="Words <b>here</b>.")
    parent = CommentFactory(post=post, name="Luc", url="https://luc.example/", body="A thought.", created_at=MORNING)
    CommentFactory(post=post, name="Zoé", parent=parent, body="Another.")
    address = f"{SITE}/2011/10/ink/"
    (entry,) = microformats(client, "/2011/10/ink/")
    assert entry["type"] == ["h-entry"]
    found = entry["properties"]
    assert found["name"] == ["Ink & “paper”"]
    assert found["url"] == [address]
    assert found["summary"] == ["On <ink>"]
    (content,) = found["content"]
    assert content["value"].strip() == "Words here."
    assert "<b>here</b>" in content["html"]
    assert found["published"] == ["2011-10-27T10:30:00+0200"]
    assert found["category"] == ["Prints", "Ink", "Paper"]
    assert found["featured"] == [{"value": media.absolute_url, "alt": "A case"}]
    (author,) = found["author"]
    assert author["type"] == ["h-card"]
    assert author["properties"] == {"name": ["Anne Delorme"], "url": [f"{SITE}/author/anne-delorme/"]}
    first, second = found["comment"]
    assert first["type"] == ["h-cite"]
    assert [content["value"].strip() for content in first["properties"]["content"]] == ["A thought."]
    assert first["properties"]["url"] == [f"{address}#comment-{parent.pk}"]
    assert first["properties"]["published"] == ["2011-10-27T10:30:00+0200"]
    (commenter,) = first["properties"]["author"]
    assert commenter["properties"]["name"] == ["Luc"]
    assert commenter["properties"]["url"] == ["https://luc.example/"]
    assert commenter["properties"]["photo"][0]["value"].startswith(f"{SITE}/avatars/")
    assert second["properties"]["author"][0]["properties"]["name"] == ["Zoé"]


def test_a_microformats_reader_finds_a_feed_on_the_front_page(client):
    ink()
    (feed,) = microformats(client, "/")
    assert feed["type"] == ["h-feed"]
    (entry,) = feed["children"]
    assert entry["type"] == ["h-entry"]
    assert entry["properties"]["name"] == ["Ink & “paper”"]
    assert entry["properties"]["url"] == [f"{SITE}/2011/10/ink/"]


# Passing it on


def test_a_reader_passes_a_post_on_by_links_that_nobody_else_serves(client):
    ink()
    response = client.get("/2011/10/ink/")
    (block,) = with_class(parse(response), "share")
    mail, mastodon, bluesky = links(block)
    words = f"Ink & “paper” {SITE}/2011/10/ink/"
    assert parse_qs(urlsplit(mail).query) == {"subject": ["Ink & “paper”"], "body": [words]}
    assert "+" not in mail  # mail programs take it for a plus (RFC 6068 § 5)
    assert bluesky.startswith("https://bsky.app/intent/compose?")
    assert parse_qs(urlsplit(bluesky).query) == {"text": [words]}
    assert client.get(mastodon).status_code == 200
    # Until then nothing is asked of anybody: no script, picture or frame from elsewhere.
    sources = [element.get("src") for element in parse(response).iter() if element.get("src")]
    assert all(source.startswith("/") and not source.startswith("//") for source in sources)


def test_what_needs_javascript_is_hidden_without_it(client):
    ink()
    (block,) = with_class(parse(client.get("/2011/10/ink/")), "share")
    parents = {child: parent for parent in block.iter() for child in parent}
    assert [parents[button].get("hidden") for button in block.iter("button")] == ["", ""]


def test_somebody_is_led_to_their_own_mastodon(client):
    post = ink()
    page = parse(client.get(f"/share/mastodon/{post.pk}/?server=@anne@piaille.fr"))
    (link,) = [link for link in links(page) if link.startswith("https://piaille.fr/")]
    assert urlsplit(link).path == "/share"
    assert parse_qs(urlsplit(link).query) == {"text": [f"Ink & “paper” {SITE}/2011/10/ink/"]}
    assert metas(page)["robots"] == ["noindex"]


@pytest.mark.parametrize(
    "server", ["nowhere", "javascript:alert(1)", "a b.example", '"><b>x.example', "x" * 9000, "\x00"]
)
def test_what_is_no_server_is_shown_again(client, server):
    response = client.get(f"/share/mastodon/{ink().pk}/", {"server": server})
    assert response.status_code == 422
    (field,) = [field for field in parse(response).iter("input") if field.get("name") == "server"]
    assert field.get("aria-invalid") == "true"
    assert not [link for link in links(parse(response)) if link.startswith("https://")]


def test_nobody_shares_what_is_not_published(client):
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    for hidden in (PostFactory(status=Post.Status.DRAFT), PostFactory(published_at=tomorrow)):
        assert client.get(f"/share/mastodon/{hidden.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("mastodon.social", "mastodon.social"),
        (" https://Mastodon.Social/ ", "mastodon.social"),
        ("@anne@piaille.fr", "piaille.fr"),
        ("anne.d@piaille.fr", "piaille.fr"),
        ("social.a-b.example", "social.a-b.example"),
        ("127.0.0.1", ""),
        ("localhost", ""),
        ("a.example/path", ""),
        ("a.example:8000", ""),
        ("-a.example", ""),
        ("user:pass@a.example", ""),
        (f"{'a' * 64}.example", ""),
        (f"{'a.' * 200}example", ""),
        ("", ""),
    ],
)
def test_a_server_is_known_by_whatever_people_call_it(text, server):
    assert mastodon_server(text) == server
