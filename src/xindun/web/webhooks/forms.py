"""An endpoint's address, topics and note."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from xindun.connectors.webhooks.rules import NOTE_LENGTH
from xindun.connectors.webhooks.values import TOPICS, Endpoint
from xindun.kit.addresses import URL_LENGTH
from xindun.web.words import said


class EndpointForm(forms.Form):
    """What a person says about an endpoint; the action judges the address."""

    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=URL_LENGTH,
        widget=forms.URLInput(
            attrs={
                "class": "form-control",
                "placeholder": "https://example.com/webhooks/xindun",
                "autocomplete": "off",
            }
        ),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.TextInput(
            attrs={"class": "form-control", "placeholder": gettext_lazy("Who reads this, and why")}
        ),
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Topics"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: all topics, also those that come later."),
    )

    def __init__(self, *args: Any, endpoint: Endpoint | None = None, **kwargs: Any) -> None:
        if endpoint is not None:
            kwargs["initial"] = {
                "url": endpoint.url,
                "note": endpoint.note,
                "topics": list(endpoint.topics),
            }
        super().__init__(*args, **kwargs)
        topics = cast("forms.MultipleChoiceField", self.fields["topics"])
        topics.choices = [(name, f"{name}: {said(text)}") for name, text in TOPICS.items()]

    def chosen(self) -> dict[str, Any]:
        """The answers by the names of the action's arguments."""
        return {name: self.cleaned_data[name] for name in ("url", "topics", "note")}
