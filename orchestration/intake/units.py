"""Reporting units and divisions by code and by name, from `data/reference`.

Not here: which policies bind a unit, and streets as facts (dbt seeds).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"
# a district name that exists in several provinces means the one of a jurisdiction with a policy pack
_HOME_PREFIXES = ("50", "2102", "51")
_PEOPLES = "壮族|回族|维吾尔|特别行政区|自治区|省|市"
_OFFICES = re.compile(
    r"(人力资源和社会保障局|人力社保局|人社局|就业局|就业和人才中心|就业服务管理局|就业服务中心|人民政府|财政局)$"
)


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """(code -> name, name -> code) of nation, provinces, cities, districts and units with own codes."""
    names: dict[str, str] = {}
    found: dict[str, list[str]] = {}

    def add(code: str, *labels: str) -> None:
        for label in labels:
            if len(label) > 1 and code not in found.setdefault(label, []):
                found[label].append(code)

    provinces = {row["code"]: row["name"] for row in _rows("admin_divisions/provinces.csv")}
    cities = {row["code"]: row["name"] for row in _rows("admin_divisions/cities.csv")}
    for row in _rows("reporting_units.csv"):
        names[row["code"]] = row["name"]
        add(row["code"], row["name"], *row["short_names"].split("|"))
    for code, name in provinces.items():
        names[code + "0000"] = name
        add(code + "0000", name, re.sub(_PEOPLES, "", name))
    for code, name in cities.items():
        if name not in ("市辖区", "县") and not name.endswith("直辖县级行政区划"):
            names[code + "00"] = name
            province = provinces[code[:2]]
            add(code + "00", name, province + name, re.sub(r"市$", "", name))
    for row in _rows("admin_divisions/areas.csv"):
        code, name, province, city = row["code"], row["name"], provinces[row["provinceCode"]], cities[row["cityCode"]]
        names[code] = name
        inside = "" if city in ("市辖区", "县") else city
        add(code, name, province + name, province + inside + name, inside + name, re.sub(_PEOPLES, "", province) + name)
        if len(name) > 2:
            add(code, re.sub(r"[区县市]$", "", name))
    codes: dict[str, str] = {}
    for label, given in found.items():
        home = [code for code in given if code.startswith(_HOME_PREFIXES)]
        # provinces and cities come first, so 吉林 is the province
        codes[label] = given[0] if len(given) == 1 or given[0].endswith("00") else (home or [""])[0]
    return names, {label: code for label, code in codes.items() if code}


def unit_names() -> dict[str, str]:
    """Name by reporting unit code."""
    return _tables()[0]


def unit_codes() -> dict[str, str]:
    """Reporting unit code by every name a file may use; names that stay ambiguous are left out."""
    return _tables()[1]


@cache
def _former() -> frozenset[str]:
    return frozenset(row["code"] for row in _rows("address_code_history/address_code_ranges.csv"))


def is_unit_code(code: str) -> bool:
    """True for six digits of GB/T 2260 (today's or a former list), an own unit code or a division of the sample."""
    if not re.fullmatch(r"\d{6}", code):
        return False
    if code in unit_names() or code in _former():
        return True
    return any(row["first_code"] <= code <= row["last_code"] for row in _rows("sample_divisions.csv"))


def resolve_unit(text: str) -> str | None:
    """The reporting unit code that a folder name, argument, title value or cell means; None when it means none."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if re.fullmatch(r"\d{6}(000){0,2}", plain):
        plain = plain[:6]
    if is_unit_code(plain):
        return plain
    return unit_codes().get(plain) or unit_codes().get(_OFFICES.sub("", plain))


@cache
def _streets() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in _rows("admin_divisions/streets_chongqing_dalian.csv"):
        # a street name that several districts have means none of them
        found[row["name"]] = "" if row["name"] in found else row["code"]
    return {name: code for name, code in found.items() if code}


def resolve_division(text: str) -> str | None:
    """The division code (six digits, streets nine) that a cell means by code or name; None when it means none."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).removesuffix(".0")
    if re.fullmatch(r"\d{9}(000)?", plain) and not plain[:9].endswith("000") and is_unit_code(plain[:6]):
        return plain[:9]
    return resolve_unit(plain) or _streets().get(plain)
