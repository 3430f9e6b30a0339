from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .domain import CODE_LENGTH, normalized_code
from .labels import REASON_LABELS


class CodeForm(forms.Form):
    """The address of a lookup is printed and kept, so its parameter has an Indonesian name."""

    kode = forms.CharField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy(
            "26 letters and digits, at the bottom of the certificate. "
            "Capitals, spaces and dashes do not matter."
        ),
        error_messages={"required": gettext_lazy("Type the code from the certificate.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_kode(self) -> str:
        code = normalized_code(self.cleaned_data["kode"])
        if len(code) != CODE_LENGTH:
            raise forms.ValidationError(
                _("The code has %(expected)s letters and digits. You typed %(typed)s."),
                params={"expected": CODE_LENGTH, "typed": len(code)},
            )
        return code


class RevokeForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=list(REASON_LABELS.items()),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Anybody who checks the certificate reads this sentence."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note for the register"),
        help_text=gettext_lazy("What happened and who decided. Only shown in the register."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )
