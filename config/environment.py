"""What the operator sets: every environment variable is checked here, before anything uses it.

`read` takes a mapping and returns an `Environment`, or raises `WrongValue`. The message of that is one line that says
which variable, what is wrong with it and what to write instead. It never holds a password: of an address only the
scheme is repeated.
"""

import re
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from environ import Env

LANGUAGES = ("fr", "en")
YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
# What Django itself asks of a key (security.W009).
SHORTEST_KEY, FEWEST_KEY_CHARACTERS = 50, 5

SITE_URL = "http://127.0.0.1:8000"
# Names under which a site may always be asked for: by its owner and by probes, on its own machine.
OWN_NAMES = ("127.0.0.1", "localhost", "[::1]")
# A proxy on the same machine. Nobody else's X-Forwarded-For is believed, or anybody could pose as anybody.
TRUSTED_PROXIES = "127.0.0.0/8,::1"

DATABASES = ("sqlite", "postgres", "postgresql")
CACHES = ("locmemcache", "filecache", "dummycache", "redis", "rediss", "rediscache")
MAILERS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465, "consolemail": None, "filemail": None, "dummymail": None}

LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
HOST = re.compile(rf"(?:{LABEL}\.)*{LABEL}")
ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+")

Network = IPv4Network | IPv6Network


class WrongValue(Exception):
    """Something the operator set cannot be used. The message is one line, and may be shown and logged."""


@dataclass(frozen=True)
class Environment:
    data_dir: Path
    debug: bool
    secret_key: str | None  # None: made on the first start and kept in data_dir
    site_url: str  # scheme, host and, unless it is the usual one, port; no slash at the end
    allowed_hosts: list[str]
    trusted_proxies: tuple[Network, ...]
    database: dict  # as in Django's DATABASES
    cache: dict  # as in Django's CACHES
    page_files: Path | None  # the folder of kept pages as files
    email: dict  # settings that begin with EMAIL_
    email_from: str
    media_url: str
    gravatar_url: str
    language_code: str
    time_zone: str


def read(variables: Mapping[str, str], base: Path) -> Environment:
    """Return what `variables` say, with defaults for a laptop. Relative paths are below `base`, wherever one stands."""
    empty = next((name for name in NOT_EMPTY if name in variables and not variables[name].strip()), None)
    if empty:
        raise WrongValue(f"{empty} is empty: give it a value, or leave it out.")
    data_dir = base / variables.get("DATA_DIR", "var")
    debug = yes_or_no(variables, "DEBUG")
    site = address(variables, "SITE_URL", SITE_URL)
    if site.path not in ("", "/"):
        raise WrongValue(f"SITE_URL may not have a path, and has {shown(site.path)}: the site stands at a host’s root.")
    host = site.hostname if ":" not in site.hostname else f"[{site.hostname}]"
    usual_port = {"http": 80, "https": 443}[site.scheme]
    port = "" if site.port in (None, usual_port) else f":{site.port}"
    return Environment(
        data_dir=data_dir.resolve(),
        debug=debug,
        secret_key=secret_key(variables),
        site_url=f"{site.scheme}://{host}{port}",
        allowed_hosts=[*dict.fromkeys([host, *OWN_NAMES, *hosts(variables)])],
        trusted_proxies=networks(variables, "TRUSTED_PROXIES", TRUSTED_PROXIES),
        database=database(variables, data_dir.resolve(), base),
        cache=cache(variables),
        page_files=page_files(variables, data_dir.resolve()),
        email=email(variables, debug),
        email_from=email_from(variables, site.hostname),
        media_url=media_url(variables),
        gravatar_url=address(variables, "GRAVATAR_URL", "https://gravatar.com/avatar/").geturl(),
        language_code=language(variables),
        time_zone=time_zone(variables),
    )


# TRUSTED_PROXIES may be: nobody is trusted then.
NOT_EMPTY = (
    "DATA_DIR DEBUG SECRET_KEY SITE_URL ALLOWED_HOSTS DATABASE_URL CACHE_URL PAGE_FILES EMAIL_URL EMAIL_FROM MEDIA_URL"
    " GRAVATAR_URL LANGUAGE_CODE TIME_ZONE"
).split()


def read_file(path: Path, variables: dict[str, str]) -> None:
    """Add what the file at `path` says, where there is one, to `variables`; what these say already stands."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return
    except OSError as error:
        raise WrongValue(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise WrongValue(f"{path} is not a text in UTF-8.") from None
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not re.match(r"#|(?:export )?[A-Za-z_0-9]+=", line):
            raise WrongValue(f"{path}, line {number}, is not NAME=value or a # comment.")

    class File(Env):
        ENVIRON = {}

    File.read_env(StringIO(text))
    for name, value in File.ENVIRON.items():
        variables.setdefault(name, value)


def shown(value: str) -> str:
    """`value` as it may stand in a message: on one line, and not too long."""
    short = value if len(value) <= 60 else f"{value[:60]}…"
    return f"“{''.join(character if character.isprintable() else '�' for character in short)}”"


def yes_or_no(variables, name) -> bool:
    value = variables.get(name, "0").strip().lower()
    if value not in YES + NO:
        raise WrongValue(f"{name} is {shown(variables[name])}: write 1 or 0.")
    return value in YES


def secret_key(variables) -> str | None:
    key = variables.get("SECRET_KEY")
    if key is not None and (len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_KEY_CHARACTERS):
        raise WrongValue(
            f"SECRET_KEY is too easy to guess: it needs at least {SHORTEST_KEY} characters, {FEWEST_KEY_CHARACTERS} of"
            " them different. Leave it out, and one is made and kept in DATA_DIR."
        )
    return key


def split(name: str, value: str, example: str) -> SplitResult:
    """Return the parts of a URL; its port can be read."""
    try:
        parts = urlsplit(value)
        understood = parts.scheme and parts.port != 0 and not re.search(r"[\s\x00-\x1f\x7f]", value)
    except ValueError:  # a port that is no number, a bracket too few
        understood = False
    if not understood:
        raise WrongValue(f"{name} is not an address like {example}.")
    return parts


def address(variables, name: str, default: str) -> SplitResult:
    """Return the parts of an http or https URL without user, query and fragment."""
    value = variables.get(name, default)
    parts = split(name, value, default)
    if parts.scheme not in ("http", "https"):
        raise WrongValue(f"{name} is {shown(parts.scheme + ':…')}: it must begin with http:// or https://.")
    if not parts.hostname or "@" in parts.netloc or parts.query or parts.fragment:
        raise WrongValue(f"{name} must be a scheme and a host, like {default}, with no user, query or fragment.")
    host = ascii_host(name, parts.hostname)
    port = "" if parts.port is None else f":{parts.port}"
    return parts._replace(netloc=f"[{host}]{port}" if ":" in host else f"{host}{port}")


def ascii_host(name: str, host: str) -> str:
    """Return a host's name as browsers send it: café.example is xn--caf-dma.example."""
    try:
        if ":" in host:
            return str(IPv6Address(host))
        host = host.encode("idna").decode("ascii").lower()
    except (UnicodeError, ValueError):
        host = ""
    if not HOST.fullmatch(host):
        raise WrongValue(f"{name} names a host that cannot be one.")
    return host


def hosts(variables) -> list[str]:
    """Return the further names of the site: `*` for any, `.blog.example` for blog.example and all below it."""
    names = [name.strip().lower() for name in variables.get("ALLOWED_HOSTS", "").split(",")]
    for name in filter(None, names):
        bare = name.removeprefix(".")
        if name != "*" and not HOST.fullmatch(bare) and not re.fullmatch(r"\[[0-9a-f:]+\]", name):
            raise WrongValue(
                f"ALLOWED_HOSTS holds {shown(name)}: write names without scheme, port or path, separated by commas."
            )
    return [name for name in names if name]


def networks(variables, name: str, default: str) -> tuple[Network, ...]:
    found = []
    for item in filter(None, (item.strip() for item in variables.get(name, default).split(","))):
        try:
            found.append(ip_network(item, strict=False))
        except ValueError:
            raise WrongValue(
                f"{name} holds {shown(item)}: write IP addresses or networks like 10.0.0.0/8, separated by commas."
            ) from None
    return tuple(found)


def known_scheme(name: str, value: str, schemes) -> SplitResult:
    """Return the parts of an address of a service; of a wrong one not more than the scheme is told."""
    example = {"DATABASE_URL": "postgres://user:password@host:5432/name", "CACHE_URL": "redis://127.0.0.1:6379/0"}
    parts = split(name, value, example.get(name, "smtp+tls://user:password@host:587"))
    if parts.scheme not in schemes:
        scheme = f" {shown(parts.scheme + '://…')}:" if "://" in value else ""
        raise WrongValue(f"{name} is wrong:{scheme} it must begin with {'://, '.join(schemes)}://.")
    return parts


def database(variables, data_dir: Path, base: Path) -> dict:
    value = variables.get("DATABASE_URL", f"sqlite:///{data_dir / 'causerie.sqlite3'}")
    if value.startswith("sqlite:") and not re.match("sqlite:///.", value):
        raise WrongValue("DATABASE_URL names no file: write sqlite:////folder/causerie.sqlite3, with four slashes.")
    parts = known_scheme("DATABASE_URL", value, DATABASES)
    if parts.scheme != "sqlite" and not parts.path.strip("/"):
        raise WrongValue("DATABASE_URL names no database: write postgres://user:password@host:5432/name.")
    try:
        found = Env.db_url_config(value)
    except (ValueError, TypeError, AttributeError):
        raise WrongValue(
            "DATABASE_URL cannot be understood: write characters like # / ? @ in a password as %23 %2F %3F %40."
        ) from None
    if parts.scheme == "sqlite":
        found["NAME"] = str(base / found["NAME"])
    return found


def cache(variables) -> dict:
    value = variables.get("CACHE_URL", "locmemcache://causerie")
    parts = known_scheme("CACHE_URL", value, CACHES)
    if parts.scheme.startswith("redis") and not (parts.netloc or parts.path.strip("/")):
        raise WrongValue("CACHE_URL names no host: write redis://127.0.0.1:6379/0.")
    if parts.scheme == "filecache" and not parts.path.strip("/"):
        raise WrongValue("CACHE_URL names no folder: write filecache:///folder.")
    return Env.cache_url_config(value)


def page_files(variables, data_dir: Path) -> Path | None:
    """Return the folder of pages as files: `pages` in `data_dir` for yes, or a folder that is named."""
    value = variables.get("PAGE_FILES", "0").strip()
    if value.lower() in NO:
        return None
    if cache(variables)["BACKEND"].endswith("RedisCache"):
        raise WrongValue("PAGE_FILES is for one machine: with CACHE_URL=redis:// others may write. Leave one out.")
    if value.lower() in YES:
        return data_dir / "pages"
    if not value.startswith("/") or not value.isprintable() or re.search(r"""[\s;{}"'\\$]""", value):
        raise WrongValue(f"PAGE_FILES is {shown(value)}: write 1, 0 or a folder like /var/cache/causerie.")
    return Path(value)


def email(variables, debug: bool) -> dict:
    """Return the EMAIL_ settings. Without EMAIL_URL no mail is sent: a log is no place for people's addresses."""
    value = variables.get("EMAIL_URL", "consolemail://" if debug else "dummymail://")
    parts = known_scheme("EMAIL_URL", value, MAILERS)
    if parts.scheme.startswith("smtp") and not parts.hostname:
        raise WrongValue("EMAIL_URL names no host: write smtp+tls://user:password@host:587.")
    if parts.scheme == "filemail" and not parts.path.strip("/"):
        raise WrongValue("EMAIL_URL names no folder: write filemail:///folder.")
    found = Env.email_url_config(value)
    if parts.scheme == "filemail":
        found["EMAIL_FILE_PATH"] = parts.path
    found["EMAIL_PORT"] = found["EMAIL_PORT"] or MAILERS[parts.scheme] or 25
    found.pop("OPTIONS", None)
    return found


def email_from(variables, host: str) -> str:
    value = variables.get("EMAIL_FROM", f"blog@{host}")
    bare = re.sub(r"^[^<>]*<([^<>]*)>$", r"\1", value)
    if not value.isprintable() or not ADDRESS.fullmatch(bare):
        raise WrongValue(f"EMAIL_FROM is {shown(value)}: write an address, like Blog <blog@blog.example>.")
    return value


def media_url(variables) -> str:
    value = variables.get("MEDIA_URL", "/media/")
    if not value.endswith("/"):
        raise WrongValue(f"MEDIA_URL is {shown(value)}: it must end with a slash.")
    if value.startswith("/") and not value.startswith("//"):
        return value
    return address(variables, "MEDIA_URL", "https://media.blog.example/").geturl()


def language(variables) -> str:
    value = variables.get("LANGUAGE_CODE", "fr").strip().lower()
    if value not in LANGUAGES:
        raise WrongValue(f"LANGUAGE_CODE is {shown(value)}: write {' or '.join(LANGUAGES)}.")
    return value


def time_zone(variables) -> str:
    value = variables.get("TIME_ZONE", "Europe/Paris")
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        if not zoneinfo.available_timezones():
            raise WrongValue("This system knows no time zones: install its package tzdata.") from None
        raise WrongValue(f"TIME_ZONE is {shown(value)}: write a name like Europe/Paris or UTC.") from None
    return value
