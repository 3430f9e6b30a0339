"""allauth's forms in our words: no placeholders, and one passphrase field that can be shown."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

EMAIL_LENGTH = 254  # RFC 5321; longer ones overflow the record of failures
PASSPHRASE_HINT = _("At least 8 characters; 15 or more are safer. A few unrelated words work well.")
CODE_HINT = _("Six digits from your authenticator app, or one of your recovery codes.")


def _reword(field: forms.Field, label: Any, hint: Any = "", **attrs: str) -> None:
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


def _one_new_passphrase(form: forms.Form) -> None:
    del form.fields["password2"]
    _reword(form.fields["password1"], _("New passphrase"), PASSPHRASE_HINT)


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(
            self.fields["login"],
            _("E-mail"),
            autocomplete="username",
            inputmode="email",
            autocapitalize="none",
            spellcheck="false",
        )
        login = self.fields["login"]
        login.validators.append(MaxLengthValidator(EMAIL_LENGTH))
        login.error_messages["required"] = _("Write your e-mail address.")
        _reword(self.fields["password"], _("Passphrase"))
        self.fields["password"].error_messages["required"] = _("Write your passphrase.")


class ConfirmPassphraseForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["password"], _("Passphrase"))


class AskForLinkForm(ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["email"], _("E-mail"), inputmode="email")


class NewPassphraseForm(ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _one_new_passphrase(self)


class FirstPassphraseForm(SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _one_new_passphrase(self)


class ChangePassphraseForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["oldpassword"], _("Current passphrase"))
        _one_new_passphrase(self)


class CodeForm(AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["code"], _("Code"), CODE_HINT)


class ConfirmByCodeForm(ReauthenticateByCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["code"], _("Code"), CODE_HINT)


class FirstCodeForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(
            self.fields["code"],
            _("Code"),
            _("Six digits that your authenticator app shows now."),
            inputmode="numeric",
        )
