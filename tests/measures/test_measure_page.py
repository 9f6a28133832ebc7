"""The page of one series: what it says, shows, offers and lets be downloaded; to whom; at what cost."""

import csv
import io
import json
import re
from datetime import date

import pytest
from sqlalchemy import event

from qitracker.measures import actions
from qitracker.models import Aim, Cycle, DecisionKind, Point, db
from qitracker.plumbing import clock as clocks
from tests.measures.conftest import with_values

JUNE_2024 = date(2024, 6, 1)


def page(browser, person, series, more=""):
    answer = browser(person).get(f"/series/{series.id}/{more}")
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def phased(world, series):
    actions.decide(series, by=world.lead, kind=DecisionKind.PHASE, on=JUNE_2024, reason="Bleed trolleys on each ward")
    db.session.commit()
    return series


def add_cycle(series, number, title, on, *, linked=True):
    db.session.add(
        Cycle(
            project_id=series.project_id,
            number=number,
            title=title,
            started=on,
            series_id=series.id if linked else None,
            made_at=clocks.now(),
        )
    )
    db.session.commit()


def test_the_finding_says_what_changed_since_when_and_when_it_was_sure(browser, world, bleeds):
    text = page(browser, world.lead, phased(world, bleeds))
    assert "The average went from 12.0% to 9.0%." in text
    assert "From June 2024, 11 months in a row were below the average of 12.0%." in text
    assert "The shift was confirmed in January 2025." in text


def test_a_phase_says_why_it_was_started_by_whom_and_what_the_numbers_say(browser, world, bleeds):
    text = page(browser, world.lead, phased(world, bleeds))
    assert "Phase 2: June 2024 to September 2025" in text
    assert "Started because: Bleed trolleys on each ward" in text
    assert "Role lead, 6 October 2025" in text
    assert "11 months in a row were below the earlier average of 12.0%. Confirmed in January 2025." in text
    assert "Rests on 16 months: on trial until there are 20." in text


def test_the_shift_is_seen_against_the_first_phase_without_storing_anything(browser, world, bleeds):
    phased(world, bleeds)
    before = bleeds.analysis
    text = page(browser, world.lead, bleeds, "?against=baseline")
    assert "All numbers are held against the first phase" in text
    assert "in a run below the average" in text
    assert "in a run below the average" not in page(browser, world.lead, bleeds)
    assert bleeds.analysis == before
    spec = browser(world.lead).get(f"/series/{bleeds.id}/chart.json?against=baseline").json
    assert {row["kind"] for row in spec["datasets"]["points"]} == {"common_cause", "improvement"}


def test_a_phase_is_offered_never_taken(browser, world, minutes):
    with_values(minutes, [30, 34, 28, 33, 31, 29, 35, 30, 32, 31, 33, 29, *[20, 22, 19, 21, 18, 20, 22, 19, 21, 20]])
    text = page(browser, world.lead, minutes)
    assert "Is this the new normal?" in text
    assert f"/series/{minutes.id}/decide?kind=phase&amp;on=2024-03-25" in text
    assert "Phase 2" not in text
    assert "Is this the new normal?" not in page(browser, world.staff, minutes)


def test_four_numbers(browser, world, bleeds):
    bleeds.target = 6.0
    bleeds.target_by = date(2026, 3, 31)
    actions.analyse_again(phased(world, bleeds))
    text = page(browser, world.lead, bleeds)
    for piece in ("14.3%", "September 2025", "Average now", "was 12.0%", "0% to 18.6%", "on trial: 16 numbers", "6%"):
        assert piece in text
    assert "by 31 March 2026" in text
    assert "meet the target of 6%" in text  # assurance in words


def test_without_a_target_the_aim_stands_there_if_it_is_about_this_series(browser, world, bleeds):
    assert "Set a target" in page(browser, world.lead, bleeds)
    db.session.add(
        Aim(
            project_id=bleeds.project_id,
            series_id=bleeds.id,
            what="bleeds",
            unit="%",
            start=12.0,
            target=7.0,
            by_date=date(2026, 4, 1),
            population="everyone",
            written_at=clocks.now(),
        )
    )
    text = page(browser, world.lead, bleeds)
    assert '<dt>Aim</dt><dd class="qi-number">7%</dd>' in text
    assert "by 1 April 2026" in text


def test_few_numbers_say_so_and_promise_no_limits(browser, world, minutes):
    with_values(minutes, [30, 34, 28, 33, 31, 29, 35])
    text = page(browser, world.lead, minutes)
    assert "Not enough numbers yet: 7 of 12" in text
    assert "7 of 12 numbers" in text
    assert "Not yet" in text


def test_a_young_phase_is_not_said_to_tell_what_to_expect(browser, world, bleeds):
    actions.decide(bleeds, by=world.lead, kind=DecisionKind.PHASE, on=date(2025, 5, 1), reason="New")
    text = page(browser, world.lead, bleeds)
    assert "5 of 12 numbers" in text
    assert "too few to lean on" in text
    assert text.count(", expected range ") == 1  # of the phase before


def test_a_phase_of_one_number_names_its_month_once(browser, world, bleeds):
    actions.decide(bleeds, by=world.lead, kind=DecisionKind.PHASE, on=bleeds.last_on, reason="New")
    text = page(browser, world.lead, bleeds)
    assert re.search(r"Phase 2: \w+ \d{4}</h3>", text)


def test_without_numbers_the_page_says_what_to_do_first(browser, world, minutes):
    text = page(browser, world.lead, minutes)
    assert "No numbers yet" in text
    assert "The chart starts with the first number." in text
    assert "data-spec" not in text
    assert browser(world.lead).get(f"/series/{minutes.id}/chart.json").status_code == 404


def test_cycles_and_notes_are_marked_and_listed(browser, world, bleeds):
    add_cycle(bleeds, 1, "Prompt card", date(2024, 3, 4))
    add_cycle(bleeds, 2, "Huddle at eight", date(2024, 9, 1), linked=False)
    actions.add_note(bleeds, by=world.lead, on=date(2023, 9, 12), text="New scales", changes_measurement=True)
    text = page(browser, world.lead, bleeds)
    assert "PDSA 1</a>, 4 March 2024: Prompt card" in text
    assert "Other PDSA cycles of this project (1)" in text
    assert "Note, 12 September 2023: New scales" in text
    assert "The way of counting changed." in text
    spec = browser(world.lead).get(f"/series/{bleeds.id}/chart.json").json
    words = json.dumps(spec["datasets"]["labels"])
    assert "PDSA 1" in words
    assert "Way of counting changed" in words
    assert "PDSA 2" not in words


def test_the_table_has_every_number_newest_first_and_says_what_it_shows(browser, world, bleeds):
    text = page(browser, world.lead, bleeds)
    assert "Numbers (latest 12 of 40)" in text
    assert text.index("September 2025</th>") < text.index("August 2025</th>")
    assert "11 of 77 births" in text
    assert "Common cause" in text
    assert f"/series/{bleeds.id}/points/2025-09-01" in text
    assert text.count('<th scope="row">') == 40
    assert page(browser, world.lead, bleeds, "?all=1").count('<th scope="row">') == 40


def test_long_series_leave_the_old_numbers_to_a_page_of_their_own(browser, world, minutes):
    with_values(minutes, [20.0 + week % 7 for week in range(400)], start=date(2016, 1, 4))
    text = page(browser, world.lead, minutes)
    assert text.count('<th scope="row">') == 12
    assert "Show all 400 numbers" in text
    assert page(browser, world.lead, minutes, "?all=1").count('<th scope="row">') == 400


def test_a_missing_month_is_shown_as_missing(browser, world, bleeds):
    db.session.delete(db.session.query(Point).filter_by(series_id=bleeds.id, on=date(2025, 8, 1)).one())
    actions.analyse_again(bleeds)
    assert "no number" in page(browser, world.lead, bleeds)


def test_left_out_points_say_so_and_why(browser, world, bleeds):
    actions.decide(bleeds, by=world.lead, kind=DecisionKind.LEAVE_OUT, on=date(2025, 9, 1), reason="Counted twice")
    text = page(browser, world.lead, bleeds)
    assert "September 2025 is left out of the calculation. Counted twice" in text
    assert "Left out of the calculation" in text


def test_readers_see_the_chart_and_not_the_forms(browser, world, bleeds):
    text = page(browser, world.staff, bleeds)
    assert "data-spec" in text
    for piece in ("Add numbers", "Correct", "Take back", "Decide about the chart", "Change the measure"):
        assert piece not in text


@pytest.mark.parametrize("path", ["", "chart.json", "chart.svg", "chart.png", "data.csv"])
def test_outsiders_find_nothing(browser, world, bleeds, path):
    assert browser(world.outsider).get(f"/series/{bleeds.id}/{path}").status_code == 404


def test_a_private_project_is_for_its_team(browser, world, minutes):
    from qitracker.models import Visibility

    minutes.project.visibility = Visibility.PRIVATE
    assert browser(world.staff).get(f"/series/{minutes.id}/").status_code == 404
    assert browser(world.member).get(f"/series/{minutes.id}/").status_code == 200


@pytest.mark.parametrize("more", ["", "?width=phone", "?width=desktop", "?width=nonsense", "?against=x", "?download=1"])
def test_the_specification_is_vega_lite_json(browser, world, bleeds, more):
    answer = browser(world.lead).get(f"/series/{bleeds.id}/chart.json{more}")
    assert answer.content_type == "application/json"
    assert len(answer.json["datasets"]["points"]) == 40
    assert answer.json["width"] == ("container" if "download" not in more else answer.json["width"])
    assert ("attachment" in answer.headers.get("Content-Disposition", "")) is ("download" in more)


def test_the_phone_has_a_drawing_of_its_own(browser, world, bleeds):
    client = browser(world.lead)
    phone, desktop = (client.get(f"/series/{bleeds.id}/chart.json?width={w}").json for w in ("phone", "desktop"))
    assert phone["height"] < desktop["height"]


def test_pictures(browser, world, bleeds):
    client = browser(world.lead)
    svg = client.get(f"/series/{bleeds.id}/chart.svg")
    assert svg.content_type == "image/svg+xml"
    assert "This has improved" in svg.text
    png = client.get(f"/series/{bleeds.id}/chart.png?download=1&width=phone")
    assert png.data.startswith(b"\x89PNG")
    assert "births-with-a-large-bleed" in png.headers["Content-Disposition"]


def test_the_csv_holds_every_number_and_runs_nothing(browser, world, bleeds):
    bleeds.measure.name = "=HYPERLINK()"
    actions.decide(bleeds, by=world.lead, kind=DecisionKind.LEAVE_OUT, on=date(2025, 9, 1), reason="x")
    answer = browser(world.lead).get(f"/series/{bleeds.id}/data.csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert len(rows) == 40
    assert rows[-1]["date"] == "2025-09-01"
    assert (rows[-1]["numerator"], rows[-1]["denominator"]) == ("11", "77")
    assert float(rows[-1]["value"]) == pytest.approx(100 * 11 / 77)
    assert float(rows[0]["upper_limit"]) > float(rows[0]["centre_line"]) > float(rows[0]["lower_limit"])
    assert rows[-1]["shows"].startswith("Left out")


def test_the_page_works_without_scripts(browser, world, bleeds):
    text = page(browser, world.lead, bleeds)
    assert f'<noscript><img class="measure-picture" src="/series/{bleeds.id}/chart.svg"' in text
    assert f'action="/series/{bleeds.id}/paste"' in text
    assert 'name="text"' in text


def questions(browser, person, path):
    asked = []

    def count(_connection, _cursor, statement, *_):
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append(statement)

    client = browser(person)
    client.get(path)  # the first reading also notes when the person was last seen
    engine = db.session.get_bind()
    event.listen(engine, "before_cursor_execute", count)
    try:
        assert client.get(path).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(asked)


@pytest.mark.parametrize("more", ["", "?against=baseline"])
def test_the_number_of_questions_to_the_database_is_small_and_fixed(browser, world, bleeds, white, more):
    path = f"/series/{bleeds.id}/{more}"
    before = questions(browser, world.lead, path)
    for number in range(1, 21):
        add_cycle(bleeds, number, f"Test {number}", date(2024, 1, number))
        actions.add_note(bleeds, by=world.lead, on=date(2023, 1, number), text="x", changes_measurement=False)
    phased(world, bleeds)
    actions.decide(bleeds, by=world.coach, kind=DecisionKind.LEAVE_OUT, on=date(2025, 9, 1), reason="x")
    after = questions(browser, world.lead, path)
    assert after == before
    assert after <= 15


def test_the_list_of_measures_asks_a_fixed_number_too(browser, world, bleeds, white, minutes):
    path = f"/projects/{bleeds.project_id}/measures/"
    before = questions(browser, world.lead, path)
    for group in range(10):
        actions.add_series(bleeds.measure, by=world.lead, unit_id=bleeds.unit_id, group=f"Group {group}")
    assert questions(browser, world.lead, path) == before <= 15


@pytest.mark.parametrize("series", ["00000000-0000-4000-8000-000000000000", "nonsense", "1"])
def test_a_series_that_does_not_exist_is_not_found(browser, world, series):
    assert browser(world.lead).get(f"/series/{series}/").status_code == 404
