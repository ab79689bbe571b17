"""What a contributor is telling is not lost when a colleague says no for the party meanwhile."""

from activities.contributions.actions import decline_contribution
from activities.models import Contribution, FollowUp
from tests.factories import ActivityFactory, ContributionFactory


def test_what_was_being_told_while_a_colleague_declined_is_saved(
    agreement, polisen, polis_rep, now, client_for
):
    part, client = ContributionFactory(activity=ActivityFactory(), party=polisen), client_for(polis_rep)
    address = f"{part.activity.get_absolute_url()}medverkan/polisen/"
    form = client.get(address).context["page"].done
    sent = {name: form[name].value() for name in form.carried} | {"gjort": "1"}
    decline_contribution(contribution=part, by=polis_rep, at=now, reason="Vi hinner inte.")

    refused = client.post(address, sent | {"what_happened": "Samtal med 19811218-9876."})
    assert "Samtal med 19811218-9876." in refused.content.decode()
    told = client.post(address, sent | {"what_happened": "Tolv kvällar."}, follow=True)

    assert "Tolv kvällar." in told.content.decode()
    assert FollowUp.objects.get().what_happened == "Tolv kvällar."
    assert Contribution.objects.get().declined_on is not None
