"""A real nginx in front of a server."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.project.serving import until

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
MAIN = """
daemon off;
{user}
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


class Nginx:
    """nginx with the configuration `site`, in `folder`; `answers()` tells whether it is there."""

    def __init__(self, folder: Path, site: str, answers):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.answers = folder, answers
        (folder / "site.conf").write_text(site)
        # Started by root it would become somebody who may not look into DATA_DIR.
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user))

    def __enter__(self):
        command = [NGINX, "-p", str(self.folder), "-e", str(self.folder / "error.log"), "-c", "nginx.conf"]
        command[-1] = str(self.folder / "nginx.conf")
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        until(self.is_up)
        return self

    def is_up(self):
        assert self.process.poll() is None, (self.folder / "error.log").read_text()
        try:
            return self.answers()
        except OSError:
            return False

    def __exit__(self, *exception):
        self.process.terminate()
        self.process.wait()
