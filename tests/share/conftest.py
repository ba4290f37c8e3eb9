"""A small archive with copies, outlets, a gap of days and texts that try to be formulas, published once."""

import json
from pathlib import Path

import pytest
from in_process import run_here

BRIDGE = (
    "Mayor Ann Smith said on Monday that the old bridge over the harbour would open again in May. "
    '"The bridge is safe and the people of Dover have waited long enough," Smith told reporters at the town hall. '
    "Work on the crossing began two years ago after engineers found cracks in three of its pillars. "
    '"We will not close it again before the winter," said Tom Brown, who leads the works for Kent Builders. '
    "Shop owners along the quay had asked the town for help because customers stayed away while the road was shut."
)
EDITED = BRIDGE.replace("have waited long enough", "have been patient for long enough").replace(
    "two years", "24 months"
)
COUNCIL = (
    "The council of Kent met on Thursday to speak about roads. Ann Smith said that Kent Builders did good work. "
    '"The bridge is safe and the people of Dover have waited for long enough," Ann Smith said. '
    "Tom Brown said that Kent Builders would begin work on a second crossing near Deal before the end of the year."
)
ROWS = [
    {"id": "a", "source": "Dover Times", "date": "2023-06-19", "title": "Bridge to open in May", "text": BRIDGE},
    {"id": "b", "source": "Kent Post", "date": "2023-06-20", "title": '=HYPERLINK("http://x")', "text": BRIDGE},
    {"id": "c", "source": "Coast Daily", "date": "2023-06-23", "title": "Harbour bridge is safe", "text": EDITED},
    {"id": "d", "source": "Dover Times", "date": "2023-06-23", "title": "Roads before the council", "text": COUNCIL},
]


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the small archive."""
    folder = tmp_path_factory.mktemp("share")
    (folder / "in.jsonl").write_text("\n".join(map(json.dumps, ROWS)))
    run_here(folder, "run", "in.jsonl", "--inline")
    return folder / "data"


@pytest.fixture(scope="session")
def snapshot(archive: Path) -> Path:
    """Its current snapshot."""
    return (archive / "published" / "current").resolve()
