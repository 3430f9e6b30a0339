"""Bring the starting content into the site, without touching what editors have made of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from django.db import transaction
from wagtail.blocks import StreamBlockValidationError
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, Site

from .domain import LibraryError, check_keys
from .models import (
    ArticlePage,
    CampaignIndexPage,
    CampaignPage,
    HomePage,
    OfficialChannel,
    RegionIndexPage,
    RegionPage,
    Regulation,
)
from .selectors import LibraryPage, ReferenceLibrary, SiteLibrary, Table

STATUSES = {"berlaku": Regulation.Status.IN_FORCE, "dicabut": Regulation.Status.REVOKED}
REGION_KINDS = {
    "provinsi": RegionPage.Kind.PROVINCE,
    "kabupaten": RegionPage.Kind.REGENCY,
    "kota": RegionPage.Kind.CITY,
}
BLOCK_KEYS = {
    "paragraph": {"value"},
    "callout": {"title", "text"},
    "do_dont": {"do", "dont"},
    "steps": {"items"},
    "example": {"title", "report", "explanation"},
    "self_check": {"question", "answer"},
    "term": {"term", "meaning"},
    "regulations": {"keys"},
    "channels": set(),
    "time_limits": {"steps"},
}


def stream_value(blocks: Iterable[Table], *, where: str = "body") -> list[Table]:
    """Turn the blocks of a library file into a StreamField's raw value.

    `time_limits` passes through for lessons. Raises LibraryError for a block type, a key or a
    regulation that does not exist, rather than lose it in silence as a StreamField would.
    """
    return [
        {"id": str(uuid4()), **_block(block, f"{where}, block {number}")}
        for number, block in enumerate(blocks, start=1)
    ]


def _block(block: Table, where: str) -> Table:
    kind = block.get("type", "")
    if kind not in BLOCK_KEYS:
        raise LibraryError(f"{where}: unknown block type “{kind}”")
    content = {key: value for key, value in block.items() if key != "type"}
    check_keys(content, required=BLOCK_KEYS[kind], where=f"{where} ({kind})")
    return {"type": kind, "value": _block_value(kind, content, f"{where} ({kind})")}


def _block_value(kind: str, content: Table, where: str) -> Any:
    value: Any = content
    match kind:
        case "paragraph":
            value = content["value"].strip()
        case "channels":
            value = None
        case "time_limits":
            value = content["steps"]
        case "regulations":
            value = _items(_regulation_ids(content["keys"], where))
        case "steps":
            for item in content["items"]:
                check_keys(item, required={"title", "text"}, where=where)
            value = {"items": _items(content["items"])}
        case "do_dont":
            value = {"do": _items(content["do"]), "dont": _items(content["dont"])}
    return value


def _items(values: Sequence[Any]) -> list[Table]:
    return [{"type": "item", "id": str(uuid4()), "value": value} for value in values]


def _regulation_ids(keys: Sequence[str], where: str) -> list[int]:
    found = dict(Regulation.objects.filter(key__in=keys).values_list("key", "pk"))
    if missing := [key for key in keys if key not in found]:
        raise LibraryError(f"{where}: no regulation with the key “{missing[0]}”")
    return [found[key] for key in keys]


@transaction.atomic
def load_references(*, library: ReferenceLibrary) -> int:
    """Create the regulations and channels that are missing; return how many."""
    before = Regulation.objects.count() + OfficialChannel.objects.count()
    _load_regulations(library.regulations)
    known = set(OfficialChannel.objects.values_list("key", flat=True))
    for table in library.channels:
        if table["key"] not in known:
            _create_channel(table)
    return Regulation.objects.count() + OfficialChannel.objects.count() - before


def _load_regulations(tables: Sequence[Table]) -> None:
    known = set(Regulation.objects.values_list("key", flat=True))
    missing = [table for table in tables if table["key"] not in known]
    # Those that replace others come first, so that the others can name them.
    for table in sorted(missing, key=lambda table: "replaced_by" in table):
        where = f"regulations.toml, {table['key']}"
        successor = table.get("replaced_by")
        Regulation.objects.create(
            key=table["key"],
            title=table["title_id"],
            title_en=table["title_en"],
            number=table["number"],
            status=_word(STATUSES, table["status"], f"{where}, status"),
            replaced_by_id=_regulation_ids([successor], where)[0] if successor else None,
            role=table["role_id"],
            role_en=table["role_en"],
            checked_on=table["checked_on"],
            source=table["source"],
        )


def _create_channel(table: Table) -> None:
    kinds = {kind.value: kind for kind in OfficialChannel.Kind}
    OfficialChannel.objects.create(
        key=table["key"],
        name=table["name_id"],
        name_en=table["name_en"],
        kind=_word(kinds, table["kind"], f"channels.toml, {table['key']}, kind"),
        address=table["address"],
        is_referral=table.get("is_referral", False),
        note=table["note_id"],
        note_en=table["note_en"],
        source=table["source"],
        checked_on=table["checked_on"],
    )


def _word(words: Mapping[str, Any], word: str, where: str) -> Any:
    if word not in words:
        raise LibraryError(f"{where}: “{word}” is none of {', '.join(words)}")
    return words[word]


Fields = Callable[[LibraryPage, Table], Table]


@transaction.atomic
def load_site(*, library: SiteLibrary) -> int:
    """Create the pages that are missing, in both languages; return how many.

    A page that exists stays as editors left it, also when they gave it another slug.
    """
    known = list(Page.objects.values_list("pk", flat=True))
    for language in ("id", "en"):
        Locale.objects.get_or_create(language_code=language)
    home = _load_home(library.home)
    campaigns = load_page(home, library.campaign_index, CampaignIndexPage, _list_fields)
    for campaign in library.campaigns:
        load_page(campaigns, campaign, CampaignPage, _campaign_fields)
    regions = load_page(home, library.region_index, RegionIndexPage, _list_fields)
    for region in library.regions:
        load_page(regions, region, RegionPage, _region_fields)
    for article in library.articles:
        load_page(home, article, ArticlePage, _article_fields)
    created: int = Page.objects.exclude(pk__in=known).count()
    return created


def _load_home(entry: LibraryPage) -> Page:
    site = Site.objects.filter(is_default_site=True).first()
    if site and site.root_page.specific_class is HomePage:
        home = site.root_page
        _load_translation(home, entry, _home_fields)
        return home
    locale = Locale.objects.get(language_code="id")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locale)
    home = load_page(root, entry, HomePage, _home_fields, slug="beranda")
    _make_front_door(site or Site(is_default_site=True), home)
    return home


def _make_front_door(site: Site, home: Page) -> None:
    """Open the site with `home`, in place of the page that Wagtail made to welcome developers."""
    former_id = site.root_page_id
    site.hostname, site.site_name, site.root_page = "127.0.0.1", home.title, home
    site.save()
    former = Page.objects.filter(pk=former_id, depth=2, numchild=0).first()
    if former and former.specific_class is Page:
        former.delete()


def load_page(
    parent: Page, entry: LibraryPage, model: type[Page], fields: Fields, slug: str = ""
) -> Page:
    """Return the Indonesian page, after creating what is missing of it and its translation."""
    slug = slug or entry.slug
    key = uuid5(NAMESPACE_URL, f"ruang-latih:{parent.translation_key}/{slug}")
    known = Page.objects.filter(translation_key=key, locale__language_code="id").first()
    page = known or Page.objects.child_of(parent).filter(slug=slug).first()
    if page is None:
        page = model(slug=slug, translation_key=key, **fields(entry, entry.indonesian))
        page.locale = Locale.objects.get(language_code="id")
        _check_blocks(page, entry)
        Page.objects.get(pk=parent.pk).add_child(instance=page)
        page.save_revision().publish()
    _load_translation(page, entry, fields)
    return page


def _load_translation(page: Page, entry: LibraryPage, fields: Fields) -> None:
    english = Locale.objects.get(language_code="en")
    if page.has_translation(english):
        return
    translation = page.specific.copy_for_translation(english)
    for name, value in fields(entry, entry.english).items():
        setattr(translation, name, value)
    _check_blocks(translation, entry)
    translation.save_revision().publish()


def _check_blocks(page: Page, entry: LibraryPage) -> None:
    """Refuse now what the editor's form would refuse later, such as a title that is too long."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            try:
                field.stream_block.clean(getattr(page, field.name))
            except StreamBlockValidationError as error:
                where = f"{entry.file}, {page.locale.language_code}, {field.name}"
                raise LibraryError(f"{where}: {error.as_json_data()}") from error


def _home_fields(entry: LibraryPage, texts: Table) -> Table:
    points = stream_value([{"type": "steps", "items": texts["points"]}], where=entry.file)
    return texts | {"points": [point | {"type": "points"} for point in points]}


def _list_fields(entry: LibraryPage, texts: Table) -> Table:
    return texts | {"show_in_menus": True}


def _article_fields(entry: LibraryPage, texts: Table) -> Table:
    return texts | entry.shared | {"body": stream_value(texts["body"], where=entry.file)}


def _campaign_fields(entry: LibraryPage, texts: Table) -> Table:
    shared = {key: value for key, value in entry.shared.items() if key not in {"slug", "source"}}
    lists = {key: _items(texts[key]) for key in ("summary", "can_report", "cannot_report")}
    return {
        "title": texts["title"],
        "audience": texts["audience"],
        "message": texts["message"],
        "call_to_action": texts["call_to_action"],
        "easy_read": texts.get("easy", "").strip(),
        "body": stream_value(texts["body"], where=entry.file),
        "sources": _sources(entry),
        **lists,
        **shared,
    }


def _region_fields(entry: LibraryPage, texts: Table) -> Table:
    return {
        "title": texts["title"],
        "summary": texts["summary"],
        "code": entry.shared["code"],
        "kind": _word(REGION_KINDS, entry.shared["kind"], f"{entry.file}, kind"),
        "time_zone": entry.shared["timezone"],
        "local_terms": ", ".join(entry.shared.get("local_terms", [])),
        "body": stream_value(texts["body"], where=entry.file),
        "sources": _sources(entry),
    }


def _sources(entry: LibraryPage) -> list[Table]:
    return [
        {
            "type": "source",
            "id": str(uuid4()),
            "value": source | {"read_on": str(source["read_on"])},
        }
        for source in entry.shared.get("source", [])
    ]
