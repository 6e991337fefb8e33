"""How files are named in messages, tables and JSON: escaped when not UTF-8, masked when they name a person.

Not here: class ids in names (`titles.py`).
"""

from __future__ import annotations

import os
import re
import unicodedata

from orchestration.intake.units import resolve_unit

_ID_NUMBER = re.compile(r"(?<![0-9])(\d{6})(?:\d{8}\d{3}[0-9Xx×]|\d{6}\d{3})(?![0-9])")
_LONG_NUMBER = re.compile(r"(?<![0-9])1\d{10}(?![0-9])")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏"
    "魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
    "万钱严覃武戴莫孔向汤冉"
)
# 张三的身份证.xlsx, 学员_王小明.xlsx: a name beside a word or sign that says a person follows
_PERSON = re.compile(
    rf"(学员|姓名|经办人|本人|同志)([：:_\-\s]*)([{_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?=[的_\-\s.（(]|$)"
)
# 张伟<ID number>: what stands beside a person's number is the person
_BESIDE_NUMBER = re.compile(rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=[_\-\s]*\d{{11}})")
_PERSON_FIRST = re.compile(
    rf"(^|[_\-\s/])([{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?)(?=的?(身份证|证件|证书|简历|银行卡|申请表|申领表))"
)


# 王小明.xlsx, 王小明、李小红(1).csv: nothing but names of persons; words of trade that begin like a surname end otherwise
_DOUBLE = "欧阳|司马|上官|诸葛|皇甫|尉迟|公孙|慕容|东方|夏侯|令狐|长孙|宇文|司徒"
_NO_NAME = "表册单账案额绩料录据报告区县街镇乡局院校站训费款度划类件细证班期厂库路坪寺岗台序务员师工总结元数月日年次"
_ALONE = re.compile(
    rf"(?:(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}][\u4e00-\u9fff]{{0,1}}[^{_NO_NAME}\W\d_a-zA-Z])"
)
_BESIDE = re.compile(r"[\s、，,_\-]+")
_COPY = re.compile(r"[\s_\-]*(?:[(（]\d+[)）]|\d{1,2}|副本|- 副本|最终版\d?)*$")


def readable(name: str) -> str:
    """A file name as UTF-8 text: other bytes are read as GB18030, else shown as `\\xNN`."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        try:
            name = raw.decode("gb18030")
        except UnicodeDecodeError:
            name = raw.decode("utf-8", "backslashreplace")
    return "".join(c if unicodedata.category(c)[0] != "C" else f"\\x{ord(c):02x}" for c in name)


def masked(name: str) -> str:
    """The name with ID numbers, phones and names of persons replaced by asterisks."""
    plain = unicodedata.normalize("NFKC", name) if not name.isascii() else name
    if _ID_NUMBER.search(plain) or _LONG_NUMBER.search(plain):
        plain = _BESIDE_NUMBER.sub(lambda m: "*" * len(m[0]), plain)
        name = _LONG_NUMBER.sub("1**********", _ID_NUMBER.sub(lambda m: m[1] + "*" * (len(m[0]) - 6), plain))
    name = _PERSON.sub(lambda m: m[1] + m[2] + "*" * len(m[3]), name)
    return _PERSON_FIRST.sub(lambda m: m[1] + "*" * len(m[2]), name)


def _without_names(name: str) -> str:
    stem, dot, suffix = name.rpartition(".") if "." in name else (name, "", "")
    core = _COPY.sub("", stem)
    words = [word for word in _BESIDE.split(core) if word]
    if not words or not all(_ALONE.fullmatch(word) for word in words) or any(resolve_unit(word) for word in words):
        return name
    stars = re.sub(r"[\u4e00-\u9fff]", "*", core)
    return f"{stars}{stem[len(core) :]}{dot}{suffix}"


def display(name: str) -> str:
    """Readable and masked: the only form of a folder's name that leaves this package."""
    return masked(readable(name))


def display_alone(name: str) -> str:
    """Readable and masked, also where a file or sheet is named by nothing but persons (王小明.xlsx), read or refused.

    A word that only looks like a name is masked with them: what was sent is known by its place and its hash.
    """
    return _without_names(display(name))
