"""The Chinese catalogue of the screens is complete, and the built assets are those of the sources.

Runs without the gettext programs and without Node.
"""

from __future__ import annotations

import json
import re

from scripts import assets, messages

ENGLISH = re.compile(r"(?:\b[A-Za-z]{2,}\b[ ,;]+){5,}")
"""Six words in a row: the English sentence of another entry got into this one."""
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def test_every_sentence_of_the_screens_has_a_chinese_one() -> None:
    known = messages.known()
    wanted = {(m.context, m.id) for m in messages.extracted() if m.id}
    stored = {(m.context, m.id) for m in known if m.id}
    assert wanted == stored, "run scripts/messages.py"
    for message in known:
        if not message.id:
            continue
        assert message.string and all(message.string), message.id
        assert not message.fuzzy, message.id
        assert not ENGLISH.search("".join(message.string)), message.id


def test_placeholders_agree() -> None:
    for message in messages.known():
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in strings:
            assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(ids[-1])), ids


def test_the_built_assets_belong_to_their_sources() -> None:
    manifest = json.loads(assets.MANIFEST.read_text(encoding="utf-8"))
    assert manifest["sources"] == assets.sources_hash(), "run make assets"
    assert manifest["files"] == assets.built_files(), "run make assets"


def test_the_built_scripts_and_styles_name_no_foreign_host() -> None:
    harmless = {"www.w3.org"}
    comment = re.compile(r"/\*.*?\*/", re.DOTALL)
    loads = re.compile(r"(?:@import|url\(|src=|fetch\()\s*[\"']?https?://([^/\"')\s]+)")
    for name in ("app.css", "app.js", "charts.js", "theme.js"):
        text = comment.sub("", (assets.BUILT / name).read_text(encoding="utf-8"))
        assert set(loads.findall(text)) <= harmless, name
