"""A team signs in with passwords: the real plugin, real cookies, the roles of docs/teams.md."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
import site_data
from datasette.app import Datasette
from site_client import form_from

from quotes.web import site
from quotes.web.headers import with_security_headers
from quotes.web.releases import arguments
from quotes.web.serve import SETTINGS, load_metadata

passwords = pytest.importorskip(
    "datasette_auth_passwords", reason="needs datasette-auth-passwords (the extras team and dev bring it)"
)
EDITORS = pytest.mark.skipif(not hasattr(site, "PUBLISH"), reason="needs the role of editors")
PEOPLE = {"rosa": "reviewer", "edda": "editor", "paul": None}


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Datasette:
    metadata = load_metadata("quotes")
    hashes = {}
    for person in PEOPLE:
        monkeypatch.setenv(f"{person.upper()}_HASH", passwords.hash_password(f"long words of {person}"))
        hashes[f"{person}_password_hash"] = {"$env": f"{person.upper()}_HASH"}
    actors = {person: {"id": person, **({"role": role} if role else {})} for person, role in PEOPLE.items()}
    metadata["plugins"] = {**metadata.get("plugins", {}), "datasette-auth-passwords": {**hashes, "actors": actors}}
    return Datasette([str(site_data.build(tmp_path / "quotes.db"))], settings=SETTINGS, **arguments(metadata))


async def sign_in(team: Datasette, person: str, password: str) -> httpx.Response:
    form = {"username": person, "password": password}
    return await team.client.post("/-/login", **await form_from(team, form, {}))


async def flag(team: Datasette, answer: httpx.Response) -> int:
    cookies = {name: answer.cookies[name] for name in ("ds_actor",) if name in answer.cookies}
    done = await team.client.post("/-/claim/c_homes/flag", **await form_from(team, {"note": "look"}, cookies))
    return done.status_code


@pytest.mark.parametrize(("person", "status"), [("rosa", 302), pytest.param("edda", 302, marks=EDITORS), ("paul", 403)])
def test_who_has_a_role_may_decide(team: Datasette, person: str, status: int) -> None:
    async def run() -> int:
        answer = await sign_in(team, person, f"long words of {person}")
        assert answer.status_code == 302
        return await flag(team, answer)

    assert asyncio.run(run()) == status


@pytest.mark.parametrize(("person", "password"), [("rosa", "long words of edda"), ("rosa", ""), ("nobody", "x")])
def test_a_wrong_password_signs_nobody_in(team: Datasette, person: str, password: str) -> None:
    async def run() -> None:
        answer = await sign_in(team, person, password)
        assert "Invalid username or password" in answer.text
        assert "ds_actor" not in answer.cookies
        assert await flag(team, answer) == 403

    asyncio.run(run())


def test_the_cookie_is_kept_from_scripts_and_other_sites(team: Datasette) -> None:
    answer = asyncio.run(sign_in(team, "rosa", "long words of rosa"))
    (cookie,) = [value for value in answer.headers.get_list("set-cookie") if value.startswith("ds_actor=")]
    assert cookie.lower().count("httponly") == 1
    assert cookie.lower().count("samesite=lax") == 1


@pytest.mark.parametrize(("scheme", "secure"), [("https", True), ("http", False)])
def test_over_https_cookies_never_go_over_http(scheme: str, secure: bool) -> None:
    sent = []

    async def app(scope, receive, send) -> None:
        headers = [(b"set-cookie", b"ds_actor=x; Path=/; SameSite=lax"), (b"set-cookie", b"theme=dark; Path=/")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})

    async def send(message) -> None:
        sent.append(message)

    scope = {"type": "http", "path": "/", "scheme": scheme}
    asyncio.run(with_security_headers(app)(scope, None, send))
    ours, other = [value for name, value in sent[0]["headers"] if name == b"set-cookie"]
    assert (b"Secure" in ours) is secure
    assert b"HttpOnly" in ours
    assert other == b"theme=dark; Path=/"


def test_no_page_shows_a_password_hash(team: Datasette) -> None:
    async def run() -> None:
        for path in ("/-/metadata", "/-/metadata.json", "/-/plugins.json", "/-/settings.json", "/-/login", "/.json"):
            assert "pbkdf2" not in (await team.client.get(path)).text, path

    asyncio.run(run())
