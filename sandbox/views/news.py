"""What happened while the clock moved, in words."""

from collections.abc import Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from ..domain.replay import code_of
from ..domain.workflow import Action
from ..models import Run
from ..selectors import Notice

NEWS_WORDS = {
    (Action.SUBMIT,): ngettext_lazy("%(n)d new report came in.", "%(n)d new reports came in.", "n"),
    (Action.COMPLETE,): ngettext_lazy(
        "%(n)d reporter completed a report.", "%(n)d reporters completed their reports.", "n"
    ),
    (Action.REPLY,): ngettext_lazy(
        "%(n)d reporter replied to an answer.", "%(n)d reporters replied to an answer.", "n"
    ),
    (Action.WRITE,): ngettext_lazy(
        "%(n)d message came from a reporter.", "%(n)d messages came from reporters.", "n"
    ),
    (Action.ESCALATE,): ngettext_lazy(
        "%(n)d reporter went to the Ombudsman.", "%(n)d reporters went to the Ombudsman.", "n"
    ),
    (Action.WITHDRAW,): ngettext_lazy(
        "%(n)d report was withdrawn by its reporter.",
        "%(n)d reports were withdrawn by their reporters.",
        "n",
    ),
    (Action.WARN,): ngettext_lazy(
        "%(n)d reminder came: a limit is near.", "%(n)d reminders came: limits are near.", "n"
    ),
    (Action.BREACH,): ngettext_lazy(
        "%(n)d report passed its time limit.", "%(n)d reports passed their time limit.", "n"
    ),
    (Action.REMIND,): ngettext_lazy(
        "%(n)d reminder came from a colleague.", "%(n)d reminders came from colleagues.", "n"
    ),
    (Action.VERIFY,): ngettext_lazy(
        "%(n)d report was verified.", "%(n)d reports were verified.", "n"
    ),
    (Action.DISPOSE,): ngettext_lazy(
        "%(n)d report was disposed to a unit.", "%(n)d reports were disposed to a unit.", "n"
    ),
    (Action.HOLD,): ngettext_lazy(
        "%(n)d reporter was asked for completion.",
        "%(n)d reporters were asked for completion.",
        "n",
    ),
    (Action.DRAFT,): ngettext_lazy(
        "%(n)d draft waits for approval.", "%(n)d drafts wait for approval.", "n"
    ),
    (Action.SEND_BACK,): ngettext_lazy(
        "%(n)d draft was sent back.", "%(n)d drafts were sent back.", "n"
    ),
    (Action.INTERIM,): ngettext_lazy(
        "%(n)d interim answer was posted.", "%(n)d interim answers were posted.", "n"
    ),
    (Action.ANSWER, Action.APPROVE, Action.ANSWER_TOGETHER): ngettext_lazy(
        "%(n)d report was answered.", "%(n)d reports were answered.", "n"
    ),
    (Action.CONTRIBUTE,): ngettext_lazy(
        "%(n)d contribution came from a supporting unit.",
        "%(n)d contributions came from supporting units.",
        "n",
    ),
    (Action.DECLINE, Action.RETURN): ngettext_lazy(
        "%(n)d report was returned.", "%(n)d reports were returned.", "n"
    ),
    (Action.ACCEPT,): ngettext_lazy(
        "%(n)d transfer was accepted.", "%(n)d transfers were accepted.", "n"
    ),
    (Action.REFUSE,): ngettext_lazy(
        "%(n)d transfer was refused.", "%(n)d transfers were refused.", "n"
    ),
    (Action.HAND_OVER,): ngettext_lazy(
        "%(n)d report was handed over to another officer.",
        "%(n)d reports were handed over to other officers.",
        "n",
    ),
    (Action.EXPIRE,): ngettext_lazy(
        "%(n)d report was archived because its reporter did not complete it.",
        "%(n)d reports were archived because their reporters did not complete them.",
        "n",
    ),
    (Action.ARCHIVE,): ngettext_lazy(
        "%(n)d report was archived.", "%(n)d reports were archived.", "n"
    ),
    (Action.CLOSE,): ngettext_lazy("%(n)d report was closed.", "%(n)d reports were closed.", "n"),
}


def told(run: Run, news: Mapping[Action, Sequence[int]], came: Sequence[Notice] = ()) -> str:
    """Return the news as one message: a sentence, or a list below one, with the cases' numbers.

    Announcements that came meanwhile stand first.
    """
    address = reverse("sandbox:notices", args=[run.pk])
    announced = [
        format_html('{} <a href="{}">{}</a>', _("Announcement:"), address, notice.title)
        for notice in came
    ]
    sentences = [*announced, *in_words(run, news)]
    if not sentences:
        return format_html("<p>{}</p>", _("The clock has moved. Nothing happened meanwhile."))
    items = format_html_join("", "<li>{}</li>", ((sentence,) for sentence in sentences))
    return format_html("<p>{}</p><ul>{}</ul>", _("The clock has moved. Meanwhile:"), items)


def in_words(run: Run, news: Mapping[Action, Sequence[int]]) -> Iterator[str]:
    for actions, words in NEWS_WORDS.items():
        cases = [number for action in actions for number in news.get(action, ())]
        if cases:
            yield format_html("{} {}", words % {"n": len(cases)}, links(run, cases))


def links(run: Run, cases: Sequence[int]) -> str:
    addresses = (
        (reverse("sandbox:case", args=[run.pk, number]), code_of(number))
        for number in sorted(set(cases))
    )
    return format_html_join(", ", '<a href="{}">{}</a>', addresses)
