"""Two coordinators edit the same text: a change by one is kept, changes by both stand side by side, ready to save."""

import pytest

from parties.models import MatterPoint, Signatory
from priorities.models import Agreement, Need, Place, PriorityArea, SituationalPicture, SourceUse
from tests.factories import (
    FocusAreaFactory,
    MatterPointFactory,
    NeedFactory,
    PictureFactory,
    SignatoryFactory,
    SourceUseFactory,
    UserFactory,
)
from tests.support.as_sent import as_sent
from tests.support.valid_html import faults_in

BASICS, AREAS, PLACES = (f"/2025-2026/redigera/{part}/" for part in ("grunder", "omraden", "platser"))
NEED, PICTURE = "/2023-2024/behov/1/redigera/", "/lagesbilder/2024/redigera/"
STEPS = "/2023-2024/avsiktsforklaring/redigera/"


@pytest.fixture
def other(client_for):
    return client_for(UserFactory(coordinator=True, display_name="Anna", title="Säkerhetschef"))


@pytest.fixture
def meet(client, other):
    """Both open the page and the other saves first. Returns the page that the first one's save leads to."""

    def met(address, *, mine, theirs):
        opened = as_sent(client.get(address).context["form"])
        first = other.post(address, as_sent(other.get(address).context["form"]) | theirs)
        assert first.status_code == 302
        return client.post(address, opened | mine)

    return met


def again(client, address, page, **fields):
    """Sends what the page shows, as a browser would."""
    sent = as_sent(page.context["form"]) | fields
    return client.post(address, {name: value for name, value in sent.items() if value is not None})


def labels_of(page):
    """The labels of the fields that stand side by side, were taken from the other, and are the editor's own."""
    merged = page.context["form"].merged
    return [[each.label for each in group] for group in (merged.both, merged.taken, merged.kept)]


def test_a_need_is_met_field_by_field(meet, client, agreement, tmp_path):
    place = FocusAreaFactory(agreement=agreement).place
    NeedFactory(agreement=agreement, problem="Mörkt vid torget.", affected="Alla", causes="Ljus.")

    page = meet(
        NEED,
        mine={"problem": "Mörkt vid stationen.", "causes": "Trasigt ljus."},
        theirs={"problem": "Mörkt vid torget om kvällen.", "affected": "Boende", "places": [place.pk]},
    )

    assert labels_of(page) == [["Problem"], ["Vilka som berörs", "Geografiska områden"], ["Troliga orsaker"]]
    words = page.content.decode()
    assert "Säkerhetschef sparade 30 september 2024 kl." in words
    assert "Anna" not in words
    assert "Sparat nu <small>Säkerhetschef, 30 september 2024 kl. " in words
    assert '<del><span class="visually-hidden">inte sparat: </span>stationen.' in words
    assert "Boende</textarea>" in words
    assert Need.objects.get().problem == "Mörkt vid torget om kvällen."
    (tmp_path / "stale.html").write_bytes(page.content)
    assert faults_in([tmp_path / "stale.html"]) == []

    assert again(client, NEED, page).status_code == 302
    need = Need.objects.get()
    assert (need.problem, need.affected, need.causes) == ("Mörkt vid stationen.", "Boende", "Trasigt ljus.")
    assert list(need.places.all()) == [place]
    assert need.past.filter(problem="Mörkt vid torget om kvällen.").exists()


def test_what_was_saved_twice_is_told_with_both_who_saved(client, other, client_for, agreement):
    NeedFactory(agreement=agreement, problem="Ett.", affected="Två.")
    third = client_for(UserFactory(coordinator=True, display_name="Bo", title="Trygghetschef"))
    opened = as_sent(client.get(NEED).context["form"])
    for who, theirs in ((other, {"problem": "Ett och ett."}), (third, {"affected": "Två och två."})):
        who.post(NEED, as_sent(who.get(NEED).context["form"]) | theirs)

    page = client.post(NEED, opened | {"problem": "Mitt ett.", "affected": "Mitt två."})

    form = page.context["form"]
    whose = [form[name].theirs.who.partition(",")[0] for name in ("problem", "affected")]
    assert whose == ["Säkerhetschef", "Trygghetschef"]


def test_an_agreements_text_and_days_are_met(meet, client, draft):
    page = meet(
        BASICS,
        mine={"purposes": "Mina syften.", "title": "Min rubrik"},
        theirs={"purposes": "Deras syften.", "ends_on": "2026-11-30"},
    )

    assert labels_of(page) == [["Syften"], ["Gäller till"], ["Rubrik"]]
    assert again(client, BASICS, page).status_code == 302
    saved = Agreement.objects.get(slug="2025-2026")
    assert (saved.title, saved.purposes, str(saved.ends_on)) == ("Min rubrik", "Mina syften.", "2026-11-30")


def test_another_part_of_the_agreement_touches_nothing_here(client, other, draft):
    opened = as_sent(client.get(BASICS).context["form"])
    other.post(PLACES, as_sent(other.get(PLACES).context["form"]) | {"new_name": "Glömsta"})

    page = client.post(BASICS, opened | {"title": "Min rubrik"})

    assert "Det som är sparat rör inget av det som står här." in page.content.decode()
    assert labels_of(page) == [[], [], ["Rubrik"]]
    assert again(client, BASICS, page).status_code == 302


def test_an_area_that_another_has_added_stands(meet, client, draft):
    andts = draft.priority_areas.get(slug="andts")

    page = meet(
        AREAS,
        mine={f"o{andts.pk}-name": "ANDTS bland unga"},
        theirs={"n1-name": "Våld i nära relation", "n1-short_name": "Våld"},
    )

    added = PriorityArea.objects.get(name="Våld i nära relation")
    assert page.context["form"][f"o{added.pk}-name"].value() == "Våld i nära relation"
    assert labels_of(page)[2] == ["Namn (ANDTS)"]
    assert again(client, AREAS, page).status_code == 302
    names = set(draft.priority_areas.values_list("name", flat=True))
    assert names == {"ANDTS bland unga", "Trygghet i offentlig miljö", "Våld i nära relation"}


def test_what_was_written_of_an_area_that_another_has_removed_becomes_a_new_row(meet, client, draft):
    andts = draft.priority_areas.get(slug="andts")

    page = meet(
        AREAS, mine={f"o{andts.pk}-effect_goal": "Färre börjar."}, theirs={f"o{andts.pk}-remove": "on"}
    )

    form = page.context["form"]
    assert (form["n1-name"].value(), form["n1-effect_goal"].value()) == ("ANDTS", "Färre börjar.")
    assert "Färre börjar.</textarea>" in page.content.decode()


def test_an_area_that_another_has_removed_and_nobody_else_touched_stays_away(meet, client, draft):
    andts, miljo = draft.priority_areas.order_by("order")

    page = meet(AREAS, mine={f"o{miljo.pk}-effect_goal": "Lugnt."}, theirs={f"o{andts.pk}-remove": "on"})

    assert page.context["form"].merged.gone == ["ANDTS"]
    assert again(client, AREAS, page).status_code == 302
    assert list(draft.priority_areas.values_list("name", "effect_goal")) == [(miljo.name, "Lugnt.")]


def test_places_that_both_have_added_are_saved_at_once(meet, draft):
    pk = Place.objects.get(slug="skogas").pk

    page = meet(
        PLACES,
        mine={"new_name": "Glömsta"},
        theirs={f"p{pk}": "on", f"p{pk}-order": "2", "new_name": "Stuvsta"},
    )

    assert page.status_code == 302
    names = draft.focus_areas.order_by("order").values_list("place__name", flat=True)
    assert list(names) == ["Varby", "Skogås", "Stuvsta", "Glömsta"]


def test_an_order_that_another_has_changed_is_shown_first(meet, client, draft):
    skogas, varby = (Place.objects.get(slug=slug).pk for slug in ("skogas", "varby"))
    theirs = {f"p{skogas}": "on", f"p{skogas}-order": "1", f"p{varby}-order": "2"}

    page = meet(PLACES, mine={"new_name": "Glömsta"}, theirs=theirs)

    assert labels_of(page) == [[], ["Skogås", "Ordning för Skogås", "Ordning för Varby"], ["Ny plats"]]
    assert again(client, PLACES, page).status_code == 302
    assert draft.focus_areas.count() == 3


def test_a_lagesbild_is_met_with_its_sources(meet, client):
    picture = PictureFactory(year=2024, title="Lägesbild 2024", mapping="Så ser det ut.")
    kept, gone = (
        SourceUseFactory(picture=picture, source__name=name, limitations="Få svar.")
        for name in ("Ett", "Två")
    )

    page = meet(
        PICTURE,
        mine={"mapping": "Så ser det ut nu.", f"u{gone.pk}-limitations": "Inga svar."},
        theirs={"mapping": "Så här.", f"u{kept.pk}-limitations": "Tio svar.", f"u{gone.pk}-remove": "on"},
    )

    form = page.context["form"]
    assert labels_of(page)[0] == ["Kartläggning"]
    assert form[f"u{kept.pk}-limitations"].value() == "Tio svar."
    assert form["n1-limitations"].value() == "Inga svar."
    assert again(client, PICTURE, page, **{"n1-source": str(gone.source_id)}).status_code == 302
    uses = dict(SourceUse.objects.values_list("source", "limitations"))
    assert uses == {kept.source_id: "Tio svar.", gone.source_id: "Inga svar."}
    assert SituationalPicture.objects.get().mapping == "Så ser det ut nu."


def test_points_of_a_declaration_are_met(meet, client, agreement):
    for number in (1, 2):
        MatterPointFactory(matter=agreement.declaration.matter, number=number)
    address = f"{STEPS}punkter/"

    page = meet(
        address,
        mine={"o1-text": "Min punkt."},
        theirs={"o1-text": "Deras punkt.", "o2-text": "Den andra."},
    )

    assert [len(group) for group in labels_of(page)] == [1, 1, 0]
    assert again(client, address, page).status_code == 302
    assert list(MatterPoint.objects.values_list("text", flat=True)) == ["Min punkt.", "Den andra."]


def test_what_was_written_of_a_party_that_another_has_removed_is_shown_to_be_copied(
    meet, client, agreement, huge
):
    SignatoryFactory(declaration=agreement.declaration, party=huge, signed_on=None, title="")
    address = f"{STEPS}parter/"

    page = meet(address, mine={"huge-reason": "Äger bostäder."}, theirs={"huge-remove": "on"})

    assert "Äger bostäder." in page.context["form"].merged.lost
    assert "Kopiera det du vill ha kvar innan du sparar:" in page.content.decode()
    assert not Signatory.objects.exists()
