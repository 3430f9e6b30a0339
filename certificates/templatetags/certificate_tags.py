import segno
from django import template

register = template.Library()
HOUR_AND_MINUTE = {"id": ("jam", "menit"), "en": ("h", "min")}


@register.filter
def duration(minutes: int, language: str) -> str:
    """Return 150 as “2 jam 30 menit” or “2 h 30 min”: a printed fact, not a translation."""
    words = zip(divmod(minutes, 60), HOUR_AND_MINUTE[language], strict=True)
    return " ".join(f"{number} {word}" for number, word in words if number)


@register.simple_tag
def qr(address: str) -> str:
    """Return a QR code as the address of a picture; level M survives a coffee stain."""
    return segno.make(address, error="m", micro=False).svg_data_uri(border=0, dark="#07393d")
