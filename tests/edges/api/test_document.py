"""The OpenAPI document is valid 3.1, complete, served and committed."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client
from schemathesis.specs.openapi.definitions import OPENAPI_31

from scripts import api_reference
from xindun.api.openapi import document, text
from xindun.api.operations import operations_of, rules_of
from xindun.api.v1.app import api


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, each)
        for path, item in document()["paths"].items()
        for method, each in item.items()
    ]


def test_the_document_is_valid_openapi_3_1() -> None:
    assert document()["openapi"] == "3.1.0"
    assert list(jsonschema_rs.validator_for(OPENAPI_31).iter_errors(document())) == []


def test_the_committed_files_are_what_the_code_says() -> None:
    again = "run .venv/bin/python scripts/api_reference.py"
    assert api_reference.DOCUMENT.read_text("utf-8") == text(), again
    assert api_reference.PROBLEMS.read_text("utf-8") == api_reference.problems(), again


def test_every_reference_of_the_document_leads_somewhere() -> None:
    whole = document()

    def check(node: Any) -> None:
        if isinstance(node, dict):
            target = node.get("$ref")
            if isinstance(target, str):
                place: Any = whole
                for step in target.removeprefix("#/").split("/"):
                    place = place[step]
            for each in node.values():
                check(each)
        elif isinstance(node, list):
            for each in node:
                check(each)

    check(whole)


def test_every_operation_is_there_with_its_scope_and_words() -> None:
    found = {each["operationId"]: each for _path, _method, each in operations()}
    declared = {each.view_func.__name__: rules_of(each) for _path, each in operations_of(api)}
    assert set(found) == set(declared)
    for name, each in found.items():
        assert each["security"] == [{"ApiKey": [declared[name].permission.value]}]
        assert each["summary"] and each["description"], name


def test_every_write_asks_for_its_key_and_every_parameter_is_described() -> None:
    for path, method, each in operations():
        names = {one["name"] for one in each["parameters"]}
        assert ("Idempotency-Key" in names) == (method != "get"), path
        for one in each["parameters"]:
            assert one["in"] == "path" or one.get("description"), (path, one["name"])
        assert {"401", "403", "429", "500"} <= set(each["responses"])


@pytest.mark.django_db
def test_the_reference_is_a_page_in_both_languages_without_scripts_of_its_own() -> None:
    english = Client().get("/api/v1/docs").content.decode()
    chinese = Client().get("/api/v1/docs?lang=zh").content.decode()
    for _path, _method, each in operations():
        assert f'id="{each["operationId"]}"' in english
        assert each["x-permission"] in chinese
    assert "接口参考" in chinese and "客户列表" in chinese
    assert "<style" not in english and "http://" not in english
    targets = set(re.findall(r'href="#([\w-]+)"', english))
    assert targets <= set(re.findall(r'id="([\w-]+)"', english))


@pytest.mark.django_db
def test_the_document_is_served_to_anybody_and_not_twice() -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert json.loads(answer.content) == document()
    again = Client().get("/api/v1/openapi.json", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
