"""An operator sets something, rightly or wrongly."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.environment import SITE_URL, WrongValue, read, read_file

BASE = Path("/srv/causerie")

SECRETS = ("hunter2", "s3cr3t")


def test_nothing_has_to_be_set():
    given = read({}, BASE)
    assert given.data_dir == BASE / "var"
    assert given.database["NAME"] == "/srv/causerie/var/causerie.sqlite3"
    assert (given.site_url, given.debug, given.secret_key) == (SITE_URL, False, None)
    assert (given.language_code, given.time_zone) == ("fr", "Europe/Paris")
    assert given.allowed_hosts == ["127.0.0.1", "localhost", "[::1]"]


def test_without_a_mail_server_no_mail_ends_in_the_log():
    assert read({}, BASE).email["EMAIL_BACKEND"].endswith("dummy.EmailBackend")
    assert read({"DEBUG": "1"}, BASE).email["EMAIL_BACKEND"].endswith("console.EmailBackend")


@pytest.mark.parametrize(
    ("site_url", "wanted"),
    [
        ("https://blog.example", "https://blog.example"),
        ("https://blog.example/", "https://blog.example"),
        ("https://Blog.Example:443", "https://blog.example"),
        ("http://blog.example:8080/", "http://blog.example:8080"),
        ("https://café.example", "https://xn--caf-dma.example"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_address_of_the_site_is_written_as_browsers_do(site_url, wanted):
    given = read({"SITE_URL": site_url}, BASE)
    assert given.site_url == wanted
    assert given.allowed_hosts[0] == wanted.split("//")[1].removesuffix(":8080").removesuffix(":8000")


def test_further_names_do_not_lock_out_the_sites_own():
    given = read(
        {"SITE_URL": "https://blog.example", "ALLOWED_HOSTS": " www.blog.example, .old.example,[2001:db8::1] "}, BASE
    )
    assert given.allowed_hosts == [
        *("blog.example", "127.0.0.1", "localhost", "[::1]"),
        *("www.blog.example", ".old.example", "[2001:db8::1]"),
    ]
    assert "*" in read({"ALLOWED_HOSTS": "*"}, BASE).allowed_hosts


@pytest.mark.parametrize("value", ["1", "true", "YES", " on "])
def test_debugging_can_be_turned_on_in_several_ways(value):
    assert read({"DEBUG": value}, BASE).debug


@pytest.mark.parametrize("value", ["0", "false", "No", "off"])
def test_and_off(value):
    assert not read({"DEBUG": value}, BASE).debug


def test_a_relative_folder_is_the_same_wherever_one_stands(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    given = read({"DATA_DIR": "blog", "DATABASE_URL": "sqlite:///blog/other.sqlite3"}, BASE)
    assert given.data_dir == BASE / "blog"
    assert given.database["NAME"] == "/srv/causerie/blog/other.sqlite3"


def test_a_database_elsewhere():
    database = read(
        {"DATABASE_URL": "postgres://ada:hunter2%23%40@db.example:5433/blog?sslmode=require"}, BASE
    ).database
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["USER"], database["PASSWORD"]) == ("ada", "hunter2#@")
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", 5433, "blog")
    assert database["OPTIONS"] == {"sslmode": "require"}
    assert read({"DATABASE_URL": "sqlite:////data/blog.sqlite3"}, BASE).database["NAME"] == "/data/blog.sqlite3"


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtp+tls://ada:hunter2@mail.example", 587, True, False),
        ("smtp+ssl://ada:hunter2@mail.example", 465, False, True),
        ("smtp+tls://ada:hunter2@mail.example:2525", 2525, True, False),
    ],
)
def test_a_mail_server_is_asked_at_its_usual_port(url, port, tls, ssl):
    email = read({"EMAIL_URL": url}, BASE).email
    assert (email["EMAIL_HOST"], email["EMAIL_PORT"]) == ("mail.example", port)
    assert (email.get("EMAIL_USE_TLS", False), email.get("EMAIL_USE_SSL", False)) == (tls, ssl)


def test_mails_come_from_an_address_of_the_site():
    assert read({"SITE_URL": "https://blog.example"}, BASE).email_from == "blog@blog.example"
    assert read({"EMAIL_FROM": "Ada <ada@blog.example>"}, BASE).email_from == "Ada <ada@blog.example>"


def test_proxies():
    assert [str(network) for network in read({}, BASE).trusted_proxies] == ["127.0.0.0/8", "::1/128"]
    assert read({"TRUSTED_PROXIES": ""}, BASE).trusted_proxies == ()
    assert [str(network) for network in read({"TRUSTED_PROXIES": "10.0.0.7, fd00::/8"}, BASE).trusted_proxies] == [
        "10.0.0.7/32",
        "fd00::/8",
    ]


WRONG = [
    # (name, value, words that the line must hold)
    ("DEBUG", "perhaps", "“perhaps”: write 1 or 0"),
    ("DEBUG", "2", "1 or 0"),
    ("SECRET_KEY", "s3cr3t", "at least 50"),
    ("SECRET_KEY", "s3" * 40, "different"),
    ("SITE_URL", "blog.example", "http://127.0.0.1:8000"),
    ("SITE_URL", "ftp://blog.example", "“ftp:…”: it must begin with http:// or https://"),
    ("SITE_URL", "https://", "a scheme and a host"),
    ("SITE_URL", "https:///path", "a scheme and a host"),
    ("SITE_URL", "https://blog.example/news", "may not have a path, and has “/news”"),
    ("SITE_URL", "https://ada:hunter2@blog.example", "no user"),
    ("SITE_URL", "https://blog.example?a=b", "no user, query"),
    ("SITE_URL", "https://blog.example:port", "not an address"),
    ("SITE_URL", "https://blog.example:99999", "not an address"),
    ("SITE_URL", "https://[::1", "not an address"),
    ("SITE_URL", "https://blog example", "not an address"),
    ("SITE_URL", "https://blog.example\n.evil.example", "not an address"),
    ("SITE_URL", "https://-.example", "host that cannot be one"),
    ("SITE_URL", f"https://{'a' * 64}.example", "host that cannot be one"),
    ("ALLOWED_HOSTS", "https://blog.example", "without scheme, port or path"),
    ("ALLOWED_HOSTS", "blog.example:8000", "without scheme, port or path"),
    ("ALLOWED_HOSTS", "*.blog.example", "without scheme, port or path"),
    ("TRUSTED_PROXIES", "nginx", "“nginx”: write IP addresses"),
    ("TRUSTED_PROXIES", "10.0.0.0/99", "10.0.0.0/8"),
    ("DATABASE_URL", "hunter2", "postgres://"),
    ("DATABASE_URL", "mysql://ada:hunter2@db/blog", "“mysql://…”: it must begin with sqlite://, postgres://"),
    ("DATABASE_URL", "sqlite://blog.sqlite3", "four slashes"),
    ("DATABASE_URL", "sqlite://:memory:", "four slashes"),
    ("DATABASE_URL", "sqlite:///", "four slashes"),
    ("DATABASE_URL", "postgres://ada:hunter2@db", "names no database"),
    ("DATABASE_URL", "postgres://ada:hunter2@db:port/blog", "postgres://"),
    ("DATABASE_URL", "postgres://ada:hunter2#1@db/blog", "postgres://"),
    ("CACHE_URL", "memory", "redis://"),
    ("CACHE_URL", "http://cache.example:hunter2", "redis://"),
    ("CACHE_URL", "memcached://cache.example", "“memcached://…”"),
    ("CACHE_URL", "redis://", "names no host"),
    ("CACHE_URL", "filecache://", "names no folder"),
    ("EMAIL_URL", "mail.example", "smtp+tls://"),
    ("EMAIL_URL", "smtps://ada:hunter2@mail.example", "smtp+tls://, smtp+ssl://"),
    ("EMAIL_URL", "smtp://", "names no host"),
    ("EMAIL_URL", "filemail://", "names no folder"),
    ("EMAIL_FROM", "the blog", "write an address"),
    ("EMAIL_FROM", "Blog <blog@blog.example>\nBcc: x@y.example", "write an address"),
    ("MEDIA_URL", "/media", "end with a slash"),
    ("MEDIA_URL", "media/", "not an address"),
    ("MEDIA_URL", "ftp://media.example/", "http://"),
    ("GRAVATAR_URL", "gravatar", "not an address"),
    ("LANGUAGE_CODE", "xx", "“xx”: write fr or en"),
    ("TIME_ZONE", "Mars/Base", "“Mars/Base”: write a name like Europe/Paris"),
    ("TIME_ZONE", "Europe", "Europe/Paris"),
    ("TIME_ZONE", "../../etc/passwd", "Europe/Paris"),
    ("TIME_ZONE", "\0", "Europe/Paris"),
    *((name, " ", "is empty") for name in ("DATA_DIR", "SECRET_KEY", "DATABASE_URL", "SITE_URL", "DEBUG", "EMAIL_URL")),
]


@pytest.mark.parametrize(("name", "value", "words"), WRONG)
def test_a_wrong_value_is_told_in_one_line(name, value, words):
    with pytest.raises(WrongValue) as refused:
        read({name: value}, BASE)
    line = str(refused.value)
    assert line.startswith(name)
    assert words in line
    assert line.isprintable()
    assert len(line) < 250
    assert not any(secret in line for secret in SECRETS)


NAMES = sorted({name for name, _, _ in WRONG})


@given(st.sampled_from(NAMES), st.one_of(st.text(), st.from_regex(r"\A[a-z+]{1,9}://[^\0]*\Z")))
def test_whatever_is_set_is_taken_or_told_in_one_line(name, value):
    line = ""
    try:
        read({name: value}, BASE)
    except WrongValue as refused:
        line = str(refused)
    assert line.isprintable()


def test_a_file_adds_what_the_environment_does_not_say(tmp_path):
    file = tmp_path / ".env"
    file.write_text("# mine\n\nSITE_URL=https://blog.example\nexport DEBUG=0\nSECRET_KEY=\"$a#b=c\"\nTIME_ZONE='UTC'\n")
    variables = {"DEBUG": "1"}
    read_file(file, variables)
    assert variables == {
        "DEBUG": "1",
        "SITE_URL": "https://blog.example",
        "SECRET_KEY": "$a#b=c",
        "TIME_ZONE": "UTC",
    }


def test_no_file_is_no_trouble(tmp_path):
    variables = {}
    read_file(tmp_path / ".env", variables)
    assert variables == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"DEBUG=1\nSECRET_KEY: hunter2\n", "line 2, is not NAME=value"), (b"SITE_URL=\xff\n", "not a text in UTF-8")],
)
def test_a_file_that_cannot_be_understood_is_told_in_one_line(tmp_path, content, words):
    (tmp_path / ".env").write_bytes(content)
    with pytest.raises(WrongValue, match=words) as refused:
        read_file(tmp_path / ".env", {})
    assert str(refused.value).isprintable()
    assert "hunter2" not in str(refused.value)


def test_a_file_that_cannot_be_read_is_told_in_one_line(tmp_path):
    with pytest.raises(WrongValue, match="cannot be read: Is a directory"):
        read_file(tmp_path, {})


@pytest.mark.parametrize(
    ("value", "folder"),
    [("1", "/srv/causerie/var/pages"), ("/var/cache/causerie", "/var/cache/causerie"), ("0", None)],
)
def test_pages_are_files_where_the_operator_says(value, folder):
    assert read({"PAGE_FILES": value}, BASE).page_files == (folder and Path(folder))


@pytest.mark.parametrize("more", [{"PAGE_FILES": "perhaps"}, {"PAGE_FILES": "1", "CACHE_URL": "redis://h:6379/0"}])
def test_pages_cannot_be_files_everywhere(more):
    with pytest.raises(WrongValue, match="PAGE_FILES"):
        read(more, BASE)
