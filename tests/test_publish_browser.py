"""From a reviewer's draft to a reader's page in a real browser: a team that signs in with passwords, and the public copy.

A reviewer drafts, an editor publishes one draft and sends one back, `quotes publish` makes the copy, `quotes serve`
shows it to a reader, who sees what was published and nothing else.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import site_data
import yaml
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from site_rows import Rows
from test_judge_browser import complete, press, wait
from test_pages_browser import browser, open_page
from test_review_browser import item, keys

from quotes.store import Store
from quotes.web.serve import SETTINGS, load_metadata

pytestmark = pytest.mark.browser

__all__ = ["browser"]

passwords = pytest.importorskip(
    "datasette_auth_passwords", reason="needs datasette-auth-passwords (the extras team and dev bring it)"
)
REVIEWER, EDITOR = "rosaquill", "eddabrook"
PUBLISHED = "The register of the board lists 900 homes."
EVIDENCE = "https://register.example/homes"
HIDDEN = {
    "a draft": "The ledger is not public yet.",
    "the address in a draft": "ledger.example",
    "a reviewer's note": "not a claim of the board",
    "an editor's note": "Ask the treasurer first",
    "a reviewer's name": REVIEWER,
    "an editor's name": EDITOR,
}
"""What readers never see; each stands in the private site."""

REFUSED = {
    "/-/claim/c_board": "No claim c_board",
    "/-/decisions": "Only reviewers see who decided what",
    "/-/review?queue=drafts": "Only reviewers see drafts",
}
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@contextmanager
def running(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> Iterator[str]:
    """A server as it is started by hand; the address that it tells."""
    with subprocess.Popen(
        [sys.executable, "-m", *command], cwd=folder, env=os.environ | (environment or {}), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as server:  # fmt: skip
        try:
            assert server.stdout is not None
            told = []
            for line in server.stdout:
                told.append(line)
                if ADDRESS.search(line):
                    break
            found = ADDRESS.search(told[-1]) if told else None
            assert found, "".join(told)
            yield found[0]
        finally:
            server.terminate()


def secret_of(name: str) -> str:
    return f"long words of {name}"


@contextmanager
def team(folder: Path) -> Iterator[str]:
    """The site of docs/teams.md with a reviewer and an editor."""
    people = {REVIEWER: "reviewer", EDITOR: "editor"}
    hashes = {f"{name.upper()}_HASH": passwords.hash_password(secret_of(name)) for name in people}
    metadata = load_metadata("quotes")
    metadata["plugins"] = {
        "datasette-auth-passwords": {
            **{f"{name}_password_hash": {"$env": f"{name.upper()}_HASH"} for name in people},
            "actors": {name: {"id": name, "role": role} for name, role in people.items()},
        }
    }
    (folder / "metadata.yml").write_text(yaml.safe_dump(metadata), encoding="utf-8")
    command = ["datasette", "quotes.db", "-m", "metadata.yml", "--port", "0"]
    for name, value in SETTINGS.items():
        command += ["--setting", name, {True: "on", False: "off"}.get(value, str(value))]
    with running(command, folder, hashes) as address:
        yield address


def sign_in(driver: WebDriver, address: str, name: str) -> None:
    driver.delete_all_cookies()
    open_page(driver, f"{address}/-/login")
    driver.find_element(By.NAME, "username").send_keys(name)
    driver.find_element(By.NAME, "password").send_keys(secret_of(name))
    click(driver, driver.find_element(By.CSS_SELECTOR, "form input[type=submit]"))
    assert name in driver.find_element(By.TAG_NAME, "header").text


def click(driver: WebDriver, element: WebElement) -> None:
    """Follow a link or send a form, and wait for the page."""
    before = driver.find_element(By.TAG_NAME, "html")
    element.click()
    wait(driver, lambda b: b.find_element(By.TAG_NAME, "html") != before and complete(b))


def send(driver: WebDriver) -> None:
    """Ctrl+Enter: the first button of the panel or the note one writes in."""
    before = driver.find_element(By.TAG_NAME, "html")
    webdriver.ActionChains(driver).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    wait(driver, lambda b: b.find_element(By.TAG_NAME, "html") != before and complete(b))


def draft(driver: WebDriver, explanation: str, evidence: str) -> None:
    keys(driver, "v")
    keys(driver, " ", Keys.TAB, explanation, Keys.TAB, evidence)
    send(driver)


def text(driver: WebDriver) -> str:
    return driver.find_element(By.TAG_NAME, "body").text


def review(driver: WebDriver, address: str) -> None:
    """A reviewer's morning: a draft, a rejected claim with a note, another draft."""
    sign_in(driver, address, REVIEWER)
    open_page(driver, f"{address}/-/review")
    assert item(driver) == "c_homes"
    draft(driver, PUBLISHED, EVIDENCE)
    assert item(driver) == "c_board"
    driver.find_element(By.CSS_SELECTOR, "#decide textarea").send_keys(HIDDEN["a reviewer's note"])
    driver.find_element(By.TAG_NAME, "h1").click()
    press(driver, "r")
    assert item(driver) == "c_spent"
    draft(driver, HIDDEN["a draft"], "https://ledger.example/2020")
    open_page(driver, f"{address}/-/review?queue=drafts")
    assert driver.find_elements(By.CSS_SELECTOR, "button[value=publish], button[value=return]") == []


def edit(driver: WebDriver, address: str) -> None:
    """An editor publishes the first draft by one key and sends the second back with a note."""
    sign_in(driver, address, EDITOR)
    open_page(driver, address)
    click(driver, driver.find_element(By.PARTIAL_LINK_TEXT, "2 drafts to publish"))
    assert item(driver) == "c_homes"
    for words in (PUBLISHED, EVIDENCE, f"by {REVIEWER}", "Draft 1 of 2"):
        assert words in text(driver)
    press(driver, "p")
    assert item(driver) == "c_spent"
    keys(driver, "b")
    wait(driver, lambda b: b.execute_script("return document.activeElement.name") == "note")
    keys(driver, HIDDEN["an editor's note"])
    send(driver)
    assert "No draft waits" in text(driver)
    open_page(driver, f"{address}/-/decisions")
    for words in (*HIDDEN.values(), PUBLISHED, "sent back", "published", "rejected claim"):
        assert words == "ledger.example" or words in text(driver), words
    # Chromium recommends autocomplete attributes for the plugin's own form.
    assert [entry for entry in driver.get_log("browser") if entry["source"] != "recommendation"] == []


def test_a_reader_sees_what_was_published_and_nothing_else(browser: WebDriver, tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        site_data.fill(Rows(connection))
    with team(tmp_path) as address:
        review(browser, address)
        edit(browser, address)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint (TRUNCATE)")
    assert all(words.encode() in path.read_bytes() for words in HIDDEN.values()), "the test must be able to fail"
    subprocess.run([sys.executable, "-m", "quotes", "publish", "quotes.db", "public.db"], cwd=tmp_path, check=True)
    assert not any(words.encode() in (tmp_path / "public.db").read_bytes() for words in HIDDEN.values())
    browser.delete_all_cookies()
    with running(["quotes", "serve", "public.db", "--port", "0"], tmp_path) as address:
        read(browser, address)


def read(driver: WebDriver, address: str) -> None:
    """What a reader comes to see, and what there is beside it."""
    open_page(driver, address)
    assert "Latest verdicts" in text(driver)
    click(driver, driver.find_element(By.PARTIAL_LINK_TEXT, "flooded 1,200 homes"))
    assert "/-/claim/c_homes" in driver.current_url
    claim = text(driver)
    for words in ("Verdict: True", PUBLISHED, EVIDENCE, "published"):
        assert words in claim
    click(driver, driver.find_element(By.LINK_TEXT, "Storm floods Veldhaven"))
    assert "/-/document/d_flood" in driver.current_url
    assert "The dykes held, but only just." in driver.find_element(By.CSS_SELECTOR, ".article").text
    open_page(driver, f"{address}/-/feed/verdicts.atom")
    assert PUBLISHED in text(driver)
    assert text(driver).count("<entry>") == 1
    pages = ["/", "/-/claim/c_homes", "/-/claim/c_spent", "/-/document/d_flood", "/-/document/d_later",
             "/-/feed/verdicts.atom", "/-/feed/claims.atom", "/-/review", "/-/review?queue=quotations",
             "/-/review?claim=c_spent", "/-/speaker/ana-keller", "/-/question/qu_homes", "/-/find?q=storm", "/-/judge",
             "/-/decisions", "/-/review?queue=drafts", "/-/claim/c_board", "/public/claims?_sort=draft_at",
             "/public/verdicts", "/public/reviews", "/public/draft_returns"]  # fmt: skip
    for page in pages:
        open_page(driver, address + page)
        whole = f"{text(driver)} {driver.page_source}"
        for what, words in HIDDEN.items():
            assert words not in whole, (page, what)
        assert driver.find_elements(By.CSS_SELECTOR, "form[method=post i], #decide, .panel, [data-key]") == [], page
        offered = [link.get_attribute("href") for link in driver.find_elements(By.CSS_SELECTOR, "a[href]")]
        assert [each for each in offered if re.search(r"/-/(login|sign-|decisions)", str(each))] == [], page
        if not page.startswith("/public/") and page not in REFUSED:
            assert not re.search(r"\b(drafts?|rejected|sent back)\b", text(driver)), page
    for refused, told in REFUSED.items():
        open_page(driver, address + refused)
        assert told in text(driver)
