"""What the pictures and papers show that reporters attach, for those who cannot see them."""

from django.utils.translation import gettext_lazy as _

ATTACHMENT_LABELS = {
    "pothole": _("Photo of a road with holes"),
    "waste": _("Photo of a heap of waste"),
    "lamp": _("Photo of a dark street with a lamp that is out"),
    "flood": _("Photo of flood water between houses"),
    "tree": _("Photo of a tree leaning towards cables"),
    "river": _("Photo of a river with foam"),
    "pipe": _("Photo of a leaking pipe"),
    "meter": _("Photo of a meter with its figures"),
    "queue": _("Photo of a queue at a counter, without faces"),
    "building": _("Photo of a damaged building"),
    "vehicle": _("Photo of a vehicle on the road"),
    "school": _("Photo of a classroom with a stained ceiling"),
    "food": _("Photo of a meal"),
    "field": _("Photo of dry, cracked fields"),
    "animal": _("Photo of an animal near houses"),
    "road_sign": _("Photo of a crooked road sign"),
    "market": _("Photo of market stalls and a puddle"),
    "noise": _("Photo of loudspeakers at night"),
    "document": _("Copy of a letter, the name blacked out"),
    "receipt": _("Copy of a receipt with its amount"),
    "screenshot": _("Screenshot of a conversation"),
}
