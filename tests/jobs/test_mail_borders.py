"""What no weekly mail tells: work outside a hub's places, private work, and what is read elsewhere only as staff."""

import pytest
from sqlalchemy import select

from qitracker.jobs.digest import write_digests
from qitracker.method.roles import Role
from qitracker.models import Letter, Standing, Visibility, db
from qitracker.people.actions import give_role
from qitracker.plumbing import clock


def stuck(project, unit):
    project.unit_id, project.organisation_id = unit.id, unit.organisation_id
    row = db.session.get(Standing, project.id) or Standing(project_id=project.id, checked_on=clock.today())
    row.state, row.sentence, row.told, row.reasons = "stalled", "Nothing has happened.", "team coach hub", []
    db.session.add(row)
    return project


@pytest.fixture
def written(world):
    """Three projects of which hubs are told, and the letters that were written."""
    give_role(world.hub, Role.STAFF, by=None, unit=world.other_hospital)
    world.person("of a ward", Role.HUB, world.ward21)
    stuck(world.project("Near"), world.ward18)
    stuck(world.project("Far"), world.other_ward)
    stuck(world.project("Hidden"), world.ward18).visibility = Visibility.PRIVATE
    db.session.commit()
    write_digests(clock.today())
    return {letter.person.name: letter.text for letter in db.session.scalars(select(Letter))}


def test_a_hub_is_told_of_its_own_places_alone(world, written):
    told = {
        name: [title for title in ("Near", "Far", "Hidden") if title in written.get(name, "")]
        for name in ("Role hub", "Role of a ward", "Role outsider")
    }
    assert told == {"Role hub": ["Near"], "Role of a ward": [], "Role outsider": ["Far"]}
