"""Serving: a database of any name, what is refused in one line, and a real server on a port."""

from __future__ import annotations

import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import site_data
from site_client import Client

from quotes.errors import QuotesError, StoreError
from quotes.web.serve import build_site, serve


@pytest.mark.parametrize("name", ["quotes.db", "news archive.db", "my.old-news.sqlite"])
def test_a_database_of_any_name_has_titles_and_queries(tmp_path: Path, name: str) -> None:
    client = Client(site_data.build(tmp_path / name))
    (database,) = [each for each in client.datasette.databases if each != "_internal"]
    path = client.datasette.urls.database(database)
    assert "Who speaks: how often" in client.get(f"{path}/speaker_list").text
    assert client.get(f"{path}/most_quoted.json?_shape=array").json()[0]["speaker"] == "Ana Keller"
    assert "Who is quoted most?" in client.get("/").text


def test_missing_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no.db: no such database; make one with: quotes add"):
        build_site(tmp_path / "no.db")


def test_not_a_database(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("this is not a database, but it is long enough to look like one" * 20)
    with pytest.raises(StoreError, match="cannot be read as a database"):
        build_site(tmp_path / "text.db")


def test_another_database(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "other.db").executescript("CREATE TABLE t (a)").connection.close()
    with pytest.raises(StoreError, match="not a database of quotes"):
        build_site(tmp_path / "other.db")


def test_a_taken_port_is_one_line(tmp_path: Path) -> None:
    path = site_data.build(tmp_path / "quotes.db")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(QuotesError, match=r"^port \d+ of 127.0.0.1 cannot be used .*--port$"):
            serve(path, port=taken.getsockname()[1], announce=print)


def test_it_serves_on_this_machine_only(tmp_path: Path) -> None:
    site_data.build(tmp_path / "quotes.db")
    script = (
        "from pathlib import Path; from quotes.web.serve import serve;"
        "serve(Path('quotes.db'), port=0, announce=lambda address: print(address, flush=True))"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=tmp_path, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            address = server.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:")
            assert "Who said what" in httpx.get(address, timeout=20).text
        finally:
            server.terminate()


def test_plain_datasette_serves_it_too(tmp_path: Path) -> None:
    path = site_data.build(tmp_path / "quotes.db")
    command = [Path(sys.executable).with_name("datasette"), path, "-m", site_data.ROOT / "metadata.yml"]
    done = subprocess.run([*command, "--get", "/quotes/quotation_list"], capture_output=True, text=True, check=True)
    assert "quotation-cell" in done.stdout
    assert "Who said or wrote what" in done.stdout
