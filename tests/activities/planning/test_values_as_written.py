"""A plan's numbers and days are read as people write them; what could mean two things is asked about, and nothing is saved."""

from datetime import date

import pytest
from django.urls import reverse

from activities.models import Activity
from tests.factories import ActivityFactory, MilestoneFactory, PriorityAreaFactory
from tests.support.plans import sent
from tests.support.sent_forms import Forms
from tests.support.stored import rows

pytestmark = pytest.mark.django_db
NEW = reverse("new_activity", args=["2023-2024"])


@rows
def plain(agreement, huge):
    return {
        "title": "Ljus längs stråket",
        "priority_area": PriorityAreaFactory().pk,
        "lead": huge.pk,
        "starts_on": "2024-02-01",
        "ends_on": "2024-12-31",
    }


@pytest.fixture
def save(samordnare, client_for, plain):
    client = client_for(samordnare)

    def save(**typed):
        return client.post(NEW, sent(client.get(NEW).context["form"]) | plain | typed)

    return save


def test_both_numbers_are_asked_about_and_the_chosen_ones_are_saved(save, samordnare, client_for):
    asked = save(measure="Kostnad", measure_unit="kr", baseline="1.200", target="12.600 kr")

    page = asked.content.decode().replace("\xa0", " ")
    assert "Utgångsvärde: Menar du 1 200 eller 1,2? Välj ett av talen." in page
    assert "Målvärde: Menar du 12 600 eller 12,6? Välj ett av talen." in page
    assert not Activity.objects.exists()

    kept = max((form for _, form in Forms(asked.content.decode()).found), key=len)
    again = client_for(samordnare).post(
        NEW, kept | {"baseline_menar": "1\xa0200", "target_menar": "12\xa0600"}
    )
    assert again.status_code == 302
    activity = Activity.objects.get()
    assert (activity.baseline, activity.target) == (1200, 12600)
    page = client_for(samordnare).get(f"{activity.get_absolute_url()}redigera/").content.decode()
    assert "Sparat som 12\xa0600\xa0kr</p>" in page
    assert "Sparat som 1\xa0200\xa0kr</p>" in page


def test_a_unit_that_is_not_the_measures_is_told(save):
    refused = save(measure="Kostnad", measure_unit="tkr", target="12 600 kr")
    assert refused.context["form"].errors == {
        "target": ["Måttet räknas i tkr, men du skrev kr. Skriv talet i tkr."]
    }


def test_a_measure_of_yes_or_no_is_written_in_words(save, samordnare, client_for):
    refused = save(measure="Utvärdering klar", measure_unit="ja/nej", baseline="nej", target="5")
    assert refused.context["form"].errors == {"target": ["Skriv ja eller nej."]}

    save(measure="Utvärdering klar", measure_unit="ja/nej", baseline="nej", target="Ja")
    activity, client = Activity.objects.get(), client_for(samordnare)
    address = f"{activity.get_absolute_url()}redigera/"
    form = client.get(address).context["form"]
    assert (activity.baseline, activity.target) == (0, 1)
    assert (form["baseline"].value(), form["target"].value()) == ("nej", "ja")

    client.post(address, sent(form) | {"baseline": "ja"})
    changes = client.get(f"{activity.get_absolute_url()}historik/").content.decode()
    assert "nej" in changes


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "days"),
    [
        ("1 februari 2024", "30/9", (date(2024, 2, 1), date(2024, 9, 30))),
        ("1.2.2024", "30 sept", (date(2024, 2, 1), date(2024, 9, 30))),
        ("24-02-01", "måndag 30 september 2024", (date(2024, 2, 1), date(2024, 9, 30))),
        ("29/2", "2024–09–30", (date(2024, 2, 29), date(2024, 9, 30))),
        ("den 1 november 2023", "31/12 2023", (date(2023, 11, 1), date(2023, 12, 31))),
    ],
)
def test_days_are_read_as_they_are_written(starts_on, ends_on, days, save):
    assert save(starts_on=starts_on, ends_on=ends_on).status_code == 302
    activity = Activity.objects.get()
    assert (activity.starts_on, activity.ends_on) == days


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"starts_on": "1/2"}, "starts_on", "Skriv också året: 1/2 2023 eller 1/2 2024."),
        (
            {"starts_on": "1/2 2023", "ends_on": "30/9"},
            "ends_on",
            "Skriv också året: 30/9 2023 eller 30/9 2024.",
        ),
        ({"ends_on": "2024-02-30"}, "ends_on", "Februari 2024 har 29 dagar."),
        (
            {"ends_on": "tisdag 30 september 2024"},
            "ends_on",
            "30 september 2024 är en måndag, inte en tisdag. Rätta dagen eller veckodagen.",
        ),
    ],
)
def test_a_day_that_could_be_two_or_none_is_told_once_and_stays(typed, field, sentence, save):
    refused = save(**typed)

    assert refused.context["form"].errors == {field: [sentence]}
    page = refused.content.decode()
    assert page.count(sentence) == 2  # in the list above the form, and at its field
    assert f'value="{typed[field]}"' in page
    assert not Activity.objects.exists()


def test_a_milestone_without_a_year_is_of_the_activitys_own_time_and_is_saved_once(
    samordnare, client_for, agreement
):
    activity = ActivityFactory(draft=True, starts_on=date(2024, 2, 1), ends_on=date(2024, 12, 31))
    MilestoneFactory(activity=activity, title="Kartlagt", due_on=date(2024, 3, 1))
    client, address = client_for(samordnare), f"{activity.get_absolute_url()}delmal/"
    filled = max((form for _, form in Forms(client.get(address).content.decode()).found), key=len)
    filled |= {"ny1-titel": "Upphandlat", "ny1-dag": "30/9"}

    assert client.post(address, filled).status_code == 302
    assert client.post(address, filled | {"submission": ""}).status_code == 302

    assert list(activity.milestones.filter(title="Upphandlat").values_list("due_on", flat=True)) == [
        date(2024, 9, 30)
    ]
