"""Reference data that pages show: regulations and ways to reach the real service."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from content.domain import channel_link


def is_english() -> bool:
    return (get_language() or "").startswith("en")


class Regulation(models.Model):
    """A law or regulation, with its status and the day on which someone checked it."""

    class Status(models.TextChoices):
        IN_FORCE = "in_force", _("In force")
        REVOKED = "revoked", _("Revoked")

    key = models.SlugField(
        _("key"), unique=True, help_text=_("A short name that stays, for example “uu_25_2009”.")
    )
    title = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200)
    number = models.CharField(
        _("number"),
        max_length=100,
        help_text=_("Kind, number and year, for example “Undang-Undang Nomor 25 Tahun 2009”."),
    )
    status = models.CharField(_("status"), max_length=20, choices=Status)
    replaced_by = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("replaced by"),
        help_text=_("Only for a regulation that is no longer in force."),
    )
    role = models.TextField(
        _("what it governs"), help_text=_("One sentence in your own words, not a quotation.")
    )
    role_en = models.TextField(_("what it governs, in English"))
    checked_on = models.DateField(
        _("checked on"), help_text=_("The day on which someone last compared this with the source.")
    )
    source = models.CharField(
        _("source"),
        max_length=300,
        help_text=_("What was read: title, publisher and date. Say so if the full text was not."),
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("regulation")
        verbose_name_plural = _("regulations")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} – {self.localized_title}"

    @property
    def localized_title(self) -> str:
        return self.title_en if is_english() else self.title

    @property
    def localized_role(self) -> str:
        return self.role_en if is_english() else self.role


class OfficialChannel(models.Model):
    """A way to reach the real complaint service, and when someone last checked it."""

    class Kind(models.TextChoices):
        WEB = "web", _("Website")
        APP = "app", _("App")
        SMS = "sms", _("SMS")
        PHONE = "phone", _("Telephone")
        SOCIAL = "social", _("Social media")
        DESK = "desk", _("Counter")

    key = models.SlugField(
        _("key"), unique=True, help_text=_("A short name that stays, for example “app-android”.")
    )
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    address = models.CharField(
        _("address"),
        max_length=200,
        help_text=_("As people type it: a host name, a number, or the name in the app store."),
    )
    is_referral = models.BooleanField(
        _("help that is not a complaint channel"),
        default=False,
        help_text=_("For example the police or a protection service. It is listed separately."),
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("What people should know before they use it.")
    )
    note_en = models.TextField(_("note in English"), blank=True)
    source = models.CharField(
        _("source"), max_length=300, help_text=_("What was read: title, publisher and date.")
    )
    checked_on = models.DateField(
        _("checked on"), help_text=_("The day on which someone last compared this with the source.")
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("official channel")
        verbose_name_plural = _("official channels")
        ordering = ["is_referral", "pk"]

    def __str__(self) -> str:
        return self.localized_name

    @property
    def localized_name(self) -> str:
        return self.name_en if is_english() else self.name

    @property
    def localized_note(self) -> str:
        return self.note_en if is_english() else self.note

    @property
    def link(self) -> str:
        return channel_link(self.kind, self.address)
