"""Pages that anyone may read, and the reference data that they show."""

from .pages import (
    WRITING_HELP,
    ArticlePage,
    CampaignIndexPage,
    CampaignPage,
    HomePage,
    RegionIndexPage,
    RegionPage,
)
from .references import OfficialChannel, Regulation

__all__ = [
    "WRITING_HELP",
    "ArticlePage",
    "CampaignIndexPage",
    "CampaignPage",
    "HomePage",
    "OfficialChannel",
    "RegionIndexPage",
    "RegionPage",
    "Regulation",
]
