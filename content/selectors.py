"""What is read: reference data, pages that want attention, and the files of starting content."""

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from wagtail.models import Page

from .domain import LibraryError, check_keys, oldest_trusted_check
from .models import OfficialChannel, Regulation

FOLDER = Path(__file__).parent
Table = dict[str, Any]


def channels() -> QuerySet[OfficialChannel]:
    return OfficialChannel.objects.filter(is_referral=False)


def referrals() -> QuerySet[OfficialChannel]:
    return OfficialChannel.objects.filter(is_referral=True)


def section(slug: str) -> Page | None:
    """Return the live page below the home page with this Indonesian slug, in today's language."""
    original = Page.objects.filter(slug=slug, depth=3, locale__language_code="id")
    page: Page | None = (
        Page.objects.live()
        .filter(
            translation_key__in=original.values("translation_key"),
            locale__language_code=get_language(),
        )
        .first()
    )
    return page


def public_pages() -> list[Page]:
    """Return the live pages that strangers may read, in tree order."""
    pages = Page.objects.live().public().filter(depth__gt=1).order_by("path")
    return [page for page in pages if getattr(page.specific_class, "is_public", False) is True]


def stale_references(today: date) -> list[Regulation | OfficialChannel]:
    """Return the reference data that nobody has compared with its source for 90 days."""
    oldest = oldest_trusted_check(today)
    return [
        *Regulation.objects.filter(checked_on__lt=oldest),
        *OfficialChannel.objects.filter(checked_on__lt=oldest),
    ]


def pages_without_english() -> QuerySet[Page]:
    english = Page.objects.live().filter(locale__language_code="en")
    pages: QuerySet[Page] = (
        Page.objects.live()
        .filter(locale__language_code="id", depth__gt=1)
        .exclude(translation_key__in=english.values("translation_key"))
        .order_by("path")
    )
    return pages


@dataclass(frozen=True)
class LibraryPage:
    """A page of starting content: what both languages share, and what each of them says."""

    file: str
    slug: str
    shared: Table
    indonesian: Table
    english: Table


@dataclass(frozen=True)
class SiteLibrary:
    home: LibraryPage
    campaign_index: LibraryPage
    region_index: LibraryPage
    campaigns: Sequence[LibraryPage]
    regions: Sequence[LibraryPage]
    articles: Sequence[LibraryPage]


@dataclass(frozen=True)
class ReferenceLibrary:
    regulations: Sequence[Table]
    channels: Sequence[Table]


CAMPAIGN_SHARED = {"slug", "reviewed_on", "opens_on"}
CAMPAIGN_TEXTS = {
    *("title", "audience", "message", "summary", "can_report", "cannot_report"),
    *("body", "call_to_action"),
}
REGION_SHARED = {"slug", "code", "kind", "timezone", "source"}
HOME_TEXTS = {
    *("title", "lead", "not_channel", "officer_title", "officer_text"),
    *("citizen_title", "citizen_text", "points"),
}
REGULATION_KEYS = {
    *("key", "title_id", "title_en", "number", "status", "role_id", "role_en"),
    *("checked_on", "source"),
}
CHANNEL_KEYS = {
    *("key", "name_id", "name_en", "kind", "address", "note_id", "note_en"),
    *("source", "checked_on"),
}


def reference_library(folder: Path = FOLDER / "reference_library") -> ReferenceLibrary:
    """Read regulations and channels. Raises LibraryError naming the file and the key."""
    regulations = _read(folder / "regulations.toml", required={"regulation"})
    channels = _read(folder / "channels.toml", required={"channel"}, optional={"referral"})
    for table in regulations["regulation"]:
        where = f"regulations.toml, {table.get('key', '?')}"
        check_keys(table, required=REGULATION_KEYS, optional={"replaced_by"}, where=where)
    referrals = [table | {"is_referral": True} for table in channels.get("referral", [])]
    for table in [*channels["channel"], *referrals]:
        where = f"channels.toml, {table.get('key', '?')}"
        check_keys(table, required=CHANNEL_KEYS, optional={"is_referral"}, where=where)
    return ReferenceLibrary(regulations["regulation"], [*channels["channel"], *referrals])


def site_library(folder: Path = FOLDER / "site_library") -> SiteLibrary:
    """Read all starting pages. Raises LibraryError naming the file and the key."""
    lists = _read(folder / "lists.toml", required={"campaigns", "regions"})
    return SiteLibrary(
        home=_home(folder / "home.toml"),
        campaign_index=_list_page(lists["campaigns"], "lists.toml, campaigns"),
        region_index=_list_page(lists["regions"], "lists.toml, regions"),
        campaigns=_in_order(
            [_campaign(path) for path in sorted(folder.glob("campaign-*.toml"))],
            lists["campaigns"].get("order", []),
        ),
        regions=_in_order(
            [_region(path) for path in sorted(folder.glob("region-*.toml"))],
            lists["regions"].get("order", []),
        ),
        articles=_articles(folder / "pages.toml"),
    )


def _read(path: Path, *, required: Collection[str], optional: Collection[str] = ()) -> Table:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LibraryError(f"{path.name}: {error}") from error
    check_keys(tables, required=required, optional=optional, where=path.name)
    return tables


def _page(
    tables: Table, *, where: str, texts: set[str], optional_texts: set[str], shared: set[str]
) -> LibraryPage:
    for language in ("id", "en"):
        check_keys(
            tables[language],
            required=texts,
            optional=optional_texts,
            where=f"{where}, {language}",
        )
    return LibraryPage(
        file=where,
        slug=tables.get("slug", ""),
        shared={key: value for key, value in tables.items() if key in shared},
        indonesian=tables["id"],
        english=tables["en"],
    )


def _home(path: Path) -> LibraryPage:
    tables = _read(path, required={"id", "en"})
    return _page(tables, where=path.name, texts=HOME_TEXTS, optional_texts=set(), shared=set())


def _list_page(tables: Table, where: str) -> LibraryPage:
    check_keys(tables, required={"slug", "id", "en"}, optional={"order"}, where=where)
    texts = {"title", "intro"}
    return _page(tables, where=where, texts=texts, optional_texts=set(), shared=set())


def _campaign(path: Path) -> LibraryPage:
    optional = {"quick_exit", "closes_on", "source"}
    tables = _read(path, required=CAMPAIGN_SHARED | {"id", "en"}, optional=optional)
    _check_sources(tables, path.name)
    return _page(
        tables,
        where=path.name,
        texts=CAMPAIGN_TEXTS,
        optional_texts={"easy"},
        shared=CAMPAIGN_SHARED | optional,
    )


def _region(path: Path) -> LibraryPage:
    tables = _read(path, required=REGION_SHARED | {"id", "en"}, optional={"local_terms"})
    _check_sources(tables, path.name)
    return _page(
        tables,
        where=path.name,
        texts={"title", "summary", "body"},
        optional_texts=set(),
        shared=REGION_SHARED | {"local_terms"},
    )


def _articles(path: Path) -> list[LibraryPage]:
    pages = _read(path, required={"page"})["page"]
    return [_article(page, f"{path.name}, {page.get('slug', '?')}") for page in pages]


def _article(tables: Table, where: str) -> LibraryPage:
    check_keys(tables, required={"slug", "id", "en"}, optional={"show_in_footer"}, where=where)
    return _page(
        tables,
        where=where,
        texts={"title", "intro", "body"},
        optional_texts=set(),
        shared={"show_in_footer"},
    )


def _check_sources(tables: Table, where: str) -> None:
    for source in tables.get("source", []):
        check_keys(source, required={"title", "read_on"}, where=f"{where}, source")


def _in_order(pages: list[LibraryPage], order: Sequence[str]) -> list[LibraryPage]:
    places = {slug: place for place, slug in enumerate(order)}
    return sorted(pages, key=lambda page: places.get(page.slug, len(places)))
