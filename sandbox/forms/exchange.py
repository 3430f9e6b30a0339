"""Files that sites exchange: chosen by a person, and carried from their preview to the store."""

import zlib
from base64 import b85decode, b85encode
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..domain.exchange import LARGEST
from ..domain.rules import NotAPack

TOML = ".toml,application/toml,text/plain"


class Exchanged(forms.Form):
    """`content` is what a file holds once the form is valid.

    `read` returns what a file holds, or raises NotAPack; `say` puts that into words.
    """

    read: Any  # static: from bytes to what they hold
    say: Any  # static: from a Problem to words
    content: dict[str, Any]

    def take(self, raw: bytes) -> bytes:
        try:
            self.content = self.read(raw)
        except NotAPack as error:
            raise forms.ValidationError(self.say(error.problem)) from error
        return raw


class ChosenFileForm(Exchanged):
    file = forms.FileField(widget=forms.FileInput(attrs={"accept": TOML}))
    label: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = self.label

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:  # before it is read
            problem = NotAPack("too_large", most=LARGEST // 1024).problem
            raise forms.ValidationError(self.say(problem))
        return self.take(file.read())


class PreviewedFileForm(Exchanged):
    packed = forms.CharField(widget=forms.HiddenInput, strip=False)

    def clean_packed(self) -> bytes:
        return self.take(unpacked(self.cleaned_data["packed"]))


def packed(raw: bytes) -> str:
    """Return a file's bytes as text that a form can carry; all that ships is two megabytes."""
    return b85encode(zlib.compress(raw, 9)).decode()


def unpacked(text: str) -> bytes:
    """Return the bytes again, no more of them than a file may have."""
    try:
        raw = zlib.decompressobj().decompress(b85decode(text), LARGEST + 1)
    except (ValueError, zlib.error) as error:
        raise forms.ValidationError(_("Choose the file again.")) from error
    return raw
