"""How long a chart would need stands beside the aim, and not where nothing can be told."""

from datetime import date

from qitracker.projects.actions import write_aim


def aim_page(browser, world, series, target):
    parts = {"what": "Births with a large bleed", "unit": "%", "start": 12.0, "population": "women and birthing people"}
    write_aim(
        series.project, None, by=world.lead, series_id=series.id, target=target, by_date=date(2026, 3, 1), **parts
    )
    return browser(world.lead).get(f"/projects/{series.project_id}/aim").text


def test_the_time_to_be_sure_stands_beside_the_aim(browser, world, bleeds):
    text = aim_page(browser, world, bleeds, 6.0)
    assert "Time to be sure: about" in text
    assert "chance of 80%" in text


def test_an_aim_that_is_reached_asks_for_no_patience(browser, world, bleeds):
    assert "Time to be sure" not in aim_page(browser, world, bleeds, 50.0)
