"""A published snapshot with the samples, an article that tries everything, copies and a reject; its report; a browser."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from in_process import run_here

from quotidian.tasks.report.settings import ReportSettings
from quotidian.tasks.report.site import Site, build_site

SCRIPT = "<script>document.title='owned'</script>"
HOSTILE = (
    f'The mayor, Ann Smith, said the bridge was safe. "It will {SCRIPT} open in May & <b>stay</b> open," she said.\n\n'
    "Tom Brown said {{ 7 * 7 }} and {% include '/etc/passwd' %} were no news to him. "
    "The council's clerk, Eve \u202eGreen\u202c, wrote that a\u200bzero width, a \U0001f309 bridge and e\u0301 accents were fine. "
    '"</p></main><img src=x onerror=alert(1)> is what I typed," Smith told reporters on Monday. '
    "Brown added that ]]> and --> and <!-- would not hurt anybody in the town of Springfield.\n\n"
    "Residents of the town had asked for a new bridge for many years, and the council voted for it in March."
)
WIRE = (
    "The harbour of Westport will close on Friday, the port authority said. Director Carl Weber said the storm would "
    'reach the coast at noon. "Nobody should be at sea," Weber said. The ferry company cancelled all trips until Sunday '
    "and offered passengers their money back. Fishermen pulled their boats ashore during the night, and schools in the "
    "town will stay shut. Weather services expect gusts of 130 kilometres an hour and waves of nine metres."
)
RECORDS = (
    {
        "id": "h",
        "title": f"Bridge {SCRIPT} {{{{ 7 * 7 }}}}",
        "text": HOSTILE,
        "url": "javascript:alert(1)",
        "outlet": "A<b>",
    },
    {"id": "w1", "title": "Harbour closes", "text": WIRE, "url": "https://a.example/1", "outlet": "Coast & Co"},
    {
        "id": "w2",
        "title": "‘Nobody should be at sea’, says director",
        "text": WIRE + " More to follow.",
        "url": "https://b.example/2",
        "outlet": "B",
    },
    {"id": "n", "title": "Nothing"},
)


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Path:
    """The snapshot of the samples and the records above."""
    folder = tmp_path_factory.mktemp("report")
    days = {"h": "2023-06-20", "w1": "2023-06-21", "w2": "2023-06-22", "n": "2023-06-22"}
    lines = [json.dumps(record | {"date": days[record["id"]]}) for record in RECORDS]
    (folder / "records.jsonl").write_text("\n".join(lines), encoding="utf-8")
    run_here(folder, "run", seeds, "records.jsonl", "--inline")
    return (folder / "data" / "published" / "current").resolve()


@pytest.fixture(scope="session")
def site(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The report of the snapshot with the default limits."""
    return build_site(snapshot, tmp_path_factory.mktemp("site") / "report", ReportSettings())


@pytest.fixture(scope="module")  # while Playwright runs, so does its event loop: later tests need their own
def chromium() -> Iterator[object]:
    """A headless Chromium of this machine; the test is skipped where there is none, unless QUOTIDIAN_TEST_BROWSER is set."""
    named = os.environ.get("QUOTIDIAN_TEST_BROWSER")
    path = named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium: `apt-get install chromium`, or name one in QUOTIDIAN_TEST_BROWSER")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
