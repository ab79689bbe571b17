"""What is the same to a person matches: in a search, beside a name that is taken, in a file. On both databases alike."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError
from django.db import IntegrityError, connection, transaction
from django.db.models import Value
from hypothesis import given
from hypothesis import strategies as st

from parties.models import Party, PartyKind, Unit
from priorities.models import Place, Source
from samverkan.lib.db import Matched
from samverkan.lib.matching import for_matching, match, write_keys
from tests.factories import (
    ActivityFactory,
    PartyFactory,
    PartyKindFactory,
    PlaceFactory,
    PriorityAreaFactory,
    SourceFactory,
    UnitFactory,
)

HARD, SOFT, THIN, EN, MINUS = "\u00a0", "\u00ad", "\u202f", "\u2013", "\u2212"


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("årskurs 7–9", "Årskurs 7-9"),
        ("Huge Bostäder AB", decomposed("Huge Bostäder AB")),
        ("Huge Bostäder AB", f"  huge{HARD}bostäder \n AB "),
        ("12 600", f"12{THIN}600"),
        ("brottsförebyggande", f"brotts{SOFT}förebyggande"),
        ("så", f"sa{SOFT}\u030a"),
        ("e-post", "e\u2011post"),
        ("-5", f"{MINUS}5"),
        ("”trygg”", '"trygg"'),
        ("«trygg»", "“trygg„"),
        ("det’s", "det's"),
        ("oﬀentlig", "offentlig"),
        ("m²", "m2"),
    ],
    ids=ascii,
)
def test_what_is_written_in_two_ways_is_one(one, other):
    assert match(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("café", "cafe"), ("ål", "al"), ("7-9", "79"), ("e-post", "epost"), ("a b", "ab"), ("é", "ê")],
)
def test_what_differs_to_a_swede_differs(one, other):
    assert not match(one, other)


@given(st.text())
def test_what_is_matched_is_matched_again(text):
    assert for_matching(for_matching(text)) == for_matching(text)


def test_every_character_is_matched_again():
    characters = map(chr, [*range(0xD800), *range(0xE000, 0x2FFFF)])
    changed = [each for each in characters if for_matching(f"a{each}b") != f"a{each}b"]
    assert [
        ascii(each)
        for each in changed
        if for_matching(for_matching(f"a{each}b")) != for_matching(f"a{each}b")
    ] == []


# --- In the database ----------------------------------------------------------------------------------------------
def in_the_database(text: str) -> str:
    return Party.objects.annotate(matched=Matched(Value(text))).values_list("matched", flat=True)[0]


@pytest.mark.django_db
def test_the_database_matches_every_character_as_we_do(huge):
    """Letters of scripts whose case the database's own library knows better are left out: they are newer than Python's."""
    characters = [
        chr(code) for code in range(1, 0x2FFFF) if unicodedata.category(chr(code)) not in {"Cn", "Cs", "Co"}
    ]
    for first in range(0, len(characters), 20_000):
        text = "".join(f"a{character}b|" for character in characters[first : first + 20_000])
        ours, theirs = for_matching(text).split("|"), in_the_database(text).split("|")
        assert [
            (ascii(one), ascii(other)) for one, other in zip(ours, theirs, strict=True) if one != other
        ] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["", "  Två\t\nord ", f"{SOFT}", "%s %(x)s 'x' \\2013", "ΟΔΟΣ", decomposed("Åäö é")], ids=ascii
)
def test_the_database_matches_a_text_as_we_do(text, huge):
    assert in_the_database(text) == for_matching(text)


# --- A name of its own ---------------------------------------------------------------------------------------------
NAMED = [
    pytest.param(
        lambda name: Party(name=name, short_name="B", slug="b", kind=PartyKindFactory()),
        PartyFactory,
        id="party",
    ),
    pytest.param(lambda name: PartyKind(name=name), PartyKindFactory, id="kind"),
    pytest.param(lambda name: Place(name=name, slug="b"), PlaceFactory, id="place"),
    pytest.param(lambda name: Source(name=name, kind="survey"), SourceFactory, id="source"),
]
SPELLINGS = [decomposed("Vårby – söder"), f"VÅRBY{HARD}- söder", f"Vår{SOFT}by {EN} söder"]


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "factory"), NAMED)
@pytest.mark.parametrize("spelled", SPELLINGS, ids=ascii)
def test_the_database_keeps_a_name_of_its_own_however_it_is_spelled(make, factory, spelled):
    factory(name="Vårby – söder")
    with pytest.raises(IntegrityError), transaction.atomic():
        make(spelled).save()
    with pytest.raises(ValidationError) as refused:
        make(spelled).full_clean()
    assert [fault.code for faults in refused.value.error_dict.values() for fault in faults] == ["name"]


@pytest.mark.django_db
def test_two_parties_may_have_units_of_the_same_name(huge, polisen):
    UnitFactory(party=huge, name="Å-enheten")
    Unit(party=polisen, name="å-enheten").save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit(party=huge, name=decomposed("å-enheten")).save()


@pytest.mark.django_db
def test_a_name_may_be_spelled_anew_by_its_owner(huge):
    huge.name = "HUGE Bostäder AB"
    huge.full_clean()
    huge.save()
    assert Party.objects.get(pk=huge.pk).name_key == "huge bostäder ab"


@pytest.mark.django_db
def test_what_is_stored_is_composed_and_found_however_it_is_asked_for(huge):
    Party.objects.filter(pk=huge.pk).update(short_name=decomposed("Räddning"), other_names=[decomposed("å")])
    assert Party.objects.get(short_name=decomposed("Räddning")).other_names == ["å"]
    assert Party.objects.get(short_name="Räddning") == huge


# --- Rows from before ------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_an_upgrade_composes_names_and_writes_what_they_are_compared_by(huge):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE parties_party SET name = %s, name_key = '' WHERE id = %s", [decomposed("Å–B"), huge.pk]
        )
    write_keys(Party, "name")
    assert list(Party.objects.values_list("name", "name_key")) == [("Å–B", "å-b")]


@pytest.mark.django_db
def test_an_upgrade_names_two_rows_with_one_name(huge):
    other = PartyFactory(name="Någon annan")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE parties_party SET name = %s WHERE id = %s", [decomposed(huge.name), other.pk])
    with pytest.raises(CommandError, match="är samma namn skrivet på två sätt"):
        write_keys(Party, "name")


# --- Where a person meets it ------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    "words", ["7-9", "7–9", decomposed("årskurs"), f"årskurs{HARD}7", '"trygg"', "brottsofferjour"]
)
def test_the_list_finds_what_is_written_in_another_way(words, samordnare, agreement, client_for):
    ActivityFactory(title=f"Möte för årskurs 7–9, ”trygg” brotts{SOFT}offerjour")
    ActivityFactory(title="Något annat", priority_area=PriorityAreaFactory(slug="vald", name="Våld"))
    page = client_for(samordnare).get(f"/{agreement.slug}/aktiviteter/", {"sok": words}).content.decode()
    assert "årskurs 7–9" in page
    assert "Något annat" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("spelled", [decomposed("Huge Bostäder AB"), f"huge{HARD}bostäder AB"], ids=ascii)
def test_a_file_with_a_known_party_in_another_spelling_is_about_that_party(
    spelled, huge, admin, agreement, client_for
):
    text = f"Namn;Kort namn;Slag\n{spelled};Huge;Kommunalt bolag\n"
    file = SimpleUploadedFile("parter.csv", text.encode())
    preview = client_for(admin).post("/administration/parter/importera/", {"file": file}).context["preview"]
    (row,) = preview.rows
    assert row.kind.value in {"Oförändrad", "Ändrad"}
    assert not row.faults
