"""Reading a page as somebody without a mouse and without scripts meets it: by names and buttons."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

CONTROLS = ("input", "select", "textarea")
PRESSED = ("submit", "button", "image", "reset")
TICKED = ("radio", "checkbox")
Attributes = Mapping[str, str]


@dataclass
class Control:
    """Something that is filled in. `options` are the values of a list."""

    tag: str
    name: str
    kind: str
    value: str
    id: str
    named: bool
    checked: bool = False
    options: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def is_hidden(self) -> bool:
        return self.kind == "hidden"


@dataclass
class Form:
    action: str
    controls: list[Control] = field(default_factory=list)
    buttons: list[Attributes] = field(default_factory=list)

    @property
    def sent(self) -> dict[str, list[str]]:
        """Return what the form sends as it stands."""
        values: dict[str, list[str]] = {}
        for control in self.controls:
            if control.kind in TICKED and not control.checked:
                continue
            chosen = [value for value, is_chosen in control.options if is_chosen]
            first = [value for value, _ in control.options[:1]]
            found = (chosen or first) if control.tag == "select" else [control.value]
            values.setdefault(control.name, []).extend(found)
        return values

    def offers(self, name: str, value: str) -> bool:
        """Tell whether a value can be chosen, or typed, under a name."""
        for control in self.controls:
            if control.name != name:
                continue
            if control.tag == "select":
                return value in [option for option, _ in control.options]
            if control.kind in TICKED and control.value != value:
                continue
            if control.is_hidden and control.value != value:
                continue
            return True
        return False


class Page(HTMLParser):
    """The forms of a page, and what somebody without a mouse would lack in them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.labels: set[str] = set()
        self.scripted: list[str] = []
        self.form: Form | None = None
        self.select: Control | None = None
        self.area: Control | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.scripted += [name for name in values if name.startswith("on")]
        if tag == "label":
            self.labels.add(values.get("for", ""))
        elif tag == "form":
            self.form = Form(values.get("action", ""))
            self.forms.append(self.form)
        elif self.form is not None:
            self.part(self.form, tag, values, is_checked="checked" in values)

    def part(self, form: Form, tag: str, values: Attributes, *, is_checked: bool) -> None:
        kind = values.get("type", "text" if tag == "input" else "")
        if tag == "button" or (tag == "input" and kind in PRESSED):
            form.buttons.append({"type": "submit", **values})
        elif tag in CONTROLS:
            is_named = bool(values.get("aria-label") or values.get("aria-labelledby"))
            value = values.get("value", "on" if kind in TICKED else "")
            name, at = values.get("name", ""), values.get("id", "")
            control = Control(tag, name, kind, value, at, is_named, is_checked)
            form.controls.append(control)
            self.select = control if tag == "select" else self.select
            self.area = control if tag == "textarea" else None
        elif tag == "option" and self.select is not None:
            self.select.options.append((values.get("value", ""), "selected" in values))

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None

    def form_to(self, path: str) -> Form | None:
        return next((form for form in self.forms if path in form.action), None)

    def lacks(self) -> Iterator[tuple[str, str]]:
        """Yield what keeps a form from being filled in and sent by keyboard alone."""
        for form in self.forms:
            if not any(button["type"] == "submit" for button in form.buttons):
                yield "no_button", form.action
            for control in form.controls:
                if not (control.is_hidden or control.named or control.id in self.labels):
                    yield "no_label", control.name
        yield from (("scripted", name) for name in self.scripted)
