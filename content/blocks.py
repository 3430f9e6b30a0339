"""Blocks that make up what is read: in campaigns, region pages, articles and lessons."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

TEXT_FEATURES = ["h2", "h3", "bold", "ul", "ol", "link", "document-link"]


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label=_("Title"),
        max_length=80,
        help_text=_("What it is about, for example “In danger now?”."),
    )
    text = blocks.TextBlock(label=_("Text"), help_text=_("At most three sentences."))

    class Meta:
        label = _("Important box")
        description = _("One thing that must not be missed; at most two on a page.")
        icon = "warning"
        template = "content/blocks/callout.html"


class DoDontBlock(blocks.StructBlock):
    do = blocks.ListBlock(
        blocks.CharBlock(label=_("Line")),
        label=_("Do"),
        help_text=_("Start with a verb, for example “Name the place with a landmark.”."),
    )
    dont = blocks.ListBlock(
        blocks.CharBlock(label=_("Line")),
        label=_("Don't"),
        help_text=_("What people often do instead; without blame."),
    )

    class Meta:
        label = _("Do and don't")
        description = _("Two short lists side by side.")
        icon = "tick"
        template = "content/blocks/do_dont.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label=_("Title"),
        max_length=100,
        help_text=_("One action, for example “Keep the tracking number”."),
    )
    text = blocks.TextBlock(label=_("Text"))

    class Meta:
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    items = blocks.ListBlock(StepBlock(), label=_("Steps"))

    class Meta:
        label = _("Steps")
        description = _("Numbered steps, in the order in which people take them.")
        icon = "list-ol"
        template = "content/blocks/steps.html"


class ExampleBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=100)
    report = blocks.TextBlock(
        label=_("Invented report"),
        help_text=_("Never a real complaint, not even a changed one. No names of real people."),
    )
    explanation = blocks.TextBlock(
        label=_("Explanation"), help_text=_("What the example shows, in two or three sentences.")
    )

    class Meta:
        label = _("Example case")
        description = _("An invented report and what it teaches. It comes before the rule.")
        icon = "doc-full"
        template = "content/blocks/example.html"


class SelfCheckBlock(blocks.StructBlock):
    question = blocks.TextBlock(
        label=_("Question"), help_text=_("One that can be answered from what was just read.")
    )
    answer = blocks.TextBlock(
        label=_("Answer"), help_text=_("The answer and the reason; hidden until it is opened.")
    )

    class Meta:
        label = _("Check yourself")
        description = _("A question whose answer opens on the page. It is not marked.")
        icon = "help"
        template = "content/blocks/self_check.html"


class TermBlock(blocks.StructBlock):
    term = blocks.CharBlock(label=_("Term"), max_length=80)
    meaning = blocks.TextBlock(label=_("Meaning"))

    class Meta:
        label = _("Term")
        description = _("A word that readers need, and what it means here.")
        icon = "openquote"
        template = "content/blocks/term.html"


class RegulationsBlock(blocks.ListBlock):
    """Regulations by reference: their numbers and status are data, never prose."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(SnippetChooserBlock("content.Regulation"), **kwargs)

    class Meta:
        label = _("Regulations (data)")
        description = _("Numbers and status come from the reference data, never from the text.")
        icon = "clipboard-list"
        template = "content/blocks/regulations.html"


class ChannelsBlock(blocks.StaticBlock):
    """All official channels, as the data says today."""

    class Meta:
        label = _("Official channels (data)")
        icon = "mail"
        description = _("Addresses and numbers come from the reference data.")
        admin_text = _("Shows the official channels and where else to find help.")
        template = "content/blocks/channels.html"


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(
        label=_("Caption"),
        required=False,
        help_text=_("What the picture shows, if it is not plain."),
    )

    class Meta:
        label = _("Picture")
        description = _("Never a picture of a victim or of a real complaint.")
        icon = "image"
        template = "content/blocks/picture.html"


class SourceBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title, publisher and date"), max_length=300)
    read_on = blocks.DateBlock(label=_("Date read"))

    class Meta:
        label = _("Source")
        icon = "link"
        template = "content/blocks/source.html"


class ListedText(blocks.StreamBlock):
    item = blocks.CharBlock(label=_("Line"), icon="list-ul", max_length=200)


class ReadingBody(blocks.StreamBlock):
    paragraph = blocks.RichTextBlock(label=_("Paragraph"), icon="pilcrow", features=TEXT_FEATURES)
    callout = CalloutBlock()
    do_dont = DoDontBlock()
    steps = StepsBlock()
    example = ExampleBlock()
    self_check = SelfCheckBlock()
    term = TermBlock()
    regulations = RegulationsBlock()
    channels = ChannelsBlock()
    picture = PictureBlock()
