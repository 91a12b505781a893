"""Nothing on a page keeps people out, by axe-core's rules for WCAG 2.2 A and AA; and no page asks another site for anything.

axe is put into the page by the browser's own debugging interface, so that the content security policy stays as it is.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.remote.webdriver import WebDriver
from test_pages_browser import PAGES, Served, browser, open_page, served  # noqa: F401

from quotes import web

axe = pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python (the extra dev brings it)")
AXE = Path(axe.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ROUTES = " ".join(pattern for pattern, _ in web.register_routes())

pytestmark = pytest.mark.browser

OURS = [
    "/",
    "/-/document/d_flood",
    "/-/document/d_hostile",
    "/-/claim/c_homes",
    "/-/claim/c_staff",
    "/-/question/qu_homes",
    "/-/speaker/ana-keller",
    "/-/review",
    "/-/review?queue=quotations",
    "/-/verdicts",
    "/-/find?q=storm",
    "/-/find?q=keller",
    "/-/find?q=nowhere",
    "/-/judge",
]
LISTS = ["/quotes/claim_list", "/quotes/quotation_list", "/quotes/document_list", "/quotes/question_list",
         "/quotes/speaker_list", "/quotes/claims_in_conflict", "/quotes/related_claims",
         "/quotes/quotation_list?_plain=1", "/quotes/claim_list?_search=nowhere"]  # fmt: skip
DATASETTES = ["/quotes", *LISTS, "/quotes/quotations", "/quotes/quotations/q_forty", "/quotes/most_quoted",
              "/quotes?sql=select+1"]  # fmt: skip
KNOWN = {path: {"label"} for path in ("/quotes", "/quotes?sql=select+1")}
"""What is wrong on Datasette's own pages: the SQL editor puts a field without a name on the page."""


def registered(path: str) -> str:
    """The page, or a skipped one where this version has no such page."""
    kind = path.partition("?")[0].split("/")
    name = f"/-/{kind[2]}" if len(kind) > 2 and kind[1] == "-" else "/$"
    return path if name in ROUTES else ""


PAGES_OF_OURS = [
    pytest.param(path, marks=pytest.mark.skipif(not registered(path), reason="no such page in this version"))
    for path in OURS
]


def violations(driver: WebDriver) -> list[dict[str, Any]]:
    """What axe finds on the page that is open."""
    ask = f"axe.run(document, {{runOnly: {{type: 'tag', values: {json.dumps(TAGS)}}}}})"
    expression = f"{AXE}; {ask}.then(found => JSON.stringify(found.violations))"
    answer = driver.execute_cdp_cmd(
        "Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True}
    )
    assert "value" in answer["result"], answer
    return json.loads(answer["result"]["value"])


def told(found: list[dict[str, Any]]) -> list[str]:
    return [
        f"{each['id']}: {each['help']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for each in found
        for node in each["nodes"]
    ]


def use_scheme(driver: WebDriver, scheme: str) -> None:
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )


@pytest.mark.parametrize("path", PAGES_OF_OURS)
def test_our_pages_keep_nobody_out(browser: WebDriver, served: Served, path: str) -> None:  # noqa: F811
    for signed_in in (False, True):
        if signed_in:
            open_page(browser, served.sign_in)
        for scheme in ("light", "dark"):
            use_scheme(browser, scheme)
            open_page(browser, served.address + path)
            assert told(violations(browser)) == [], (scheme, signed_in)


@pytest.mark.parametrize("path", DATASETTES)
def test_pages_of_datasette_have_no_other_faults_than_known_ones(
    browser: WebDriver,  # noqa: F811
    served: Served,  # noqa: F811
    path: str,
) -> None:
    for scheme in ("light", "dark"):
        use_scheme(browser, scheme)
        open_page(browser, served.address + path)
        found = [each for each in violations(browser) if each["id"] not in KNOWN.get(path, set())]
        assert told(found) == [], scheme


def test_axe_finds_what_is_wrong(browser: WebDriver, served: Served) -> None:  # noqa: F811
    open_page(browser, served.address + "/")
    browser.execute_script("document.body.append(document.createElement('img'), document.createElement('select'))")
    assert {"image-alt", "select-name"} <= {each["id"] for each in violations(browser)}


def test_no_page_asks_another_site_for_anything(browser: WebDriver, served: Served) -> None:  # noqa: F811
    browser.execute_cdp_cmd("Network.enable", {})
    asked: set[str] = set()
    for path in [*PAGES, *filter(registered, OURS), *DATASETTES]:
        open_page(browser, served.address + path)
        asked |= {browser.current_url, *browser.execute_script(RESOURCES)}
    assert len(asked) > len(OURS)
    assert [address for address in asked if not address.startswith((f"{served.address}/", "data:"))] == []


RESOURCES = "return performance.getEntriesByType('resource').map(entry => entry.name)"
