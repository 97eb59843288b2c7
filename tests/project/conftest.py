import contextlib
import os
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.project.serving import Server, Site

MAKE_A_POST = """
from tests.factories import PostFactory
PostFactory(title="Aube", slug="aube")
"""


def tell_postgresql(url, *statements):
    with psycopg.connect(url._replace(path="/postgres").geturl(), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


@contextlib.contextmanager
def fresh_site(folder, name):
    """Yield a blog without posts; `name` tells its database from others, where the suite runs on PostgreSQL."""
    environment, database = {}, None
    url = urlsplit(os.environ.get("DATABASE_URL", ""))
    if url.scheme.startswith("postgres"):
        database = f"{url.path[1:]}_{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
        tell_postgresql(url, f"DROP DATABASE IF EXISTS {database} WITH (FORCE)", f"CREATE DATABASE {database}")
        environment = {"DATABASE_URL": url._replace(path=f"/{database}").geturl()}
        if "CACHE_URL" in os.environ:
            environment["CACHE_URL"] = os.environ["CACHE_URL"]
    made = Site(folder, **environment)
    made.manage("migrate", "--verbosity", "0")
    yield made
    if database:
        tell_postgresql(url, f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    with fresh_site(tmp_path_factory.mktemp("site"), "served") as made:
        made.manage("shell", "--verbosity", "0", "--command", MAKE_A_POST)
        yield made


@pytest.fixture(scope="module")
def server(site):
    with Server(site) as running:
        yield running
