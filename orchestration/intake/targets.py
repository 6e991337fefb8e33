"""Targets: a value with its comparator and unit in one cell (`27%以上`, `1.6万人次`), a breakdown by its own column.

Not here: whether a target is met (dbt).
"""

from __future__ import annotations

from orchestration.intake.headers import BREAKDOWNS

_NUMBER = "regexp_replace(m, '(及)?以上|以下|不低于|不少于|不超过|不高于|[≥≤><=]+', '', 'g')"
_WORDS = "[万亿千]?(人次|人|名|元|%|个|家|期|班|件|次)?"
# a percentage keeps its sign in the value: 27% is 0.27
TARGET_VALUE = f"""CASE WHEN regexp_full_match({_NUMBER}, '[-+]?(\\d+(\\.\\d*)?|\\.\\d+){_WORDS}')
  THEN try_cast(exact_number({_NUMBER}, 1) / CASE WHEN contains({_NUMBER}, '%') THEN 100 ELSE 1 END AS DECIMAL(18,4)) END"""

# the names of dimensions that a planner writes before the sign
_DIMENSIONS = BREAKDOWNS | {
    "培训机构": "institution_id",
    "等级": "skill_level",
    "技能等级": "skill_level",
    "证书类型": "certificate_kind",
    "培训方式": "delivery_mode",
    "职业大类": "occupation_major",
    "性别": "sex",
    "资金来源": "fund_source",
}
_NAMED = " ".join(f"WHEN '{zh}' THEN '{name}'" for zh, name in _DIMENSIONS.items())

# a member that is a code or label becomes `dimension=code`; anything else stays as written
BREAKDOWN = f"""CASE WHEN NOT contains(fold(t), '=') THEN without_id_numbers(tidy(t)) ELSE
  (SELECT any_value(d) || '=' || coalesce(any_value(k.code), any_value(m)) FROM (
     SELECT CASE compact(split_part(fold(t), '=', 1)) {_NAMED} ELSE lower(trim(split_part(fold(t), '=', 1))) END AS d,
       trim(substr(fold(t), strpos(fold(t), '=') + 1)) AS m) p
   LEFT JOIN code_label k ON k.list = p.d AND k.label = lower(compact(p.m))) END"""

# SQL over typed columns: comparator from the words of the value (blank means at least), factors from those of the unit
COMPARATOR = """coalesce({comparator}, CASE WHEN regexp_matches(fold({text}), '以下|不超过|不高于|≤|<') THEN 'le'
  WHEN regexp_matches(fold({text}), '以上|不低于|不少于|≥|>') THEN 'ge' END, 'ge')"""
SCALED = """CASE WHEN {unit} = 'ratio' AND NOT contains(fold({text}), '%') AND {value} > 1 THEN ({value} / 100)::DECIMAL(18,4)
  WHEN contains({unit_text}, '万') AND NOT regexp_matches({text}, '[万亿]') THEN ({value} * 10000)::DECIMAL(18,4)
    ELSE {value} END"""
