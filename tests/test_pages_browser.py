"""The pages in a real browser: reading an article, following a card to its mark, a phone's width, flagging a claim."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import site_data
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CHROMEDRIVER = shutil.which("chromedriver")
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = [
    "/",
    "/-/document/d_flood",
    "/-/document/d_hostile",
    "/-/speaker/ana-keller",
    "/-/claim/c_homes",
    "/-/find?q=storm",
    "/-/judge",
    "/-/review",
    "/-/review?quotation=q_script",
    "/-/judge?left=ana-keller&right=tom-brandt",
    "/quotes",
    "/quotes/quotation_list",
    "/quotes/claim_list",
    "/quotes/claims_in_conflict",
    "/quotes/quotations",
    "/quotes/most_quoted",
    "/quotes?sql=select+1",
]
SCRIPT = """
from pathlib import Path
from quotes.web.serve import serve
serve(Path("quotes.db"), port=0, reviewer="Ada", announce=lambda address: print(address, flush=True))
"""


@dataclass(frozen=True)
class Served:
    path: Path
    address: str
    sign_in: str


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    path = site_data.build(tmp_path / "quotes.db")
    with subprocess.Popen([sys.executable, "-c", SCRIPT], cwd=tmp_path, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        sign_in = server.stdout.readline().strip()
        yield Served(path, sign_in.partition("/-/")[0], sign_in)
        server.terminate()


@pytest.fixture
def browser(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WebDriver]:
    if not CHROMIUM or not CHROMEDRIVER:
        pytest.skip("needs chromium and chromedriver")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for flag in [*FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--window-size=1280,900"]:
        options.add_argument(flag)
    if getattr(request, "param", None) == "phone":
        metrics = {"width": 390, "height": 844, "pixelRatio": 1.0}
        options.add_experimental_option("mobileEmulation", {"deviceMetrics": metrics})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(CHROMEDRIVER))
    yield driver
    driver.quit()


def open_page(browser: WebDriver, address: str) -> None:
    browser.get(address)
    WebDriverWait(browser, 10).until(lambda b: b.execute_script("return document.readyState") == "complete")


@pytest.mark.parametrize("browser", ["phone", "desktop"], indirect=True)
def test_no_page_is_wider_than_the_screen_or_complains(browser: WebDriver, served: Served) -> None:
    for page in PAGES:
        open_page(browser, served.address + page)
        width, screen = browser.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
        assert width <= screen, page
        # A blocked script or style, a missing file and an error in a script all show up here.
        assert browser.get_log("browser") == [], page


def test_an_article_has_marks_and_its_cards_lead_to_them(browser: WebDriver, served: Served) -> None:
    open_page(browser, served.address + "/-/document/d_flood")
    assert "seen nothing like it" in browser.find_element(By.ID, "q_forty").text
    assert browser.execute_script(
        "return getComputedStyle(document.getElementById('q_forty')).backgroundColor"
    ) not in {
        "rgba(0, 0, 0, 0)",
        "rgb(255, 255, 255)",
    }
    card = browser.find_element(By.CSS_SELECTOR, '[data-card="q_injured"]')
    assert "a hospital official" in card.text
    card.find_element(By.CSS_SELECTOR, "a.label").click()
    assert browser.execute_script("return document.querySelector(':target').id") == "q_injured"
    top, height = browser.execute_script(
        "const box = document.getElementById('q_injured').getBoundingClientRect(); return [box.top, innerHeight]"
    )
    assert 0 <= top < height


def test_pointing_at_a_card_lights_its_marks(browser: WebDriver, served: Served) -> None:
    open_page(browser, served.address + "/-/document/d_flood")
    card = browser.find_element(By.CSS_SELECTOR, '[data-card="q_forty"]')
    webdriver.ActionChains(browser).move_to_element(card).perform()
    lit = browser.find_elements(By.CSS_SELECTOR, ".lit[data-mark]")
    assert {mark.get_attribute("data-mark") for mark in lit} == {"q_forty"}
    assert len(lit) >= 2  # said in two parts


def test_hostile_text_does_nothing(browser: WebDriver, served: Served) -> None:
    open_page(browser, served.address + "/-/document/d_hostile")
    assert "<script>alert('x')</script>" in browser.find_element(By.CSS_SELECTOR, ".article").text
    assert browser.find_elements(By.CSS_SELECTOR, ".article img, .article script") == []


def test_the_sql_editor_works_under_the_policy(browser: WebDriver, served: Served) -> None:
    open_page(browser, served.address + "/quotes?sql=select+count(*)+from+claims")
    assert browser.find_elements(By.CSS_SELECTOR, ".CodeMirror")
    browser.find_element(By.CSS_SELECTOR, "#sql-format").click()
    assert "FROM" in browser.find_element(By.CSS_SELECTOR, ".CodeMirror").text.upper()


def test_a_reviewer_signs_in_and_flags_a_claim(browser: WebDriver, served: Served) -> None:
    open_page(browser, served.address + "/-/claim/c_homes")
    assert browser.find_elements(By.ID, "note") == []
    open_page(browser, served.sign_in)
    assert "Signed in as Ada" in browser.find_element(By.CSS_SELECTOR, ".message-info").text
    open_page(browser, served.address + "/-/claim/c_homes")
    browser.find_element(By.ID, "note").send_keys("Ask the water board")
    browser.find_element(By.CSS_SELECTOR, ".flagging button").click()
    WebDriverWait(browser, 10).until(lambda b: b.find_elements(By.CSS_SELECTOR, ".message-info"))
    assert "⚑ flagged" in browser.find_element(By.CSS_SELECTOR, ".state.flagged").text
    history = browser.find_element(By.CSS_SELECTOR, ".history").text
    assert "flag by Ada" in history
    assert "Ask the water board" in history
