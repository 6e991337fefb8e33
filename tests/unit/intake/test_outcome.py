"""What becomes of a slot: commit, hold, leave as it is."""

from orchestration.intake import outcome
from orchestration.intake.submission import Slot, standing, submission_id

SLOT = Slot("claims", "500103", "2021Q2")


def entry(sha, verdict="accepted", **changes):
    base = {"dataset": "claims", "reporting_unit": "500103", "period": "2021Q2", "sha256": sha, "verdict": verdict}
    return base | dict.fromkeys(outcome.ROWS + outcome.FEN, 0) | {"reasons": [], "notices": []} | changes


def stands(*shas, identifier="first"):
    return {SLOT: {"submission_id": identifier, "files": [{"sha256": s} for s in shas]}}


def test_a_first_submission_commits_what_is_accepted_and_leaves_the_refused():
    (decision,) = outcome.decide([entry("a"), entry("b", "refused")], {}, add=False)
    assert decision.state == "committed"
    assert [f["sha256"] for f in decision.files] == ["a"]


def test_a_refused_file_holds_a_submission_that_would_replace():
    files = [entry("a"), entry("b", "refused")]
    (decision,) = outcome.decide(files, stands("old"), add=False)
    assert decision.state == "held"
    assert [f["verdict"] for f in files] == ["held", "refused"]


def test_a_refused_file_of_unknown_dataset_holds_every_replacement_of_its_unit_and_period():
    files = [entry("a"), entry("b", "refused", dataset=None)]
    (decision,) = outcome.decide(files, stands("old"), add=False)
    assert decision.state == "held"


def test_a_refused_file_of_another_period_holds_nothing():
    files = [entry("a"), entry("b", "refused", period="2021Q1", dataset=None)]
    (decision,) = outcome.decide(files, stands("old"), add=False)
    assert decision.state == "committed"


def test_add_is_never_held():
    (decision,) = outcome.decide([entry("a"), entry("old"), entry("b", "refused")], stands("old"), add=True)
    assert decision.state == "committed"
    assert decision.replaces == "first"


def test_bytes_already_held_change_nothing():
    files = [entry("a", rows_read=3, rows_accepted=3)]
    (decision,) = outcome.decide(files, stands("a", "b"), add=False)
    assert decision.state == "unchanged"
    assert files[0]["verdict"] == "unchanged"
    assert files[0]["rows_read"] == 0


def test_the_same_bytes_twice_in_one_drop_count_once():
    files = [entry("a", rows_read=3, rows_accepted=3), entry("a", rows_read=3, rows_accepted=3)]
    outcome.mark_repeats(files)
    assert [f["verdict"] for f in files] == ["accepted", "unchanged"]


def test_an_empty_file_replaces_nothing():
    (decision,) = outcome.decide([entry("e", "empty")], stands("old"), add=False)
    assert decision.state == "empty"
    assert decision.replaces is None


def test_a_then_b_then_a_again_is_a_new_link_of_the_chain():
    first = submission_id(SLOT, ["a"], None)
    second = submission_id(SLOT, ["b"], first)
    assert submission_id(SLOT, ["a"], second) not in (first, second)


def test_what_stands_is_the_latest_committed_by_the_time_asked():
    def manifest(identifier, at, verdict="accepted"):
        return {
            "submission_id": identifier,
            "dataset": "claims",
            "reporting_unit": "500103",
            "period": "2021Q2",
            "committed_at": at,
            "verdict": verdict,
        }

    found = [
        manifest("one", "2021-07-01T00:00:00.000000Z"),
        manifest("two", "2021-08-01T00:00:00.000000Z"),
        manifest("three", "2021-09-01T00:00:00.000000Z", "empty"),
    ]
    assert standing(found)[SLOT]["submission_id"] == "two"
    assert standing(found, "2021-07-31T00:00:00.000000Z")[SLOT]["submission_id"] == "one"


def test_a_row_account_that_does_not_close_is_told_with_its_difference():
    assert outcome.account_gap(entry("a", file_name="x.csv", rows_read=2, rows_accepted=1)) == "x.csv: 1 行, 0 分"
    assert outcome.account_gap(entry("a", file_name="x.csv", rows_read=1, rows_accepted=1)) is None
