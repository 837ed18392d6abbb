"""Fictional articles for typeset pages: a town and people that never were; the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

SURNAMES = "林苏沈顾叶秦洪温骆褚"
GIVEN = ["小满", "知远", "一禾", "望舒", "青", "若水", "砚", "怀谷", "朗", "秋白"]
PLACES = ["青石市", "河湾区", "柳溪县", "白塬镇", "松坪乡", "云渡港"]

TOPICS: dict[str, tuple[list[str], list[str], list[str]]] = {
    "桥": (
        ["河湾新桥建成通车", "新桥两岸五分钟往来", "老渡口旁架起新桥"],
        ["跨河大桥", "桥面铺装", "引桥坡道", "桥头公园", "渡口码头"],
        [
            "工程队连夜完成最后一段护栏的安装",
            "两岸居民过河时间缩短到五分钟",
            "货车绕行的里程每天减少四千公里",
        ],
    ),
    "麦": (
        ["柳溪小麦抢晴开镰", "机手跨区作业忙收割", "万亩麦田颗粒归仓"],
        ["小麦收割", "联合收割机", "烘干设备", "粮食仓库", "秸秆回收"],
        ["机手从清晨一直忙到月亮升起", "合作社把烘干设备开到了田边", "今年亩产比去年高出三十多斤"],
    ),
    "书": (
        ["山区小学迎来流动书屋", "一辆书车跑遍八个村", "孩子们有了新书架"],
        ["流动书屋", "图书管理员", "阅读课堂", "旧书捐赠", "乡村教师"],
        ["孩子们围着书车挑选喜爱的故事", "志愿者为每本书贴上了编号", "借书卡上已经写满了名字"],
    ),
    "药": (
        ["社区药房夜间不打烊", "慢病患者取药少跑路", "药师把服务送到楼下"],
        ["社区药房", "慢病处方", "家庭药师", "夜间值班", "用药咨询"],
        ["老人下楼就能取到一个月的用药", "值班药师每晚接待三十多人", "处方在三家医院之间可以通用"],
    ),
    "湖": (
        ["白塬湖候鸟创下新高", "退塘还湖水清鸟来", "湖区渔民转行当护鸟员"],
        ["候鸟监测", "退塘还湖", "水生植物", "护鸟志愿者", "湖区巡护"],
        ["监测人员在芦苇荡里数出四百多只天鹅", "湖水的透明度提高到一米二", "渔船换成了巡护艇"],
    ),
    "厂": (
        ["旧纺织厂变身创意街区", "老车间里开起工坊", "厂房改造留住记忆"],
        ["老厂房", "创意工坊", "机器陈列", "屋顶花园", "青年设计师"],
        ["设计师保留了整面锯齿形的天窗", "退休工人回来给游客讲织机", "二十七家工坊已经签约入驻"],
    ),
    "站": (
        ["云渡港换乘站月底启用", "轮渡公交一票到底", "港区通勤再省一刻钟"],
        ["换乘站", "轮渡航线", "公交接驳", "电子车票", "候船大厅"],
        ["乘客下船后走一百米就能上车", "早晚高峰每六分钟发一班船", "候船大厅里装上了新的时刻屏"],
    ),
    "戏": (
        ["乡村戏台锣鼓又响", "老艺人开门收徒", "松坪皮影走进课堂"],
        ["皮影戏班", "乡村戏台", "锣鼓伴奏", "学徒排练", "戏服修补"],
        ["老艺人把三十年的唱本抄了一遍", "学徒每天放学后练两个小时", "台下坐满了邻村赶来的观众"],
    ),
    "电": (
        ["屋顶电站照亮山村", "光伏收益修起村路", "村民用上自家阳光"],
        ["屋顶光伏", "并网电表", "村级电站", "检修班组", "储能柜"],
        ["每户一年能多出两千元的收入", "检修班组冒着小雪爬上屋顶", "剩下的电送进了镇上的冷库"],
    ),
    "球": (
        ["村队夺得丰收杯冠军", "稻田边的球场热闹起来", "球赛带火夜市小吃"],
        ["丰收杯球赛", "村队球员", "露天球场", "看台观众", "夜市摊位"],
        ["决赛踢到加时最后一分钟才分出胜负", "守门员白天还在地里插秧", "小吃摊一晚上卖出八百份"],
    ),
}
FRAMES = [
    "{place}有关部门介绍，{noun}项目从三月开始推进，{fact}。",
    "在现场，记者看到{noun}一派忙碌景象，{fact}。",
    "“没想到变化这么快，”居民{name}说，“{fact}，大家都很高兴。”",
    "据统计，与{noun}有关的投入已达{number}万元，{fact}。",
    "过去，{noun}一直是当地的难题；如今，{fact}。",
    "负责{noun}的{name}告诉记者，{fact}，下一步还将增加{number}个点位。",
    "{fact}。为了{noun}，{place}先后召开{number}次协调会，把问题逐一列出清单。",
]
SERIES = "民生一线见闻"
"""Stands where kickers stand; it names a series and tells no news, so it is a column's title."""

KICKERS = ["{place}干部群众合力办实事", "{place}今年十件实事之一", SERIES]
DECKS = ["首批受益居民超过{number}户", "下半年还将推广到{number}个村", "相关经验已在全市推开"]
CROSSHEADS = ["难题怎样解开", "办法从哪里来", "日子有了变化"]

ENGLISH: list[tuple[str, list[str]]] = [
    (
        "Ferry Terminal Opens in Yundu Harbour",
        ["the ferry terminal", "the first boat", "commuters from the islands", "a new ticket hall"],
    ),
    (
        "Village Orchestra Saves Its Old Stage",
        ["the village orchestra", "the wooden stage", "young players", "the summer concert"],
    ),
    (
        "Wheat Harvest Beats the Rain in Liuxi",
        ["the wheat harvest", "combine drivers", "the drying plant", "the grain store"],
    ),
    (
        "Night Pharmacy Wins Over Pensioners",
        ["the night pharmacy", "pensioners", "the duty pharmacist", "the repeat prescription"],
    ),
]
ENGLISH_FRAMES = [
    "Officials said on Monday that {noun} had exceeded every forecast, and that more was to come.",
    "“Nobody believed us at first,” said {name}, who has looked after {noun} for {number} years.",
    "For {noun} the change came slowly, after {number} meetings and a good deal of patience.",
    "The council has set aside {number},000 yuan for {noun}, enough to last until next winter.",
]
ENGLISH_NAMES = ["Ada Linden", "Tom Fairweather", "Grace Okoro", "Peter Vale"]


@dataclass(frozen=True, slots=True)
class Piece:
    """An article as written, before it is set. `bold` paragraphs are crossheads."""

    headline: str
    paragraphs: tuple[str, ...]
    kicker: str | None = None
    deck: str | None = None
    byline: str | None = None
    names: tuple[str, ...] = ()
    dateline: str = ""
    place: str | None = None
    date: str | None = None
    tail: str = ""
    jump: str = ""
    continues_on: int | None = None
    caption: str | None = None
    crossheads: frozenset[int] = frozenset()


def person(random: Random) -> str:
    """A name of two or three characters."""
    return random.choice(SURNAMES) + random.choice(GIVEN)


def sentence(random: Random, topic: str) -> str:
    """One sentence of prose on a topic."""
    _, nouns, facts = TOPICS[topic]
    return random.choice(FRAMES).format(
        place=random.choice(PLACES),
        noun=random.choice(nouns),
        fact=random.choice(facts),
        name=person(random),
        number=random.randint(3, 96),
    )


def paragraphs(random: Random, topic: str, length: int) -> list[str]:
    """Prose of about `length` characters."""
    found: list[str] = []
    while sum(map(len, found)) < length:
        found.append("".join(sentence(random, topic) for _ in range(random.randint(1, 3))))
    return found


def piece(  # noqa: PLR0913 - knobs of an article
    random: Random,
    topic: str,
    length: int,
    *,
    credit: str = "dateline",
    kicker: bool = False,
    deck: bool = False,
    crossheads: bool = False,
    caption: bool = False,
    jump: bool = False,
) -> Piece:
    """A fictional article; `credit` is `dateline`, `line` (under the headline) or `tail`."""
    body = paragraphs(random, topic, length)
    name, other = person(random), person(random)
    marked: set[int] = set()
    if crossheads and len(body) > 3:
        for order, place in enumerate((1, len(body) // 2 + 1)):
            body.insert(place, CROSSHEADS[order])
            marked.add(place)
    place = random.choice(PLACES)[:2]
    fill = {"place": random.choice(PLACES), "number": random.randint(11, 88)}
    return Piece(
        random.choice(TOPICS[topic][0]),
        tuple(body),
        kicker=random.choice(KICKERS).format(**fill) if kicker else None,
        deck=random.choice(DECKS).format(**fill) if deck else None,
        byline=f"本报记者 {name} 通讯员 {other}" if credit == "line" else None,
        names=(name,) if credit != "line" else (name, other),
        dateline=f"本报{place}5月14日讯（记者 {name}）" if credit == "dateline" else "",
        place=place if credit == "dateline" else None,
        date="05-14" if credit == "dateline" else None,
        tail=f"（{name}）" if credit == "tail" else "",
        jump="（下转第4版）" if jump else "",
        continues_on=4 if jump else None,
        caption=f"图为{random.choice(TOPICS[topic][1])}现场。本报记者 {name} 摄" if caption else None,
        crossheads=frozenset(marked),
    )


def english_piece(random: Random, order: int, length: int) -> Piece:
    """A fictional article in English, with a byline of its own line."""
    headline, nouns = ENGLISH[order]
    body: list[str] = []
    while sum(map(len, body)) < length:
        frames = random.sample(ENGLISH_FRAMES, 2)
        body.append(
            " ".join(
                frame.format(
                    noun=random.choice(nouns), name=random.choice(ENGLISH_NAMES), number=random.randint(3, 40)
                )
                for frame in frames
            )
        )
    name = ENGLISH_NAMES[order]
    return Piece(headline, tuple(body), byline=f"By {name}", names=(name,))


def gold(page: str, pieces: list[Piece]) -> dict[str, Any]:
    """What is printed, in the form that extractions are scored by."""
    return {"page": page, "genre": "pdf", "articles": [_gold(piece) for piece in pieces]}


def _gold(piece: Piece) -> dict[str, object]:
    return {
        "kind": "news",
        "publish": True,
        "column": None,
        "kicker": [piece.kicker] if piece.kicker else [],
        "headline": piece.headline,
        "headline_alternatives": [],
        "deck": [piece.deck] if piece.deck else [],
        "byline": list(piece.names),
        "place": piece.place,
        "date": piece.date,
        "continues_on": piece.continues_on,
        "continued_from": None,
        "captions": [piece.caption] if piece.caption else [],
        "source_note": None,
        "lines": [],
        "lead": piece.paragraphs[0],
        "paragraphs": list(piece.paragraphs),
    }
