"""`make screenshots`: the demo blog as it is, for the README. It is loaded into a folder that is deleted afterwards."""

import io
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "screenshots"
POST = "/2026/11/eloge-de-la-coquille/"
# name: (path, width, height, theme)
PICTURES = {
    "home": ("/", 1280, 860, "light"),
    "post": (POST, 1280, 860, "light"),
    "dark": (POST, 1280, 860, "dark"),
    "phone": (POST, 390, 760, "light"),
    "admin": ("/admin/blog/post/", 1280, 860, "light"),
}
PATIENCE = 120  # seconds


def main():
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as probe:
        address = f"127.0.0.1:{probe.getsockname()[1]}"
        probe.close()
        environment = {**os.environ, "DATA_DIR": folder, "SITE_URL": f"http://{address}"}

        def manage(*words):
            return [sys.executable, str(ROOT / "manage.py"), *words]

        subprocess.run(manage("migrate", "--verbosity", "0"), env=environment, check=True)
        told = subprocess.run(manage("demo"), env=environment, check=True, capture_output=True, text=True).stdout
        login, password = (re.search(rf"{word}\s+(\S+)$", told, re.M)[1] for word in ("Log in as", "Password"))
        server = subprocess.Popen(manage("serve", "--bind", address), env=environment)
        try:
            wait_for(f"http://{address}/healthz")
            take(f"http://{address}", login, password)
        finally:
            server.terminate()
            server.wait()


def wait_for(address):
    for _ in range(PATIENCE):
        try:
            urllib.request.urlopen(address)
        except OSError:
            time.sleep(1)
        else:
            return
    raise SystemExit(f"{address} does not answer.")


def take(site, login, password):
    FOLDER.mkdir(exist_ok=True)
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        for name, (path, width, height, theme) in PICTURES.items():
            viewport = {"width": width, "height": height}
            page = browser.new_page(base_url=site, viewport=viewport, color_scheme=theme, locale="fr-FR")
            page.goto(path)
            if "/admin/" in path:
                page.locator("#id_username").fill(login)
                page.locator("#id_password").fill(password)
                page.locator("[type=submit]").click()
            page.wait_for_load_state("networkidle")
            picture = Image.open(io.BytesIO(page.screenshot()))
            picture.convert("RGB").save(FOLDER / f"{name}.webp", quality=80, method=6)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
