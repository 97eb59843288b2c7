import os
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.project.serving import Server, Site

MAKE_A_POST = """
from tests.factories import PostFactory
PostFactory(title="Aube", slug="aube")
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    environment = {}
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        name = f"{urlsplit(url).path[1:]}_served_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name}")
        environment = {"DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}
        if "CACHE_URL" in os.environ:
            environment["CACHE_URL"] = os.environ["CACHE_URL"]
    made = Site(folder, **environment)
    made.manage("migrate", "--verbosity", "0")
    made.manage("shell", "--verbosity", "0", "--command", MAKE_A_POST)
    yield made
    if environment:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def server(site):
    with Server(site) as running:
        yield running
