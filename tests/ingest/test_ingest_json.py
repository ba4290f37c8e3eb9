"""JSON documents: arrays, one object, objects in a row, and one that wraps the records."""

import json

import pytest

from quotidian.tasks.ingest import streams


def outcomes(inputs) -> list[tuple]:
    return [(i.position, i.reject_reason) for i in inputs]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ('{"text": "One."}', [(1, None)]),
        ('{\n "text": "One."\n}\n{"text": "Two."}', [(1, None), (2, None)]),
        ('[{"text": "One."}, {"text": "Two."}]', [(1, None), (2, None)]),
        ('\ufeff[\n{"text": "One."}\n]\n', [(1, None)]),
        (
            '[{"text": "One."}, 7, [], {"title": "No text"}]',
            [(1, None), (2, "not_json"), (3, "not_json"), (4, None)],
        ),
        ('[{"text": "One."}, {"text": nope}, {"text": "Three."}]', [(1, None), (2, "not_json"), (3, None)]),
        ('[{"text": "One."}, nope, {"text": "Lost."}]', [(1, None), (None, "damaged")]),
        (r'[{"a": "}\\\""; [{}]}, {"text": "Two."}]', [(1, "not_json"), (2, None)]),
        ('[{"text": "One."}, {"text": "Cut', [(1, None), (None, "damaged")]),
        ('[{"text": "One."}', [(1, None), (None, "damaged")]),
        ('{"status": "ok", "articles": [{"content": "One."}, {"content": "Two."}]}', [(1, None), (2, None)]),
        ('{"text": "Own.", "articles": [{"content": "Other."}]}', [(1, None)]),
        ('{"items": []}', [(1, "no_text")]),
        ('{"data": {"articles": {"edges": [{"node": {"text": "One."}}]}}}', [(1, None)]),
        (
            '{"took": 3, "hits": {"total": 2, "hits": [{"_source": {"text": "One."}}, {"_source": {}}]}}',
            [(1, None), (2, "no_text")],
        ),
        ('{"_embedded": {"articles": [{"text": "One."}]}}', [(1, None)]),
        ('{"articles": {"page": 1, "results": [{"body": "One."}]}}', [(1, None)]),
        ("[]", []),
        ("nothing", [(None, "damaged")]),
        ('{"a":' * 100_000, [(None, "damaged")]),
        ('[{"text": "One.", "n": ' + "9" * 5_000 + "}]", [(1, None)]),
    ],
)
def test_documents(read_file, document: str, expected: list) -> None:
    assert outcomes(read_file("a.json", document)) == expected


def test_elements_are_kept_as_they_stand(read_file) -> None:
    (input_,) = read_file("a.json", '[ {"text" :  "Caf\u00e9 \\u00e9", "n": 1.0} ]')
    assert input_.payload == '{"text" :  "Caf\u00e9 \\u00e9", "n": 1.0}'.encode()


def test_an_element_with_bytes_that_are_no_utf8_is_rejected_alone(read_file) -> None:
    inputs = read_file("a.json", b'[{"text": "caf\xff"}, {"text": "Two."}]')
    assert outcomes(inputs) == [(1, "not_json"), (2, None)]


@pytest.mark.parametrize("chunk", [1, 2, 7, 64])
def test_chunks_change_nothing(read_file, monkeypatch, chunk: int) -> None:
    records = [{"text": f'Number {n} says “{"x" * n}” and \\ "quotes".', "n": n} for n in range(40)]
    whole = read_file("a.json", json.dumps(records, indent=1))
    monkeypatch.setattr("quotidian.tasks.ingest.json_documents.CHUNK_BYTES", chunk)
    monkeypatch.setattr(streams, "CHUNK_BYTES", chunk)
    assert read_file("a.json", json.dumps(records, indent=1)) == whole
    assert len(whole) == 40


@pytest.mark.parametrize("size", [2_000, 200_000, 500_001])
def test_a_record_that_is_too_large_is_rejected_alone(read_file, size: int) -> None:
    large = {"text": "x" * size, "more": ["]", '}\\"', {}]}
    document = json.dumps([{"text": "One."}, large, {"text": "Three."}])
    assert outcomes(read_file("a.json", document, max_record_bytes=1_000)) == [(1, None), (2, "too_large"), (3, None)]
