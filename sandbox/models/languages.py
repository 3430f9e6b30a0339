from django.utils.translation import get_language


def in_language(text: str, text_en: str) -> str:
    """Return the English text for English readers where there is one."""
    return text_en if text_en and (get_language() or "").startswith("en") else text
