"""The pages in a real browser: reading an article, following a card to its mark, a phone's width, flagging a claim."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
import site_data
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import Select, WebDriverWait

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
    "/-/question/qu_homes",
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
    WebDriverWait(browser, 10, 0.05).until(lambda b: b.execute_script("return document.readyState") == "complete")


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
    WebDriverWait(browser, 10, 0.05).until(lambda b: b.find_elements(By.CSS_SELECTOR, ".message-info"))
    assert "⚑ flagged" in browser.find_element(By.CSS_SELECTOR, ".state.flagged").text
    history = browser.find_element(By.CSS_SELECTOR, ".history").text
    assert "flag by Ada" in history
    assert "Ask the water board" in history


def boxes(browser: WebDriver, selector: str) -> list[tuple[float, float]]:
    """Top and bottom of the shown elements, in order of the page."""
    script = (
        "return [...document.querySelectorAll(arguments[0])].filter(e => e.offsetParent)"
        ".map(e => e.getBoundingClientRect()).map(b => [b.top, b.bottom])"
    )
    return [(top, bottom) for top, bottom in browser.execute_script(script, selector)]


def test_cards_stand_beside_their_marks_without_overlap(browser: WebDriver, served: Served) -> None:
    open_page(browser, served.address + "/-/document/d_flood")
    placed = boxes(browser, ".card")
    assert len(placed) > 5
    assert all(one[1] <= other[0] for one, other in pairwise(placed))
    mark = browser.find_element(By.ID, "c_injured")
    mark.click()
    WebDriverWait(browser, 5, 0.05).until(lambda _: abs(boxes(browser, ".card.chosen")[0][0] - mark.rect["y"]) < 30)


def test_a_mark_that_has_the_focus_lights_its_card(browser: WebDriver, served: Served) -> None:
    open_page(browser, served.address + "/-/document/d_flood")
    browser.execute_cdp_cmd("Emulation.setFocusEmulationEnabled", {"enabled": True})
    browser.execute_script("document.getElementById('q_forty').focus()")
    lit = [card.get_attribute("data-card") for card in browser.find_elements(By.CSS_SELECTOR, ".card.lit")]
    assert lit == ["q_forty"]
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert str(browser.switch_to.active_element.get_attribute("href")).endswith("#q_forty")


def test_cards_can_be_narrowed_to_a_kind_and_a_speaker(browser: WebDriver, served: Served) -> None:
    open_page(browser, served.address + "/-/document/d_flood")
    kind, who = browser.find_elements(By.CSS_SELECTOR, ".narrow select")
    Select(kind).select_by_visible_text("claims")
    shown = [card for card in browser.find_elements(By.CSS_SELECTOR, ".card") if card.is_displayed()]
    assert shown and all("claim" in (card.get_attribute("class") or "") for card in shown)
    Select(who).select_by_visible_text("Ana Keller")
    assert len([card for card in browser.find_elements(By.CSS_SELECTOR, ".card") if card.is_displayed()]) < len(shown)


def test_cards_that_are_more_than_the_text_are_one_line_each_until_chosen(browser: WebDriver, served: Served) -> None:
    open_page(browser, served.address + "/-/document/d_flood")
    assert browser.find_elements(By.CSS_SELECTOR, ".cards.dense")
    words = '.card[data-card="q_forty"] .card-text'
    assert not browser.find_element(By.CSS_SELECTOR, words).is_displayed()
    browser.find_element(By.ID, "q_forty").click()
    assert browser.find_element(By.CSS_SELECTOR, words).is_displayed()
