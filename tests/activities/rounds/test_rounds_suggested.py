"""The rounds suggested for an agreement's years, and planning them in one go."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from activities.models import Round
from activities.rounds import RoundPlan, suggested
from activities.rounds.actions import plan_rounds
from tests.factories import AgreementFactory, RoundFactory

LIST, SUGGEST = "/2023-2024/omgangar/", "/2023-2024/omgangar/foresla/"
FULL_YEAR = {
    "2024-12-31-ta-med": "on",
    "2024-12-31-opens_on": "1 januari 2025",
    "2024-12-31-due_on": "24 januari 2025",
}


@pytest.fixture
def client(client_for, samordnare, agreement):
    return client_for(samordnare)


def labels(agreement, today) -> list[str]:
    return [plan.label for plan in suggested(agreement, agreement.rounds.all(), today)]


@pytest.mark.django_db
def test_the_years_rhythm_opens_the_day_after_and_ends_on_a_friday(agreement):
    plans = suggested(agreement, [], date(2023, 1, 1))

    assert [(plan.label, plan.opens_on, plan.due_on) for plan in plans] == [
        ("Delår per 31 mars 2023", date(2023, 4, 1), date(2023, 4, 14)),
        ("Delår per 31 augusti 2023", date(2023, 9, 1), date(2023, 9, 15)),
        ("Helår 2023", date(2024, 1, 1), date(2024, 1, 19)),
        ("Delår per 31 mars 2024", date(2024, 4, 1), date(2024, 4, 12)),
        ("Delår per 31 augusti 2024", date(2024, 9, 1), date(2024, 9, 13)),
        ("Helår 2024", date(2025, 1, 1), date(2025, 1, 24)),
    ]
    assert {plan.due_on.weekday() for plan in plans} == {4}


@pytest.mark.django_db
def test_a_round_does_not_end_on_good_friday():
    agreement = AgreementFactory(next_period=True)

    plans = {plan.label: plan.due_on for plan in suggested(agreement, [], date(2025, 1, 1))}

    assert plans["Delår per 31 mars 2025"] == date(2025, 4, 17)
    assert plans["Delår per 31 augusti 2025"] == date(2025, 9, 12)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2024, 4, 12), "Delår per 31 mars 2024"),
        (date(2024, 4, 13), "Delår per 31 augusti 2024"),
        (date(2024, 9, 30), "Helår 2024"),
    ],
)
def test_what_can_no_longer_be_answered_in_time_is_not_suggested(today, first, agreement):
    assert labels(agreement, today)[0] == first
    assert labels(agreement, date(2025, 1, 25)) == []


@pytest.mark.django_db
def test_only_what_is_missing_and_meets_no_other_is_suggested(agreement):
    RoundFactory(as_of=date(2024, 3, 31), opens_on=date(2024, 4, 1), due_on=date(2024, 4, 12))
    RoundFactory(label="Egen", as_of=date(2024, 9, 5), opens_on=date(2024, 9, 6), due_on=date(2024, 9, 20))

    assert labels(agreement, date(2024, 1, 1)) == ["Helår 2023", "Helår 2024"]


@pytest.mark.django_db
def test_an_agreement_within_a_year_has_the_days_within_it():
    agreement = AgreementFactory(starts_on=date(2024, 4, 1), ends_on=date(2024, 11, 30))

    assert labels(agreement, date(2024, 1, 1)) == ["Delår per 31 augusti 2024"]


def test_a_new_agreement_begins_with_the_suggestion(client, agreement):
    page = client.get(LIST)

    assert [row.plan.label for row in page.context["form"].rows] == ["Helår 2024"]
    assert "Förslag för överenskommelsens år" in page.content.decode()


def test_one_button_plans_what_is_ticked_with_its_days_as_they_were_changed(client):
    response = client.post(SUGGEST, FULL_YEAR | {"2024-12-31-due_on": "2025-01-31"}, follow=True)

    round = Round.objects.get()
    assert (round.label, round.as_of) == ("Helår 2024", date(2024, 12, 31))
    assert (round.opens_on, round.due_on) == (date(2025, 1, 1), date(2025, 1, 31))
    assert "Planerat: Helår 2024." in response.content.decode()
    assert response.context["form"].rows == []


def test_sent_twice_it_is_planned_once(client):
    client.post(SUGGEST, FULL_YEAR)
    response = client.post(SUGGEST, FULL_YEAR, follow=True)

    assert Round.objects.count() == 1
    assert "Omgångarna är redan planerade." in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"2024-12-31-ta-med": ""}, None, "Kryssa för de omgångar som du vill planera."),
        (
            {"2024-12-31-opens_on": "snart"},
            "opens_on",
            "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024.",
        ),
        ({"2024-12-31-due_on": ""}, "due_on", "Skriv ett datum som 2024-08-30."),
        (
            {"2024-12-31-opens_on": "2025-01-02"},
            "opens_on",
            "Omgången öppnar senast dagen efter den som den gäller, alltså 1 januari 2025.",
        ),
        (
            {"2024-12-31-due_on": "2024-12-30"},
            "due_on",
            "Sista dagen kan inte vara före 1 januari 2025, då omgången öppnar.",
        ),
        (
            {"2024-12-31-due_on": "\0" * 9},
            "due_on",
            "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024.",
        ),
        (
            {"2024-12-31-due_on": "9" * 100_000},
            "due_on",
            "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024.",
        ),
    ],
)
def test_what_does_not_hold_is_told_at_its_field_and_nothing_is_planned(changes, field, sentence, client):
    response = client.post(SUGGEST, FULL_YEAR | changes)

    form = response.context["form"]
    errors = form[f"2024-12-31-{field}"].errors if field else form.non_field_errors()
    assert errors == [sentence]
    assert response.status_code == 200
    assert not Round.objects.exists()
    for name, value in changes.items():
        assert form[name].value() == (value if field else False)


def test_of_several_all_are_planned_or_none(agreement, samordnare):
    march = RoundPlan("Delår", date(2024, 3, 31), date(2024, 4, 1), date(2024, 4, 12))
    meets_it = RoundPlan("Egen", date(2024, 4, 5), date(2024, 4, 6), date(2024, 4, 20))

    with pytest.raises(Exception, match="möter Delår") as caught:
        plan_rounds(by=samordnare, agreement=agreement, today=date(2024, 1, 1), plans=[march, meets_it])
    assert list(caught.value.message_dict) == ["2024-04-05-opens_on"]
    assert not Round.objects.exists()


def test_nobody_else_plans_them(agreement, huge_rep, handlaggare):
    for user in (huge_rep, handlaggare):
        with pytest.raises(PermissionDenied):
            plan_rounds(
                by=user,
                agreement=agreement,
                today=date(2024, 1, 1),
                plans=suggested(agreement, [], date(2024, 1, 1)),
            )
