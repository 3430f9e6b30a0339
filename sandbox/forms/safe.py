"""Free texts refuse real people's data, whoever types them; nothing typed is ever lost."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BlockField

from ..domain.privacy import personal_data_in
from ..labels import PERSONAL_DATA_LABELS


class SafeTexts(forms.BaseForm):
    """For any form whose texts people read in the practice room.

    `checked_elsewhere` names texts that are looked at more closely, such as line by line.
    """

    checked_elsewhere: ClassVar[tuple[str, ...]] = ()

    @property
    def free_texts(self) -> list[str]:
        return [
            name
            for name, field in self.fields.items()
            if type(field) in (forms.CharField, BlockField) and not field.widget.is_hidden
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in self.free_texts:
            typed = cleaned.get(name)
            is_new = typed != self.get_initial_for_field(self.fields[name], name)
            if not is_new or name in self.checked_elsewhere:
                continue
            if found := personal_data_in(", ".join(texts_in(typed))):
                self.add_error(name, personal_data_message(found))
        return cleaned


def texts_in(value: Any) -> Iterator[str]:
    """Yield the texts that a field's value holds, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)


def personal_data_message(found: Iterable[Any]) -> forms.ValidationError:
    kinds = get_text_list([str(PERSONAL_DATA_LABELS[kind]) for kind in sorted(found)])
    return forms.ValidationError(
        _(
            "This looks like %(kinds)s. Take it out: real people's data have no place in "
            "the practice room."
        ),
        params={"kinds": kinds},
    )
