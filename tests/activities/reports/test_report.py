"""The activities in the report: as of the day, from the responsible parties' follow-ups."""

from datetime import date

import pytest

from activities.states import State
from tests.factories import ActivityFactory, FollowUpFactory, RoundFactory
from tests.support.reports import AUGUST, MARCH, TODAY, entries, markup, report, words

pytestmark = pytest.mark.usefixtures("agreement")


# --- Which activities ----------------------------------------------------------------------------------------
def test_drafts_proposals_and_internal_activities_are_not_in_the_report():
    ActivityFactory(title="Beslutad", on_track=True)
    ActivityFactory(title="Ett utkast", draft=True)
    ActivityFactory(title="Ett förslag", proposed=True)
    ActivityFactory(title="En återlämnad", returned=True)
    ActivityFactory(title="Svaga lås", internal=True, off_track=True, follow_up__needed="Byt låsen.")

    made = report()

    assert list(entries(made)) == ["Beslutad"]
    assert made.summary.band.total == 1
    html = markup(made)
    assert [
        text
        for text in ("Ett utkast", "Ett förslag", "En återlämnad", "Svaga lås", "Byt låsen.")
        if text in html
    ] == []


def test_the_content_is_the_same_whoever_makes_it(client_for, handlaggare, samordnare, agreement):
    ActivityFactory(title="Belysning", at_risk=True)
    ActivityFactory(title="Svaga lås", internal=True, off_track=True)
    ActivityFactory(title="Ett utkast", draft=True)
    address = "/2023-2024/rapporter/forhandsvisning/?per=2024-08-31"

    made = [client_for(user).get(address).context["report"] for user in (handlaggare, samordnare)]

    assert made[0] == made[1]
    assert list(entries(made[0])) == ["Belysning"]


# --- As of the day --------------------------------------------------------------------------------------------
def test_the_figures_are_those_of_the_day():
    for state in ("on_track", "on_track", "at_risk", "off_track", "done", "cancelled"):
        ActivityFactory(**{state: True})
    silent = ActivityFactory(title="Tyst")
    FollowUpFactory(
        activity=silent, off_track=True, refers_on=date(2024, 9, 20), what_happened="Efter dagen."
    )

    made = report()

    assert {state.value: count for state, count in made.summary.band.counts.items()} == {
        "off_track": 1, "at_risk": 1, "on_track": 2, "not_started": 1, "done": 1, "cancelled": 1,
    }  # fmt: skip
    assert made.summary.headline == "Tre av sju aktiviteter är genomförda eller går enligt plan."
    assert entries(made)["Tyst"].state == State.NOT_STARTED
    assert "Efter dagen." not in markup(made)
    assert "Efter dagen." in markup(report(as_of=TODAY))


def test_late_and_silent_is_counted_on_the_day_and_not_when_the_report_is_made():
    RoundFactory()
    ActivityFactory(title="Slutade i september", on_track=True, ends_on=date(2024, 9, 15))
    ActivityFactory(title="Slutade i juni", on_track=True, ends_on=date(2024, 6, 30))

    assert [entry.title for entry in report().flagged if entry.is_overdue] == ["Slutade i juni"]
    assert [entry.title for entry in report(as_of=TODAY).flagged if entry.is_overdue] == [
        "Slutade i september",
        "Slutade i juni",
    ]


def test_an_activity_without_a_follow_up_in_the_round_says_so():
    round = RoundFactory()
    silent = ActivityFactory(title="Tyst", on_track=True, follow_up__refers_on=MARCH)
    ActivityFactory(title="Uppdaterad", on_track=True, follow_up__round=round)

    made = report()

    assert [entry.number for entry in made.flagged] == [silent.number]
    assert entries(made)["Tyst"].is_not_updated
    assert "En är inte uppdaterad i eller efter omgången Delår per 31 augusti 2024." in made.summary.sentences
    assert "Inte uppdaterad Senast om läget den 31 mars 2024" in words(made)


def test_what_has_not_started_in_time_is_counted_in_the_sentence_above_its_table():
    ActivityFactory(title="Skulle ha börjat", starts_on=date(2024, 5, 1))
    ActivityFactory(title="Går bra", on_track=True)

    made = report()

    assert made.summary.sentences == "En är inte påbörjad. En har sen start."
    assert (
        "Försenat, sent startat och inte uppdaterat Aktivitet Ansvarig part Orsak 1. Skulle ha börjat"
        in words(made)
    )


def test_before_the_first_round_nothing_is_called_silent():
    ActivityFactory(on_track=True, follow_up__refers_on=MARCH)

    made = report()

    assert made.flagged == ()
    assert "Ingen uppföljningsomgång hade öppnat." in " ".join(made.appendix.how)


@pytest.mark.parametrize(("as_of", "was_open"), [(MARCH, False), (AUGUST, True)])
def test_a_round_that_another_has_replaced_was_not_open_as_the_report_was_made(as_of, was_open):
    RoundFactory(as_of=MARCH, label="Våren", opens_on=date(2024, 4, 1), due_on=date(2024, 4, 12))
    RoundFactory()

    how = " ".join(report(as_of=as_of).appendix.how)

    assert ("Omgången var öppen när rapporten togs fram." in how) is was_open


# --- Follow-ups ---------------------------------------------------------------------------------------------
def test_what_was_corrected_or_taken_back_is_not_shown():
    corrected, withdrawn = ActivityFactory(title="Rättad"), ActivityFactory(title="Återtagen")
    wrong = FollowUpFactory(activity=corrected, off_track=True, what_happened="Fel uppgift.")
    FollowUpFactory(activity=corrected, at_risk=True, what_happened="Rätt uppgift.", replaces=wrong)
    FollowUpFactory(activity=withdrawn, at_risk=True, refers_on=MARCH, what_happened="Det första ordet.")
    undone = FollowUpFactory(activity=withdrawn, off_track=True, what_happened="Ångrat ord.")
    FollowUpFactory(activity=withdrawn, withdrawal=True, replaces=undone)

    made = report()

    assert {title: entry.state.value for title, entry in entries(made).items()} == {
        "Rättad": "at_risk",
        "Återtagen": "at_risk",
    }
    assert "Rätt uppgift." in markup(made)
    assert "Det första ordet." in markup(made)
    assert "Fel uppgift." not in markup(made)
    assert "Ångrat ord." not in markup(made)


def test_nothing_new_is_said_with_what_was_last_written():
    activity = ActivityFactory(title="Belysning")
    FollowUpFactory(
        activity=activity, at_risk=True, refers_on=MARCH, what_happened="Kabeln är av.", actual=12
    )
    FollowUpFactory(activity=activity, at_risk=True, what_happened="", unchanged=True)

    (entry,) = entries(report()).values()

    assert (entry.is_unchanged, entry.newest.refers_on) == (True, AUGUST)
    assert (entry.earlier.text, entry.earlier.refers_on) == ("Kabeln är av.", MARCH)
    assert "Inget nytt. 31 augusti 2024, Huge Senast skrivet: Kabeln är av. 31 mars 2024, Huge" in words(
        report()
    )


def test_a_function_speaks_and_never_a_person():
    on_behalf = {"on_behalf": True, "author__display_name": "Konto Ett", "author_title": "Samordnare"}
    ActivityFactory(
        on_track=True,
        follow_up__what_happened="Av parten.",
        follow_up__author__display_name="Konto Två",
        follow_up__author_title="Områdeschef",
    )
    ActivityFactory(
        on_track=True,
        follow_up__what_happened="Åt parten.",
        **{f"follow_up__{name}": value for name, value in on_behalf.items()},
    )

    read = words(report())

    assert "Av parten. 31 augusti 2024, Huge, Områdeschef" in read
    assert "Åt parten. 31 augusti 2024, Huge, antecknat av samordnaren" in read
    assert "Konto Ett" not in read
    assert "Konto Två" not in read


def test_the_outcome_is_the_last_known_value_between_its_start_and_its_goal():
    measured = {"measure": "Lyktor som lyser", "measure_unit": "procent", "baseline": 62, "target": 90}
    activity = ActivityFactory(title="Belysning", **measured)
    FollowUpFactory(activity=activity, on_track=True, refers_on=MARCH, actual=71.5)
    FollowUpFactory(activity=activity, done=True)

    (entry,) = entries(report()).values()

    assert (entry.outcome.actual, entry.outcome.baseline, entry.outcome.target) == (
        "71,5\u00a0%",
        "62\u00a0%",
        "90\u00a0%",
    )
    assert (entry.outcome.actual_on, entry.attainment) == (MARCH, "Uppnått")
    assert "Lyktor som lyser: 71,5 % , mål 90 %, utgångsvärde 62 %. Målet uppnått. 31 mars 2024" in words(
        report()
    )


@pytest.mark.parametrize(("length", "may_break"), [(500, False), (501, True)])
def test_an_entry_too_long_for_a_page_may_be_broken_over_two(length, may_break):
    ActivityFactory(goal="", at_risk=True, follow_up__what_happened="a" * length)

    assert ("report-long" in markup(report())) is may_break


@pytest.mark.parametrize(("length", "is_cut"), [(400, False), (401, True)])
def test_what_is_needed_is_cut_in_the_summary_where_it_would_fill_the_page(length, is_cut):
    ActivityFactory(off_track=True, follow_up__needed="a" * length)

    made = report()

    assert ("Hela texten står vid aktiviteten." in words(made)) is is_cut
    assert markup(made).count("a" * length) == (1 if is_cut else 2)


# --- What replaces what --------------------------------------------------------------------------------------
def test_an_activity_says_what_it_replaces_and_why_and_the_other_what_came_instead():
    old = ActivityFactory(title="Den gamla", cancelled=True)
    ActivityFactory(title="Den nya", on_track=True, replaces=old, replace_reason="Anslaget räckte inte.")

    read = words(report())

    assert "Ersätter 1. Den gamla. Anslaget räckte inte." in read
    assert "Ersatt av 2. Den nya" in read


@pytest.mark.parametrize("hidden", ["internal", "draft", "proposed"])
def test_what_a_report_does_not_tell_of_is_not_named_as_replacing_or_replaced(hidden):
    seen = ActivityFactory(title="Den som syns", on_track=True)
    ActivityFactory(title="Hemlig ny", replaces=seen, replace_reason="Kameran flyttas.", **{hidden: True})
    secret = ActivityFactory(title="Hemlig gammal", **{hidden: True})
    ActivityFactory(title="Följd", on_track=True, replaces=secret, replace_reason="Låset är bytt.")

    html = markup(report())

    assert [said for said in ("Hemlig", "Ersätter", "Ersatt av", "Kameran", "Låset") if said in html] == []


def test_what_replaces_is_named_though_the_report_is_about_something_else(polisen):
    old = ActivityFactory(title="Den gamla", cancelled=True)
    ActivityFactory(
        title="Den nya", lead=polisen, on_track=True, replaces=old, replace_reason="Polisen tar över."
    )

    assert "Ersatt av 2. Den nya" in words(report(about="part:huge"))
    assert "Ersätter 1. Den gamla. Polisen tar över." in words(report(about="part:polisen"))


def test_what_was_agreed_after_the_day_is_neither_shown_nor_counted_nor_named():
    september = {"lead_yes_on": date(2024, 9, 2), "coordinator_yes_on": date(2024, 9, 2)}
    old = ActivityFactory(title="Den gamla", on_track=True)
    ActivityFactory(
        title="Den nya", on_track=True, replaces=old, replace_reason="Anslaget räckte inte.", **september
    )

    made = report()

    assert list(entries(made)) == ["Den gamla"]
    assert "Den nya" not in markup(made)
    assert "Den redovisar 1 aktivitet och bygger på 1 uppföljning" in words(made)
    assert "Ersatt av 2. Den nya" in words(report(as_of=TODAY))
