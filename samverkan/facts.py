"""Loads the facts of the decision document, fixtures/huddinge.json, by the product's own actions."""

import json
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from parties.declarations.actions import register_declaration, register_matter
from parties.directory.actions import add_party, get_or_add_kind
from parties.models import Declaration, Party
from priorities.agreements.actions import draft_agreement
from priorities.models import Agreement, Place, PriorityArea, Source
from priorities.pictures.actions import draft_picture
from priorities.places.actions import add_place, add_source

M = TypeVar("M", bound=Model)


def read() -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(
        (settings.BASE_DIR / "fixtures" / "huddinge.json").read_text(encoding="utf-8")
    )
    return facts


@transaction.atomic
def load() -> bool:
    """Loads the facts, with a draft agreement since the document is a proposal. Returns False if they are already there."""
    facts = read()
    if Agreement.objects.filter(slug=facts["agreement"]["slug"]).exists():
        return False
    parties = {
        key: add_party(by=None, **row | {"kind": get_or_add_kind(by=None, name=row["kind"])})
        for key, row in _keyed(facts["parties"])
    }
    places = {key: add_place(by=None, **row) for key, row in _keyed(facts["places"])}
    declaration = _declaration(facts, parties)
    _picture(facts)
    agreement = facts["agreement"]
    draft_agreement(
        by=None,
        **agreement | {"priority_areas": [row for _, row in _keyed(agreement["priority_areas"])]},
        declaration=declaration,
        matter=declaration.matter,
        parties=parties.values(),
        places=places.values(),
    )
    return True


def _declaration(facts: dict[str, Any], parties: dict[str, Party]) -> Declaration:
    matter = register_matter(by=None, **facts["matter"])
    signatories = [row | {"party": parties[row["party"]]} for row in facts["declaration"]["signatories"]]
    return register_declaration(by=None, **facts["declaration"] | {"signatories": signatories}, matter=matter)


def _picture(facts: dict[str, Any]) -> None:
    """The lägesbild of 2021 with its sources. The document does not say when it was adopted."""
    uses = []
    for _, row in _keyed(facts["sources"]):
        period = row.pop("period", "")
        uses.append({"source": add_source(by=None, **row), "period": period})
    draft_picture(by=None, uses=uses, **facts["picture"])


def _keyed(rows: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """Pairs of each row's `key` and the rest of the row."""
    return [(row["key"], {name: value for name, value in row.items() if name != "key"}) for row in rows]


def by_key(kind: str) -> dict[str, Any]:
    """Finds the rows of the file's keys. `kind` is parties, places, sources or priority_areas. One query."""
    facts = read()
    rows = facts["agreement"]["priority_areas"] if kind == "priority_areas" else facts[kind]
    model, field = {
        "parties": (Party, "slug"),
        "places": (Place, "slug"),
        "sources": (Source, "name"),
        "priority_areas": (PriorityArea, "slug"),
    }[kind]
    found = model.objects.all()  # type: ignore[attr-defined] # each of the four has it
    if kind == "priority_areas":
        found = found.filter(agreement__slug=facts["agreement"]["slug"])
    stored = {getattr(row, field): row for row in found}
    return {row["key"]: stored[row[field]] for row in rows}
