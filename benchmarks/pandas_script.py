"""The target table as an analyst would write it in pandas: no checks, four tables read whole, joined, counted.

Usage: pandas_script.py EXPORTS OUT.csv. Only for comparison; nothing imports it.
"""

import sys
from pathlib import Path

import pandas as pd

INDICATORS = {
    "补贴性职业技能培训人次": "person_times",
    "企业新型学徒人数": "apprentices",
    "技能劳动者占就业人员比例": "skilled_share",
    "高技能人才占技能劳动者比例": "high_skilled_share",
}


def read(exports: Path, title: str) -> pd.DataFrame:
    """All exports of one table, stacked."""
    files = sorted(exports.glob(f"*/*/{title}_*.csv"))
    return pd.concat([pd.read_csv(file, encoding="utf-8-sig", dtype=str) for file in files], ignore_index=True)


def main(exports: Path, target: Path) -> None:
    """Read, join, count, write."""
    classes = read(exports, "开班备案台账").drop_duplicates("班期编号", keep="last")
    roster = read(exports, "学员花名册").drop_duplicates(["班期编号", "身份证号"], keep="last")
    stocks = read(exports, "就业人员与技能人才统计")
    targets = read(exports, "计划与目标")

    in_scope = (
        classes["审核状态"].isin(["已备案", "已结业"])
        & (classes["培训类型"] != "以工代训")
        & (classes["资金来源"] != "企业职工教育经费")
    )
    trainings = roster.merge(classes[in_scope], on="班期编号", suffixes=("", "_班期"))
    trainings["开班日期"] = pd.to_datetime(trainings["开班日期"])
    trainings["结业日期"] = pd.to_datetime(trainings["结业日期"])
    stocks = stocks[stocks["是否采用"] == "是"].copy()
    stocks["年度"] = pd.to_datetime(stocks["截止日期"]).dt.year
    stocks = stocks.sort_values(["截止日期", "修订日期"])

    completed = trainings[trainings["是否结业"] == "合格"]
    apprentices = trainings[trainings["培训类型"] == "企业新型学徒制"]

    targets = targets[targets["分组"].fillna("").eq("") & targets["指标代码"].isin(INDICATORS)]
    rows = []
    for _, item in targets.iterrows():
        first, _, last = item["年度"].partition("-")
        first, last = int(first), int(last or first)
        code = INDICATORS[item["指标代码"]]
        if code == "person_times":
            actual = int(completed["结业日期"].dt.year.between(first, last).sum())
        elif code == "apprentices":
            actual = int(apprentices.loc[apprentices["开班日期"].dt.year.between(first, last), "身份证号"].nunique())
        else:
            stock = stocks[stocks["年度"].between(first, last)].iloc[-1].astype(str)
            part, whole = ("技能劳动者总量", "就业人员总量")
            if code == "high_skilled_share":
                part, whole = ("高技能人才", "技能劳动者总量")
            actual = float(stock[part]) / float(stock[whole])
        rows.append((code, item["年度"], float(item["目标值"]), actual))
    table = pd.DataFrame(rows, columns=["indicator_code", "period", "target_value", "actual_value"])
    table["completion_ratio"] = table["actual_value"] / table["target_value"]
    table.sort_values(["indicator_code", "period"]).to_csv(target, index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
