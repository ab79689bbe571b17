"""The administration's forms for places and sources."""

from priorities.models import Place, Source
from samverkan.lib.administration import ActionForm


class PlaceForm(ActionForm):
    class Meta:
        model = Place
        fields = ("name", "district", "external_code")
        help_texts = {
            "district": "Den kommundel som platsen ligger i. Tom för en kommundel.",
            "external_code": "Till exempel ett områdes kod i statistiken.",
        }
        error_messages = {"name": {"required": "Skriv platsens namn."}}


class SourceForm(ActionForm):
    class Meta:
        model = Source
        fields = ("name", "publisher", "kind")
        error_messages = {
            "name": {"required": "Skriv källans namn."},
            "kind": {"required": "Välj slag."},
        }
