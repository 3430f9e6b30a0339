"""Pictures that reporters attach: drawn, never photographed, and marked as part of an exercise.

Each kind is a scene of a few shapes; a seed moves them, so that no two reports show the same one.
"""

from collections.abc import Callable, Mapping
from random import Random

from ..simulation import SIMULATION

WIDTH, HEIGHT = 480, 320
HORIZON = 170
SKY, DUSK, GROUND, ROAD, WATER = "#cfe3ee", "#27374a", "#a9b98b", "#6b7078", "#6f93a8"
BROWN, DARK, LEAF, WALL, ROOF, PAPER = (
    "#7a5c43",
    "#2e3338",
    "#4f7a4a",
    "#e4d9c5",
    "#a5533f",
    "#fbfaf5",
)

Drawing = Callable[[Random], str]


def box(x: float, y: float, width: float, height: float, fill: str, more: str = "") -> str:
    return (
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" '
        f'fill="{fill}" {more}/>'
    )


def oval(x: float, y: float, across: float, down: float, fill: str) -> str:
    return f'<ellipse cx="{x:.0f}" cy="{y:.0f}" rx="{across:.0f}" ry="{down:.0f}" fill="{fill}"/>'


def line(points: str, stroke: str, width: float = 4) -> str:
    return (
        f'<polyline points="{points}" fill="none" stroke="{stroke}" stroke-width="{width}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def shape(points: str, fill: str) -> str:
    return f'<polygon points="{points}" fill="{fill}"/>'


def outdoors(ground: str = GROUND, sky: str = SKY) -> str:
    return box(0, 0, WIDTH, HORIZON, sky) + box(0, HORIZON, WIDTH, HEIGHT - HORIZON, ground)


def road(random: Random, sky: str = SKY) -> str:
    """A road that runs away from who takes the picture."""
    left = random.randint(150, 200)
    lane = shape(f"{left},{HORIZON} {left + 110},{HORIZON} {WIDTH - 20},{HEIGHT} 20,{HEIGHT}", ROAD)
    return outdoors(sky=sky) + lane + line(f"{left + 55},{HORIZON + 20} 240,{HEIGHT}", "#d9d4c2", 3)


def house(x: float, y: float, size: float = 1) -> str:
    wall = box(x, y, 110 * size, 70 * size, WALL)
    roof = shape(f"{x - 12},{y} {x + 55 * size},{y - 45 * size} {x + 110 * size + 12},{y}", ROOF)
    return wall + roof + box(x + 44 * size, y + 28 * size, 24 * size, 42 * size, BROWN)


def tree(x: float, y: float, size: float = 1) -> str:
    trunk = box(x - 6 * size, y - 60 * size, 12 * size, 60 * size, BROWN)
    crown = (
        oval(x, y - 85 * size, 42 * size, 36 * size, LEAF)
        + oval(x - 26 * size, y - 68 * size, 28 * size, 24 * size, LEAF)
        + oval(x + 26 * size, y - 68 * size, 28 * size, 24 * size, LEAF)
    )
    return trunk + crown


def people(random: Random, count: int, y: float) -> str:
    """Figures without faces."""
    drawn = ""
    for number in range(count):
        x = 60 + number * (360 / count) + random.randint(-8, 8)
        drawn += box(x - 11, y, 22, 52, random.choice(("#45617a", "#7a5c43", "#5b6e4c", "#8a4f5b")))
        drawn += oval(x, y - 12, 11, 12, "#b98d6d")
    return drawn


def pothole(random: Random) -> str:
    holes = "".join(
        oval(x := random.randint(110, 360), y := random.randint(205, 290), 46, 15, DARK)
        + oval(x + 4, y + 3, 34, 9, WATER)
        for _ in range(random.randint(1, 3))
    )
    return road(random) + holes


def waste(random: Random) -> str:
    colours = ("#30404d", "#d9d2c3", "#3f6b8c", "#b5493b", "#e0b84c", "#5f7d4a")
    bags = "".join(
        oval(random.randint(120, 360), random.randint(200, 275), 30, 20, random.choice(colours))
        for _ in range(22)
    )
    return outdoors() + house(330, 110, 0.9) + bags


def lamp(random: Random) -> str:
    x = random.randint(180, 300)
    pole = line(f"{x},300 {x},70 {x + 60},60", "#11161c", 7)
    return (
        road(random, DUSK)
        + box(0, 0, WIDTH, HEIGHT, "#0b1220", 'opacity="0.45"')
        + pole
        + oval(x + 62, 66, 14, 7, "#3b444d")
    )


def flood(random: Random) -> str:
    level = random.randint(185, 215)
    waves = "".join(
        line(f"{x},{y} {x + 18},{y - 5} {x + 36},{y}", "#9fbccb", 2)
        for x, y in ((random.randint(10, 420), random.randint(level + 10, 305)) for _ in range(14))
    )
    return (
        outdoors()
        + house(60, 140)
        + house(290, 130, 1.1)
        + box(0, level, WIDTH, HEIGHT - level, WATER)
        + waves
    )


def leaning_tree(random: Random) -> str:
    angle = random.randint(22, 48)
    leaning = f'<g transform="rotate({angle} 220 280)">{tree(220, 280, 1.4)}</g>'
    return road(random) + line("0,70 480,55", DARK, 2) + line("0,82 480,68", DARK, 2) + leaning


def river(random: Random) -> str:
    bend = random.randint(160, 260)
    water = shape(f"{bend},{HORIZON} {bend + 70},{HORIZON} 430,{HEIGHT} 60,{HEIGHT}", WATER)
    foam = "".join(
        oval(random.randint(150, 330), random.randint(220, 300), 22, 7, "#e7ecea") for _ in range(9)
    )
    return outdoors() + tree(70, 190) + tree(420, 185) + water + foam


def pipe(random: Random) -> str:
    x = random.randint(190, 280)
    jets = "".join(
        line(f"{x},230 {x + dx},{random.randint(120, 170)}", "#bcd6e2", 4)
        for dx in (-40, -12, 16, 44)
    )
    return outdoors() + box(0, 228, WIDTH, 30, "#4d6a86") + jets + oval(x, 288, 120, 22, WATER)


def meter(random: Random) -> str:
    number = f"{random.randint(1000, 9999):05}"
    dial = box(110, 60, 260, 200, "#39424b", 'rx="14"') + oval(240, 150, 88, 72, PAPER)
    figures = (
        f'<text x="240" y="150" font-size="34" text-anchor="middle" fill="{DARK}">{number}</text>'
    )
    return box(0, 0, WIDTH, HEIGHT, "#c9c2b2") + dial + figures + line("240,190 280,172", ROOF, 4)


def queue(random: Random) -> str:
    counter = box(330, 120, 130, 110, BROWN) + box(345, 60, 100, 40, PAPER)
    return box(0, 0, WIDTH, HEIGHT, WALL) + counter + people(random, random.randint(6, 9), 190)


def building(random: Random) -> str:
    crack = f"150,110 {random.randint(160, 185)},150 150,190 {random.randint(165, 195)},240"
    hole = oval(random.randint(260, 320), 92, 34, 16, DARK)
    return (
        outdoors()
        + box(90, 100, 300, 150, WALL)
        + shape("70,100 240,40 410,100", ROOF)
        + hole
        + line(crack, DARK, 3)
    )


def vehicle(random: Random) -> str:
    x = random.randint(90, 180)
    body = box(x, 170, 230, 70, "#b5493b", 'rx="12"') + box(
        x + 40, 125, 130, 50, "#dfe7ea", 'rx="10"'
    )
    return road(random) + body + oval(x + 50, 245, 24, 24, DARK) + oval(x + 180, 245, 24, 24, DARK)


def school(random: Random) -> str:
    desks = "".join(box(60 + 90 * n, 220, 60, 12, BROWN) for n in range(5))
    stain = oval(random.randint(120, 360), 40, 70, 22, "#b9a98a")
    board = box(130, 80, 220, 90, "#2f4f46")
    return box(0, 0, WIDTH, HEIGHT, WALL) + stain + board + desks


def food(random: Random) -> str:
    plate = oval(240, 190, 150, 80, "#dfe2e2") + oval(200, 180, 56, 30, PAPER)
    sides = oval(290, 175, 40, 24, LEAF) + oval(265, 220, random.randint(30, 44), 20, "#9a6b3a")
    return box(0, 0, WIDTH, HEIGHT, BROWN) + plate + sides


def field(random: Random) -> str:
    rows = "".join(
        line(f"{x},{HORIZON} {x * 2 - 240},{HEIGHT}", "#8a7a45", 4) for x in range(60, 440, 38)
    )
    cracks = "".join(
        line(f"{x},{y} {x + 24},{y + 9} {x + 40},{y}", DARK, 2)
        for x, y in ((random.randint(20, 420), random.randint(200, 300)) for _ in range(8))
    )
    return outdoors("#b7a46a") + rows + cracks


def animal(random: Random) -> str:
    x = random.randint(150, 260)
    body = oval(x, 225, 58, 26, BROWN) + oval(x + 62, 200, 20, 17, BROWN)
    legs = "".join(line(f"{x + dx},240 {x + dx},280", BROWN, 8) for dx in (-40, -18, 20, 42))
    return (
        outdoors()
        + house(330, 120, 0.8)
        + legs
        + body
        + line(f"{x - 56},215 {x - 84},190", BROWN, 6)
    )


def sign(random: Random) -> str:
    tilt = random.randint(-30, 30)
    plate = f'<g transform="rotate({tilt} 330 260)">{line("330,290 330,120", "#8c9298", 7)}' + (
        shape("330,60 375,135 285,135", "#e0b84c") + "</g>"
    )
    return road(random) + plate


def market(random: Random) -> str:
    stalls = "".join(
        box(30 + 150 * n, 150, 120, 80, BROWN)
        + shape(
            f"{20 + 150 * n},150 {90 + 150 * n},105 {160 + 150 * n},150",
            random.choice((ROOF, "#3f6b8c", LEAF)),
        )
        for n in range(3)
    )
    return outdoors() + stalls + oval(240, 275, 150, 20, WATER) + people(random, 3, 220)


def noise(random: Random) -> str:
    speaker = (
        box(60, 110, 110, 170, DARK, 'rx="8"')
        + oval(115, 165, 34, 34, "#4d565e")
        + oval(115, 235, 26, 26, "#4d565e")
    )
    waves = "".join(
        f'<path d="M {190 + 36 * n} {150 - 12 * n} q 40 45 0 {90 + 24 * n}" fill="none" '
        f'stroke="#d9c25a" stroke-width="5"/>'
        for n in range(random.randint(3, 4))
    )
    return outdoors(sky=DUSK) + house(350, 120, 0.9) + speaker + waves


def paper(random: Random, mark: str = "") -> str:
    lines = "".join(box(120, 92 + 22 * n, random.randint(120, 240), 7, "#a9a9a2") for n in range(8))
    hidden = box(120, 70, 150, 12, DARK)  # a name that the reporter has blacked out
    return (
        box(0, 0, WIDTH, HEIGHT, "#8c7a66") + box(95, 24, 290, 280, PAPER) + hidden + lines + mark
    )


def receipt(random: Random) -> str:
    amount = random.randint(2, 40) * 25
    total = (
        f'<text x="240" y="285" font-size="24" text-anchor="middle" fill="{DARK}">'
        f"Rp {amount}.000</text>"
    )
    return paper(random, total)


def screen(random: Random) -> str:
    bubbles = "".join(
        box(150 + 30 * (n % 2), 50 + 44 * n, random.randint(90, 150), 30, "#dcebd7", 'rx="8"')
        for n in range(5)
    )
    return (
        box(0, 0, WIDTH, HEIGHT, "#8c7a66")
        + box(130, 12, 220, 296, DARK, 'rx="18"')
        + box(140, 30, 200, 258, PAPER)
        + bubbles
    )


SCENES: Mapping[str, Drawing] = {
    "pothole": pothole,
    "waste": waste,
    "lamp": lamp,
    "flood": flood,
    "tree": leaning_tree,
    "river": river,
    "pipe": pipe,
    "meter": meter,
    "queue": queue,
    "building": building,
    "vehicle": vehicle,
    "school": school,
    "food": food,
    "field": field,
    "animal": animal,
    "road_sign": sign,
    "market": market,
    "noise": noise,
    "document": paper,
    "receipt": receipt,
    "screenshot": screen,
}
ON_PAPER = ("document", "receipt")  # come as a page to read, not as a picture


def draw(kind: str, title: str, seed: str) -> str:
    """Return a picture as SVG, with its title for whoever cannot see it. Raises KeyError."""
    scene = SCENES[kind](Random(seed))
    words = title.replace("&", "&amp;").replace("<", "&lt;")
    mark = (
        f'<g transform="rotate(-18 240 160)"><text x="240" y="175" font-size="64" '
        f'text-anchor="middle" fill="#ffffff" opacity="0.6" stroke="#3a1d54" stroke-width="1.5" '
        f'letter-spacing="8">{SIMULATION}</text></g>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="sans-serif"><title>{words}</title>{scene}{mark}</svg>'
    )
