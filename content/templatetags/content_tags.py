"""What content templates read beyond their page: reference data, the way back, addresses."""

import segno
from django import template
from django.conf import settings
from django.db.models import QuerySet
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from content import selectors
from content.models import OfficialChannel

register = template.Library()


@register.simple_tag
def official_channels() -> QuerySet[OfficialChannel]:
    return selectors.channels()


@register.simple_tag
def referrals() -> QuerySet[OfficialChannel]:
    return selectors.referrals()


@register.simple_tag
def section(slug: str) -> Page | None:
    return selectors.section(slug)


@register.simple_tag(takes_context=True)
def trail(context: Context, page: Page) -> list[dict[str, str]]:
    """Return the way from the home page to `page`, as the breadcrumbs component wants it."""
    request = context.get("request")
    ancestors = page.get_ancestors().filter(depth__gt=1).live()
    links = [{"label": a.title, "url": a.get_url(request) or ""} for a in ancestors]
    return [*links, {"label": page.title, "url": ""}]


@register.simple_tag
def canonical(page: Page) -> str:
    return f"{settings.SITE_URL}{page.get_url() or ''}"


@register.simple_tag
def qr_code(address: str, label: str) -> SafeString:
    """Draw `address` as an SVG whose accessible name is `label`."""
    drawing = segno.make(address, micro=False, error="m")
    svg: str = drawing.svg_inline(scale=3, border=2, light="#fff", dark="#17212b", title=label)
    return mark_safe(svg.replace("<svg ", '<svg role="img" ', 1))  # noqa: S308 – segno escapes
