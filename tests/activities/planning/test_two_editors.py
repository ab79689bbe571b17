"""Two people change the same plan: fields that one changed are merged, those that both changed are shown side by side."""

from datetime import date

import pytest
from django.urls import reverse

from activities.models import Activity, Contribution
from tests.factories import (
    ActivityFactory,
    ContributionFactory,
    FocusAreaFactory,
    MilestoneFactory,
    NeedFactory,
    UserFactory,
)
from tests.support.as_sent import as_sent
from tests.support.plans import sent
from tests.support.stored import rows
from tests.support.valid_html import faults_in

OCTOBER = date(2024, 10, 15)


@rows
def draft(agreement, huge_rep, polisen):
    return ActivityFactory(
        draft=True, needs=[NeedFactory(problem="Mörkt.")], contributors=[polisen], goal="Ljust."
    )


@pytest.fixture
def meet(huge_rep, samordnare, client_for):
    """Both open the page and the coordinator saves first. Returns the party's browser and the page it gets when saving."""

    def met(address, *, mine, theirs, read=sent):
        client, other = client_for(huge_rep), client_for(samordnare)
        opened = read(client.get(address).context["form"])
        assert other.post(address, read(other.get(address).context["form"]) | theirs).status_code == 302
        return client, client.post(address, opened | mine)

    return met


def shown(page):
    merged = page.context["form"].merged
    return [[each.label for each in group] for group in (merged.both, merged.taken, merged.kept)]


def test_a_plan_is_met_field_by_field_and_its_lists_as_text(draft, meet, agreement, tmp_path):
    need, other = NeedFactory(problem="Öde."), NeedFactory(problem="Stökigt.")
    place = FocusAreaFactory()
    address = reverse("edit_activity", args=["2023-2024", draft.number])

    client, page = meet(
        address,
        mine={"goal": "Ljust 2024.", "needs": [need.pk], "title": "Min titel"},
        theirs={
            "goal": "Ljust i december.",
            "needs": [need.pk, other.pk],
            "focus_areas": [place.pk],
            "ends_on": "2024-11-30",
            "is_recurring": "on",
        },
    )

    assert shown(page) == [
        ["Behov", "Mätbart mål"],
        ["Geografiska områden", "Slut", "Återkommande"],
        ["Namn"],
    ]
    form, text = page.context["form"], page.content.decode()
    assert form["needs"].theirs.lines == ["Öde.", "Stökigt."]
    assert form["goal"].theirs.who.startswith("Samordnare trygghet, 30 september 2024 kl. ")
    assert "Samordnare trygghet ändrade" in text
    assert "<li>Stökigt.</li>" in text
    assert form.is_more_open
    assert Activity.objects.get().goal == "Ljust i december."
    (tmp_path / "stale.html").write_bytes(page.content)
    assert faults_in([tmp_path / "stale.html"]) == []

    assert client.post(address, sent(form)).status_code == 302
    saved = Activity.objects.get()
    assert (saved.title, saved.goal, saved.ends_on.isoformat()) == ("Min titel", "Ljust 2024.", "2024-11-30")
    assert (saved.is_recurring, list(saved.needs.all()), saved.focus_areas.count()) == (True, [need], 1)
    assert saved.past.filter(goal="Ljust i december.").exists()


def test_reporters_and_contributors_that_only_the_other_chose_are_kept(draft, meet, huge, kommunen):
    reporter = UserFactory(representative=True, party=huge, email="ny@example.com", title="Fastighetschef")
    address = reverse("edit_activity", args=["2023-2024", draft.number])

    client, page = meet(
        address,
        mine={"title": "Min titel"},
        theirs={"reporters": [reporter.pk], "contributors": [kommunen.pk], "target": "12,5"},
    )

    assert shown(page) == [[], ["Medverkande parter", "Målvärde", "Rapportörer"], ["Namn"]]
    client.post(address, sent(page.context["form"]))
    saved = Activity.objects.get()
    assert (list(saved.reporters.all()), list(saved.contributors.all())) == ([reporter], [kommunen])
    assert (str(saved.target), saved.title) == ("12.500", "Min titel")


def test_a_plan_that_is_sent_twice_is_not_refused_as_stale(draft, huge_rep, client_for):
    client, address = client_for(huge_rep), reverse("edit_activity", args=["2023-2024", draft.number])
    data = sent(client.get(address).context["form"]) | {"title": "Min titel"}

    assert [client.post(address, data).status_code for _ in range(2)] == [302, 302]
    assert Activity.objects.get().version == 2


def test_milestones_are_met_row_by_row(draft, meet):
    mine, theirs, gone = (
        MilestoneFactory(activity=draft, title=title, due_on=OCTOBER) for title in ("Ett", "Två", "Tre")
    )
    address = reverse("edit_milestones", args=["2023-2024", draft.number])

    client, page = meet(
        address,
        read=as_sent,
        mine={f"m{mine.pk}-titel": "Mitt ett"},
        theirs={
            f"m{mine.pk}-titel": "Deras ett",
            f"m{theirs.pk}-dag": "2024-11-30",
            f"m{gone.pk}-bort": "on",
            "ny1-titel": "Fyra",
            "ny1-dag": "2024-12-01",
        },
    )

    both, taken, _ = shown(page)
    assert both == ["Delmål ”Deras ett”"]
    assert taken == ["Klart senast, ”Två”", "Delmål ”Fyra”", "Klart senast, ”Fyra”"]
    assert page.context["form"].merged.gone == ["Tre"]
    assert client.post(address, as_sent(page.context["form"])).status_code == 302
    stored = {(each.title, str(each.due_on)) for each in draft.milestones.all()}
    assert stored == {("Mitt ett", "2024-10-15"), ("Två", "2024-11-30"), ("Fyra", "2024-12-01")}


def test_a_milestone_that_another_has_removed_stands_in_a_new_row_when_it_was_changed(draft, meet):
    gone = MilestoneFactory(activity=draft, title="Ett", due_on=OCTOBER)
    address = reverse("edit_milestones", args=["2023-2024", draft.number])

    client, page = meet(
        address,
        read=as_sent,
        mine={f"m{gone.pk}-titel": "Mitt ett"},
        theirs={f"m{gone.pk}-bort": "on"},
    )

    text = page.content.decode()
    assert "Samordnare trygghet tog bort delmålet ”Ett” den 30 september 2024" in text
    assert "Det står nu i en ny rad, och sparas som nytt:</p>\n        <ul><li>Mitt ett</li></ul>" in text
    assert "rör inget av det som står här" not in text
    assert "Bara du har ändrat" not in text
    assert client.post(address, as_sent(page.context["form"])).status_code == 302
    assert [str(each) for each in draft.milestones.all()] == ["Mitt ett"]


def test_the_first_milestones_of_both_stand(draft, meet):
    address = reverse("edit_milestones", args=["2023-2024", draft.number])
    mine, theirs = ({"ny1-titel": title, "ny1-dag": "2024-11-30"} for title in ("Min första", "Deras första"))

    client, page = meet(address, read=as_sent, mine=mine, theirs=theirs)

    assert shown(page)[1] == ["Delmål ”Deras första”", "Klart senast, ”Deras första”"]
    assert client.post(address, as_sent(page.context["form"])).status_code == 302
    assert {str(each) for each in draft.milestones.all()} == {"Min första", "Deras första"}


def test_what_a_contributing_party_does_stands_beside_what_the_coordinator_wrote(
    agreement, polis_rep, polisen, samordnare, client_for
):
    part = ContributionFactory(activity=ActivityFactory(on_track=True), party=polisen, what="Vi går.")
    address = reverse("contribution", args=["2023-2024", part.activity.number, polisen.slug])
    client, other = client_for(polis_rep), client_for(samordnare)
    opened = as_sent(client.get(address).context["page"].part)
    theirs = as_sent(other.get(address).context["page"].part) | {"what": "Vi går varje fredag."}
    assert other.post(address, theirs).status_code == 302

    page = client.post(address, opened | {"what": "Vi går på kvällen."})

    form = page.context["form"]
    assert shown(page) == [["Vad gör ni i aktiviteten?"], [], []]
    assert form["what"].theirs.who.startswith("Samordnare trygghet, ")
    assert client.post(address, as_sent(form)).status_code == 302
    assert Contribution.objects.get().what == "Vi går på kvällen."
