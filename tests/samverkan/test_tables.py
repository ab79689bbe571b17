"""Any rows as a table in a file, here the sources of the lägesbild: checked, shown, and saved all or none."""

import io

import pytest
from django.core import signing
from django.core.exceptions import ValidationError
from import_export.fields import Field

from priorities.models import Source
from samverkan.lib import clock
from samverkan.lib.spreadsheets import Sheet, write_csv, write_xlsx
from samverkan.lib.tables import Importer, RowKind, TableOptions, TableResource, read_table
from samverkan.lib.tables.cells import ByName, Choice, Text
from tests.factories import PlaceFactory
from tests.support.stored import rows

pytestmark = pytest.mark.django_db


class Sources(TableResource):
    name = Field("name", "Namn", widget=Text())
    publisher = Field("publisher", "Utgivare", widget=Text())
    kind = Field("kind", "Slag", widget=Choice(Source.Kind))

    required = ("Namn", "Slag")
    sheet_title = "Källor"

    class Meta(TableOptions):
        model = Source
        fields = ("name", "publisher", "kind")
        import_id_fields = ("name",)

    def learn(self):
        self.known = {source.name.casefold(): source for source in Source.objects.all()}

    def rows(self):
        return Source.objects.order_by("name")

    def key(self, row):
        return row["Namn"].casefold() or None

    def find(self, row):
        return self.known.get(row["Namn"].casefold())

    def act(self, instance, is_create, changed):
        if instance.name == "Omöjlig":
            raise ValidationError({"name": "Det namnet är upptaget."})
        Source.objects.update_or_create(name=instance.name, defaults=changed)


@pytest.fixture
def importer(samordnare):
    return Importer(Sources, by=samordnare, purpose="sources")


@rows
def survey(db):
    return Source.objects.create(name="=Trygghetsenkäten", publisher="Kommunen", kind=Source.Kind.SURVEY)


def table_of(*rows, headers=("Namn", "Utgivare", "Slag")):
    file = io.BytesIO()
    write_xlsx(file, Sheet("Källor", headers, rows))
    return read_table(file.getvalue(), required=list(Sources.required), known=list(Sources.columns()))


def outcome_of(preview):
    return [(row.number, row.kind, row.changes or row.faults) for row in preview.rows]


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_what_leaves_comes_in_again_unchanged(write, importer, samordnare, survey):
    file = io.BytesIO()
    resource = Sources(samordnare)
    write(file, resource.sheet(resource.rows()))

    preview = importer.preview(read_table(file.getvalue(), required=["Namn"], known=list(Sources.columns())))

    assert outcome_of(preview) == [(2, RowKind.SAME, [])]


def test_each_row_says_what_it_would_change_and_nothing_is_saved(importer, survey):
    table = table_of(["Nationella trygghetsundersökningen", "Brå", "enkät"], [survey.name, "", "Dialog"])

    preview = importer.preview(table)

    assert outcome_of(preview) == [
        (2, RowKind.NEW, [("Namn", "", "Nationella trygghetsundersökningen"), ("Utgivare", "", "Brå"), ("Slag", "", "Enkät")]),
        (3, RowKind.CHANGED, [("Utgivare", "Kommunen", ""), ("Slag", "Enkät", "Dialog")]),
    ]  # fmt: skip
    assert list(Source.objects.values_list("name", flat=True)) == [survey.name]


def test_what_travels_signed_through_the_page_is_saved_after_the_yes(importer, survey):
    table = table_of(["Nattvandringen", "Föreningarna", "Observation"])
    signed = importer.signed(table, importer.preview(table))

    opened = importer.opened(signed)
    done = importer.save(opened.table, at=clock.now(), chosen={})

    assert (opened.table, opened.digest) == (table, done.digest)
    assert Source.objects.get(name="Nattvandringen").publisher == "Föreningarna"


def test_another_person_another_purpose_and_another_text_are_refused(importer, samordnare, admin):
    table = table_of(["Nattvandringen", "", "Observation"])
    signed = importer.signed(table, importer.preview(table))
    others = [
        Importer(Sources, by=admin, purpose="sources"),
        Importer(Sources, by=samordnare, purpose="places"),
    ]

    for each, text in [(others[0], signed), (others[1], signed), (importer, signed[:-1])]:
        with pytest.raises(signing.BadSignature):
            each.opened(text)


def test_when_one_row_is_refused_none_is_saved(importer):
    table = table_of(["Nattvandringen", "", "Observation"], ["Omöjlig", "", "Dialog"])

    done = importer.save(table, at=clock.now(), chosen={})

    assert outcome_of(done)[1] == (3, RowKind.FAULTY, ["Namn: Det namnet är upptaget."])
    assert not Source.objects.exists()


def test_a_faulty_table_has_nothing_to_sign(importer):
    table = table_of(["Nattvandringen", "", "Rykte"], ["NATTVANDRINGEN", "", "Dialog"])

    preview = importer.preview(table)

    kinds = "Enkät, Officiell statistik, Verksamhetsstatistik, Dialog, Observation"
    assert outcome_of(preview) == [
        (2, RowKind.FAULTY, [f"Slag: Skriv något av {kinds}."]),
        (3, RowKind.FAULTY, ["Samma står redan på rad 2."]),
    ]
    assert importer.signed(table, preview) == ""


# --- A row of another table, by its name ---------------------------------------------------------------------------
class PlaceByName(ByName):
    ambiguous = "Flera platser heter ”{name}”."
    unknown = "Platsen ”{name}” finns inte."
    hint = "Lägg till den först."

    def names_of(self, row):
        return [row.name, row.slug, row.district]


@pytest.fixture
def cell():
    cell = PlaceByName()
    places = [("visattra", "Visättra", "Flemingsberg"), ("grantorp", "Grantorp", "Flemingsberg")]
    cell.know([PlaceFactory(slug=slug, name=name, district=district) for slug, name, district in places])
    return cell


@pytest.mark.parametrize("text", ["Visättra", "VISÄTTRA", "visattra"])
def test_a_place_is_found_by_any_of_its_names(text, cell):
    place = cell.clean(text)
    assert (place.slug, cell.render(place), cell.clean("")) == ("visattra", "Visättra", None)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("flemingsberg", "Flera platser heter ”flemingsberg”."),
        ("Vissätra", "Platsen ”Vissätra” finns inte. Menade du Visättra?"),
        ("Älvsjö", "Platsen ”Älvsjö” finns inte. Lägg till den först."),
    ],
)
def test_a_name_that_leads_to_no_place_says_what_to_do(text, sentence, cell):
    with pytest.raises(ValueError, match=r"[Pp]lats") as refused:
        cell.clean(text)
    assert str(refused.value) == sentence
