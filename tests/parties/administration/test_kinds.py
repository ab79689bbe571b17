"""*Slag av parter*: a list that the administrator keeps, which forms, files and the log follow."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError

from parties.models import AuditEntry, Party, PartyKind
from parties.transfer.cells import KindByName
from tests.factories import PartyKindFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PARTIES, KINDS = "/administration/parter/", "/administration/slag-av-parter/"


@pytest.fixture
def desk(admin, agreement, client_for):
    return client_for(admin)


def faults(response) -> dict[str, list[str]]:
    return dict(response.context["adminform"].form.errors)


NEW_KIND = f"{KINDS}ny/"


def test_a_kind_is_added_renamed_for_all_its_parties_and_offered(desk, huge):
    desk.post(NEW_KIND, {"name": "Stiftelse"})
    kind = PartyKind.objects.get(name="Stiftelse")
    desk.post(
        f"/administration/parter/{huge.pk}/", {"name": huge.name, "short_name": "Huge", "kind": kind.pk}
    )
    desk.post(f"/administration/slag-av-parter/{kind.pk}/", {"name": "Allmännyttig stiftelse"})

    huge.refresh_from_db()
    assert huge.kind.name == "Allmännyttig stiftelse"
    assert "Allmännyttig stiftelse" in desk.get(PARTIES).content.decode()


@pytest.mark.parametrize("name", ["Kommunalt bolag", "KOMMUNALT  BOLAG", "Kommu\u00adnalt bolag"])
def test_a_kind_has_a_name_of_its_own_however_it_is_spelled(name, desk, huge):
    assert faults(desk.post(NEW_KIND, {"name": name})) == {"name": ["Ett annat slag har det namnet."]}


def test_a_kind_that_is_used_stays_and_another_is_removed(desk, huge):
    unused = PartyKindFactory(name="Stiftelse")
    kept = [
        desk.post(f"/administration/slag-av-parter/{kind.pk}/ta-bort/", follow=True).content.decode()
        for kind in (huge.kind, unused)
    ]

    assert "1 part är av slaget Kommunalt bolag. Byt slag på dem först." in kept[0]
    assert "Slaget Stiftelse är borttaget." in kept[1]
    assert PartyKind.objects.filter(pk=huge.kind_id).exists()
    assert not PartyKind.objects.filter(pk=unused.pk).exists()
    with pytest.raises(ProtectedError):
        huge.kind.delete()
    acts = AuditEntry.objects.filter(about="parties.partykind", key=unused.pk).values_list("act", flat=True)
    assert list(acts) == ["removed"]


# --- Files ---------------------------------------------------------------------------------------------------
def show(desk, name, kind):
    text = f"Namn;Kort namn;Slag\n{name};{name};{kind}\n"
    file = SimpleUploadedFile("parter.csv", text.encode())
    return desk.post(f"{PARTIES}importera/", {"file": file})


def test_a_file_may_name_a_kind_that_the_administrator_has_added(desk):
    PartyKindFactory(name="Stiftelse")

    shown = show(desk, "Trygga torget", "STIFTELSE")
    desk.post(f"{PARTIES}importera/", {"signed": shown.context["signed"]})

    assert Party.objects.get(slug="trygga-torget").kind.name == "Stiftelse"
    assert "Stiftelse" in desk.get(f"{PARTIES}export.csv").content.decode("utf-8-sig")


@pytest.mark.parametrize("kind", ["Konstigt", ""])
def test_a_file_with_another_kind_is_answered_with_all_there_are_in_order(kind, desk):
    PartyKindFactory(name="Åldermannaskap")

    (row,) = show(desk, "Ny", kind).context["preview"].rows

    (sentence,) = row.faults
    names = sentence.removeprefix("Slag: Skriv något av ").partition(", eller lägg till")[0].split(", ")
    assert names[-1] == "Åldermannaskap"
    assert names.index("Kommun") < names.index("Statlig myndighet")


def test_a_file_is_told_where_kinds_are_added_when_there_are_none():
    with pytest.raises(ValueError, match=r"^Lägg till slaget under Slag av parter först\.$"):
        KindByName().clean("Kommun")
