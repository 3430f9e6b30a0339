"""Pages that anyone may read."""

from datetime import date
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.timezone import localdate  # noqa: TID251 – a page is its own view
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from content.blocks import TEXT_FEATURES, ListedText, ReadingBody, SourceBlock, StepsBlock
from content.domain import is_open, opening

WRITING_HELP = _(
    "<p>Before you write: for whom is it, and what is the one aim? At most 800 words. "
    "An example comes before the rule. Numbers of days, regulations and telephone numbers are "
    "never typed: place the data block.</p>"
)


def today() -> date:
    """Read the clock, as views do: Wagtail lets a page answer for itself."""
    return localdate()


class HomePage(Page):
    """The front door: one way in for officers, one for citizens."""

    is_public = True
    lead = models.TextField(
        _("lead"), help_text=_("Two sentences: what officers and what citizens find here.")
    )
    not_channel = models.TextField(
        _("what this site is not"),
        help_text=_("Say that this is no complaint channel, and where people can report instead."),
    )
    officer_title = models.CharField(_("title for officers"), max_length=80)
    officer_text = models.TextField(_("text for officers"))
    citizen_title = models.CharField(_("title for citizens"), max_length=80)
    citizen_text = models.TextField(_("text for citizens"))
    points = StreamField([("points", StepsBlock())], verbose_name=_("how it works"), max_num=1)

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("not_channel"),
        MultiFieldPanel(
            [FieldPanel("officer_title"), FieldPanel("officer_text")], heading=_("Officers")
        ),
        MultiFieldPanel(
            [FieldPanel("citizen_title"), FieldPanel("citizen_text")], heading=_("Citizens")
        ),
        FieldPanel("points"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    template = "content/home.html"

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        campaigns = CampaignPage.objects.live().descendant_of(self)
        context["campaigns"] = [page for page in campaigns if page.is_open_on(today())][:3]
        return context


class ArticlePage(Page):
    """A plain page: about, help, privacy, how to report."""

    is_public = True
    intro = models.TextField(
        _("introduction"), help_text=_("One or two sentences: what readers find on this page.")
    )
    body = StreamField(ReadingBody(), verbose_name=_("body"))
    show_in_footer = models.BooleanField(_("show in the footer"), default=False)
    override_translatable_fields = [SynchronizedField("show_in_footer", overridable=False)]

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
        FieldPanel("show_in_footer"),
    ]
    parent_page_types = ["content.HomePage"]
    subpage_types: list[str] = []
    template = "content/article.html"

    class Meta:
        verbose_name = _("article")


class CampaignIndexPage(Page):
    is_public = True
    intro = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.CampaignPage"]
    max_count_per_parent = 1
    template = "content/campaign_index.html"

    class Meta:
        verbose_name = _("campaign list")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        campaigns = CampaignPage.objects.live().child_of(self)
        context["campaigns"] = [page for page in campaigns if page.is_open_on(today())]
        context["other_campaigns"] = [p for p in campaigns if p not in context["campaigns"]]
        return context


class CampaignPage(Page):
    """One message for one audience, with one thing to do."""

    is_public = True
    audience = models.CharField(
        _("for whom"),
        max_length=100,
        help_text=_("One group, for example “Young people of 17 to 25”."),
    )
    message = models.CharField(
        _("message"),
        max_length=150,
        help_text=_("What people should remember tomorrow, in one sentence."),
    )
    summary = StreamField(
        ListedText(),
        verbose_name=_("three lines"),
        max_num=3,
        help_text=_("For those who read no further. They are also printed on the poster."),
    )
    can_report = StreamField(
        ListedText(),
        verbose_name=_("what you can report"),
        help_text=_("Things from daily life, for example “A street light that stays dark”."),
    )
    cannot_report = StreamField(
        ListedText(),
        verbose_name=_("what belongs elsewhere"),
        help_text=_("Each line says where to go instead."),
    )
    body = StreamField(ReadingBody(), verbose_name=_("body"))
    easy_read = RichTextField(
        _("easy language"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_(
            "At most twelve words a sentence, one idea each, no figures of speech. "
            "Let people with an intellectual disability check it before you publish."
        ),
    )
    call_to_action = models.CharField(
        _("call to action"),
        max_length=80,
        help_text=_("The words on the button that leads to “How to report”."),
    )
    quick_exit = models.BooleanField(
        _("offer a quick exit"),
        default=False,
        help_text=_("For readers who may be watched: a button that replaces the page at once."),
    )
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(
        _("closes on"), null=True, blank=True, help_text=_("Leave empty if it has no end.")
    )
    sources = StreamField([("source", SourceBlock())], verbose_name=_("sources"), blank=True)
    reviewed_on = models.DateField(
        _("reviewed on"), help_text=_("The day on which someone last read the whole page.")
    )

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    HelpPanel(WRITING_HELP),
                    *Page.content_panels,
                    FieldPanel("audience"),
                    FieldPanel("message"),
                    FieldPanel("summary"),
                    FieldPanel("can_report"),
                    FieldPanel("cannot_report"),
                    FieldPanel("body"),
                    FieldPanel("call_to_action"),
                ],
                heading=_("Content"),
            ),
            ObjectList([FieldPanel("easy_read")], heading=_("Easy language")),
            ObjectList(
                [
                    FieldPanel("opens_on"),
                    FieldPanel("closes_on"),
                    FieldPanel("quick_exit"),
                    FieldPanel("sources"),
                    FieldPanel("reviewed_on"),
                ],
                heading=_("Dates and sources"),
            ),
            ObjectList(Page.promote_panels, heading=_("Publish")),
        ]
    )
    override_translatable_fields = [
        SynchronizedField("opens_on", overridable=False),
        SynchronizedField("closes_on", overridable=False),
        SynchronizedField("quick_exit", overridable=False),
        SynchronizedField("sources"),
    ]
    parent_page_types = ["content.CampaignIndexPage"]
    subpage_types: list[str] = []
    template = "content/campaign.html"
    versions = {"mudah": "content/campaign_easy.html", "poster": "content/campaign_poster.html"}
    preview_modes = [
        ("", _("Campaign")),
        ("mudah", _("Easy language")),
        ("poster", _("Poster")),
    ]

    class Meta:
        verbose_name = _("campaign")

    def is_open_on(self, today: date) -> bool:
        return is_open(self.opens_on, self.closes_on, today)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return self.version_template(request.GET.get("versi", ""))

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return self.version_template(mode_name)

    def version_template(self, version: str) -> str:
        if version == "mudah" and not self.easy_read:
            return self.template
        return self.versions.get(version, self.template)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["opening"] = opening(self.opens_on, self.closes_on, today())
        return context


class RegionIndexPage(Page):
    is_public = True
    intro = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.RegionPage"]
    max_count_per_parent = 1
    template = "content/region_index.html"

    class Meta:
        verbose_name = _("region list")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["regions"] = RegionPage.objects.live().child_of(self)
        return context


class RegionPage(Page):
    """A pilot region. Every statement of fact has a source."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Province")
        REGENCY = "regency", _("Regency")
        CITY = "city", _("City")

    is_public = True
    code = models.CharField(
        _("official code"), max_length=10, help_text=_("As in the list of regions, “51.03”.")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    time_zone = models.CharField(
        _("time zone"),
        max_length=30,
        choices=[("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT")],
    )
    local_terms = models.CharField(
        _("local terms"),
        max_length=200,
        blank=True,
        help_text=_("Words that a report from here may use, for example “nagari, jorong”."),
    )
    summary = models.TextField(_("summary"), max_length=300)
    body = StreamField(ReadingBody(), verbose_name=_("body"))
    sources = StreamField(
        [("source", SourceBlock())],
        verbose_name=_("sources"),
        min_num=1,
        help_text=_("Every statement of fact on this page needs one."),
    )

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("code"),
                FieldPanel("kind"),
                FieldPanel("time_zone"),
                FieldPanel("local_terms"),
            ],
            heading=_("Region"),
        ),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("sources"),
    ]
    override_translatable_fields = [
        SynchronizedField("code", overridable=False),
        SynchronizedField("local_terms", overridable=False),
        SynchronizedField("sources"),
    ]
    parent_page_types = ["content.RegionIndexPage"]
    subpage_types: list[str] = []
    template = "content/region.html"

    class Meta:
        verbose_name = _("region")
