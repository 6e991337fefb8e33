"""What is wrong with a scheme: its shape against the JSON schema, then the rules between its parts.

Only this: reading schemes and giving them as tables is `scheme/read.py`. Each problem is a pair of texts, Chinese and English.
"""

from __future__ import annotations

import json
import math
from decimal import Decimal
from functools import cache
from typing import Any

Problem = tuple[str, str]
TYPES = {
    "object": "一组键值",
    "array": "列表",
    "string": "文字",
    "number": "数字",
    "integer": "整数",
    "boolean": "true 或 false",
}
# largest number of a scheme, and of last year's amount the most that a bound can be
LARGEST, MOST_TIMES = 10**13, 1000
# places that the tables keep of a bound
PLACES = {"of_last_year": 4, "of_pool": 4, "yuan": 2}
SUSPENDING = ("suspend", "cancel_base")
BOUNDS = {"minimum": "应不小于", "maximum": "应不大于", "exclusiveMinimum": "应大于", "exclusiveMaximum": "应小于"}


def problems(content: Any) -> list[Problem]:
    """Every problem of a scheme; shape first, since the rules between parts need the shape."""
    found = _shape(content) or _numbers(content)
    if found:
        return found
    for kind, lines in content["indicators"].items():
        where = f"indicators.{kind}"
        total = sum((_exact(line["weight"]) for line in lines if line["rule"] != "penalty"), Decimal(0))
        if total != 100:
            found.append((f"{where} 的权重合计为 {total}，应为 100", f"weights of {where} add up to {total}, not 100"))
        named = [line["measure"] for line in lines]
        if twice := sorted({name for name in named if named.count(name) > 1}):
            found.append((f"{where} 的指标重复：{'、'.join(twice)}", f"{where} names twice: {', '.join(twice)}"))
        for number, line in enumerate(lines, start=1):
            found += _line(f"{where} 第 {number} 行", f"{where} line {number}", kind, line)
        if content.get("method") == "negotiated_level":
            found += _negotiated(where, lines)
        found += _grades(kind, content["grades"])
    if "allocation" in content:
        found += _allocation(content)
    return found


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator

    from orchestration.scheme.read import PACKS

    return Draft202012Validator(json.loads((PACKS / "scheme.schema.json").read_text(encoding="utf-8")))


def _shape(content: Any) -> list[Problem]:
    errors = sorted(_validator().iter_errors(content), key=lambda error: [str(p) for p in error.absolute_path])
    found = []
    for error in errors:
        place = ".".join(str(p + 1) if isinstance(p, int) else p for p in error.absolute_path)
        found.append((f"{place or '文件'} 不合格式：{_said(error)}", f"{place or 'file'}: {error.message[:120]}"))
    return found


def _said(error: Any) -> str:
    """What the JSON schema finds wrong, in Chinese."""
    given, wanted, kind = error.instance, error.validator_value, error.validator
    value = f"“{str(given)[:40]}”"
    if kind == "additionalProperties":
        return f"不认识 {'、'.join(sorted(map(str, set(given) - set(error.schema.get('properties', {})))))[:80]}"
    if kind == "required":
        return f"缺少 {'、'.join(name for name in wanted if name not in given)}"
    if kind in ("enum", "anyOf"):
        listed = wanted if kind == "enum" else [option for part in wanted for option in part.get("enum", ["数字"])]
        return f"{value} 应为 {'、'.join(map(str, listed))} 之一"
    if kind == "type":
        return f"{value} 应为{TYPES.get(wanted, wanted)}"
    if kind in BOUNDS:
        return f"{value} {BOUNDS[kind]} {wanted}"
    if kind in ("minLength", "minItems", "minProperties"):
        return f"内容太少，至少 {wanted}"
    return f"{value} 的写法不对"


def _numbers(part: Any, place: str = "") -> list[Problem]:
    """Numbers that no table can hold: NaN, infinity, and those beyond any money there is."""
    if isinstance(part, dict | list):
        named = part.items() if isinstance(part, dict) else enumerate(part, start=1)
        return [problem for key, value in named for problem in _numbers(value, f"{place}.{key}".lstrip("."))]
    if isinstance(part, float | int) and not (math.isfinite(part) and abs(part) <= LARGEST):
        return [(f"{place} 的数 {part} 不能使用：应是不超过 {LARGEST:,} 的数", f"{place}: {part} is beyond {LARGEST:,}")]
    return []


def _exact(number: float) -> Decimal:
    return Decimal(str(number))


def _line(zh: str, en: str, kind: str, line: dict[str, Any]) -> list[Problem]:
    from orchestration.scheme.read import measures

    found: list[Problem] = []
    measure, rule, target = measures().get(line["measure"]), line["rule"], line.get("target")
    if measure is None or "indicator" not in measure["use"]:
        return [(f"{zh}：没有指标 {line['measure']}", f"{en}: no indicator {line['measure']}")]
    if rule == "ratio" and target is None:
        found.append((f"{zh}：按比例计分须有 target", f"{en}: the rule ratio needs a target"))
    if rule in ("ratio", "threshold") and any(_not_positive(line.get(key)) for key in ("target", "otherwise")):
        found.append((f"{zh}：target 应大于 0", f"{en}: a target is above 0"))
    if "otherwise" in line and not isinstance(target, str):
        found.append((f"{zh}：otherwise 只能与 plan、reference 同用", f"{en}: otherwise goes with plan or reference"))
    if (rule == "threshold") != ("steps" in line):
        found.append((f"{zh}：steps 与 threshold 须同时有", f"{en}: steps and threshold go together"))
    if "steps" in line and not _is_monotone(line["steps"], line["direction"]):
        found.append((f"{zh}：steps 须越好得分越高", f"{en}: a better step must not score less"))
    if rule == "penalty" and (line["weight"] != 0 or "points_per_unit" not in line or "maximum_points" not in line):
        found.append(
            (f"{zh}：扣分项权重为 0，并须有 points_per_unit、maximum_points",
             f"{en}: a penalty has weight 0, points_per_unit and maximum_points")
        )  # fmt: skip
    if rule != "penalty" and line["weight"] == 0:
        found.append((f"{zh}：计分项权重应大于 0", f"{en}: a line that scores has a weight above 0"))
    if not _is_to_the_cent(line["weight"]):
        found.append((f"{zh}：权重至多两位小数", f"{en}: a weight has two decimals at most"))
    if rule == "rank" and line.get("target") is not None:
        found.append((f"{zh}：按名次计分没有 target", f"{en}: the rule rank has no target"))
    if line.get("basis", "raw") != "raw" and not measure.get("is_adjusted"):
        found.append(
            (f"{zh}：{line['measure']} 没有修正值，basis 应为 raw", f"{en}: {line['measure']} is not adjusted")
        )
    return found


def _is_to_the_cent(number: float) -> bool:
    # as written: in binary 0.07 is no multiple of 0.01
    return _exact(number) * 100 % 1 == 0


def _not_positive(value: Any) -> bool:
    return isinstance(value, (int, float)) and value <= 0


def _is_monotone(steps: list[dict[str, float]], direction: str) -> bool:
    ordered = sorted(steps, key=lambda step: step["at"], reverse=direction == "down")
    shares = [step["share"] for step in ordered]
    return shares == sorted(shares) and len({step["at"] for step in steps}) == len(steps)


def _negotiated(where: str, lines: list[dict[str, Any]]) -> list[Problem]:
    from orchestration.scheme.read import measures

    found = []
    if max(line["weight"] for line in lines) - min(line["weight"] for line in lines) > 0.011:
        found.append(
            (f"{where}：议定水平法各指标权重相等", f"{where}: negotiated levels weigh all indicators the same")
        )
    for line in lines:
        if (
            line["rule"] != "ratio"
            or measures().get(line["measure"], {}).get("kind") != "ratio"
            or line["direction"] != "up"
        ):
            found.append(
                (f"{where}：议定水平法只用比率指标（{line['measure']}）", f"{where}: {line['measure']} is no rate")
            )
    return found


def _grades(kind: str, grades: list[dict[str, Any]]) -> list[Problem]:
    starts = [grade["from"] for grade in grades if kind in grade.get("subjects", [kind])]
    found = []
    if 0 not in starts:
        found.append((f"grades 没有覆盖 {kind} 的 0 分起", f"grades of {kind} do not begin at 0"))
    if len(set(starts)) != len(starts):
        found.append((f"grades 中 {kind} 有两个等次起点相同", f"two grades of {kind} begin at the same score"))
    ordered = sorted((g for g in grades if kind in g.get("subjects", [kind])), key=lambda g: g["from"])
    stops = [g["consequence"] in SUSPENDING for g in ordered]
    if stops != sorted(stops, reverse=True):
        found.append(
            (f"grades 中 {kind} 的较好等次不得暂停或取消，而较差等次不", f"a better grade of {kind} is suspended, a worse is not")
        )
    changes = [g.get("quota_change", 0) for g in ordered]
    if changes != sorted(changes):
        found.append(
            (f"grades 中 {kind} 的 quota_change 须随等次递增", f"quota_change of {kind} must rise with the grade")
        )
    return found


def _allocation(content: dict[str, Any]) -> list[Problem]:
    from orchestration.scheme.read import measures

    found: list[Problem] = []
    allocation = content["allocation"]
    total = sum((_exact(factor["share"]) for factor in allocation["factors"]), Decimal(0))
    if total != 100:
        found.append((f"allocation 的份额合计为 {total}，应为 100", f"shares of allocation add up to {total}, not 100"))
    for number, factor in enumerate(allocation["factors"], start=1):
        found += _factor(f"factors 第 {number} 行", f"factors line {number}", factor)
    named = {name for factor in allocation["factors"] for name in (factor["measure"], factor.get("times"))}
    if "review_score" in named and not content["indicators"].get(allocation["recipients"]):
        found.append(("allocation 的 recipients 没有评价指标", "the recipients of the allocation are not reviewed"))
    # a scheme for districts can be asked to divide among institutions too, and a grade can suspend either
    lines = [line for kind in ("district", "institution") for line in content["indicators"].get(kind, [])]
    for name in dict.fromkeys(line["measure"] for line in lines):
        if measures().get(name, {}).get("evidence") == "typed":
            found.append(
                (f"指标 {name} 由被评价单位自填且无凭据，得分不得用于分配", f"{name} is typed in by the body reviewed")
            )
    for key, places in PLACES.items():
        floor, cap = (allocation.get(bound, {}).get(key) for bound in ("floor", "cap"))
        for bound, value in (("floor", floor), ("cap", cap)):
            if value is not None and _exact(value) * 10**places % 1:
                found.append((f"{bound}.{key} 至多 {places} 位小数", f"{bound}.{key} has {places} decimals at most"))
            if value is not None and key == "of_last_year" and value > MOST_TIMES:
                found.append((f"{bound}.{key} 应不大于 {MOST_TIMES}", f"{bound}.{key} is {MOST_TIMES} at most"))
        if floor is not None and cap is not None and floor > cap:
            found.append((f"allocation 的 floor.{key} 大于 cap.{key}", f"floor.{key} is above cap.{key}"))
    return found


def _factor(zh: str, en: str, factor: dict[str, Any]) -> list[Problem]:
    from orchestration.scheme.read import measures

    found: list[Problem] = []
    for name in filter(None, (factor["measure"], factor.get("times"))):
        measure = measures().get(name)
        if measure is None or "factor" not in measure["use"]:
            found.append((f"{zh}：没有可用于分配的度量 {name}", f"{en}: no measure {name} for a factor"))
        elif measure["evidence"] == "typed":
            text = f"{zh}：{name} 由被评价单位自填且无凭据，不得用于分配"
            found.append((text, f"{en}: {name} is typed in by the body reviewed"))
    if not _is_to_the_cent(factor["share"]):
        found.append((f"{zh}：份额至多两位小数", f"{en}: a share has two decimals at most"))
    if "floor" in factor and "cap" in factor and factor["floor"] > factor["cap"]:
        found.append((f"{zh}：floor 大于 cap", f"{en}: floor above cap"))
    is_given = factor["measure"] == "given_coefficient"
    if is_given != ("by_unit" in factor) or (is_given and not factor.get("document")):
        text = f"{zh}：given_coefficient 须附 by_unit 和 document"
        found.append((text, f"{en}: given_coefficient needs by_unit and document"))
    return found
