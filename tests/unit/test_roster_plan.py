"""What an import would change: who is who, who is new, has moved, has left, is back; and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.people.roster.model import Place, Roster, RosterAdult, RosterClass, RosterPupil, Teaches
from kiosk.people.roster.plan import Plan, plan_import
from kiosk.people.roster.present import Present, PresentAdult, PresentClass, PresentPupil
from kiosk.people.roster.words import fingerprint

AMIR = RosterPupil(
    "p-amir", "Amir", "Khan", source_id="p-amir", upn="A1", username="amir", file="users.csv", line=2
)
ZOFIA = RosterPupil(
    "p-zofia", "Zofia", "Nowak", source_id="p-zofia", upn="B2", username="zofia", file="users.csv", line=3
)
TOMI = RosterPupil(
    "p-tomi", "Tomi", "Adeyemi", source_id="p-tomi", upn="C3", username="tomi", file="users.csv", line=4
)
ALI = RosterAdult("t-ali", "Saima", "Ali", "Mrs", "ali@h.example", "t-ali", "ali", file="users.csv", line=5)
OAK, BIRCH = RosterClass("c-oak", "Oak", home=True), RosterClass("c-birch", "Birch", home=True)
SCHOOL = Roster(
    source="test",
    classes=(BIRCH, OAK),
    pupils=(AMIR, TOMI, ZOFIA),
    staff=(ALI,),
    enrolments=(Place("p-amir", "c-oak", True), Place("p-tomi", "c-birch", True), Place("p-zofia", "c-oak", True)),
    teaching=(Teaches("t-ali", "c-oak"),),
)
IN_OAK = PresentClass(1, "Oak", None, "c-oak")
IN_BIRCH = PresentClass(2, "Birch", None, "c-birch")
AMIR_HERE = PresentPupil(1, "Amir", "Khan", source_id="p-amir", upn="A1", username="amir", picture="fox-1")
ZOFIA_HERE = PresentPupil(2, "Zofia", "Nowak", source_id="p-zofia", upn="B2", username="zofia", picture="owl-2")
TOMI_HERE = PresentPupil(3, "Tomi", "Adeyemi", source_id="p-tomi", upn="C3", username="tomi", picture="boat-3")
ALI_HERE = PresentAdult(1, "Saima", "Ali", "Mrs Ali", "ali@h.example", "t-ali", "ali")
HERE = Present(
    pupils=(AMIR_HERE, ZOFIA_HERE, TOMI_HERE),
    adults=(ALI_HERE,),
    classes=(IN_OAK, IN_BIRCH),
    places=frozenset({(1, 1, True), (2, 1, True), (3, 2, True)}),
    teaching=frozenset({(1, 1)}),
)


def said(plan: Plan) -> dict[str, int]:
    """The counts that are not nothing."""
    return {name: count for name, count in plan.counts().items() if count}


def with_pupils(*pupils: RosterPupil, roster: Roster = SCHOOL) -> Roster:
    keys = {pupil.key for pupil in pupils}
    return replace(roster, pupils=pupils, enrolments=tuple(e for e in roster.enrolments if e.pupil in keys))


def here_with(*pupils: PresentPupil) -> Present:
    return replace(HERE, pupils=pupils)


def sentences(plan: Plan) -> list[str]:
    return [problem.sentence for problem in plan.problems]


def test_an_empty_school_gets_everybody() -> None:
    plan = plan_import(SCHOOL, Present())
    assert said(plan) == {
        "pupils_new": 3,
        "staff_new": 1,
        "classes_new": 2,
        "places_changed": 3,
        "teaching_changed": 1,
    }
    assert [pupil.called for pupil in plan.pupils_new] == ["Tomi Adeyemi", "Amir Khan", "Zofia Nowak"]
    assert plan.refusal is None


def test_the_same_school_gives_an_empty_plan() -> None:
    plan = plan_import(SCHOOL, HERE)
    assert plan.is_empty
    assert plan.problems == ()


def test_who_is_no_longer_listed_has_left() -> None:
    plan = plan_import(with_pupils(AMIR, TOMI), HERE)
    assert said(plan) == {"pupils_left": 1}
    assert plan.pupils_left == (ZOFIA_HERE,)


def test_who_has_left_already_does_not_leave_again() -> None:
    gone = replace(ZOFIA_HERE, left=True)
    assert plan_import(with_pupils(AMIR, TOMI), here_with(AMIR_HERE, gone, TOMI_HERE)).is_empty


def test_who_is_listed_again_is_back_as_the_same_person() -> None:
    plan = plan_import(SCHOOL, here_with(AMIR_HERE, replace(ZOFIA_HERE, left=True), TOMI_HERE))
    assert said(plan) == {"pupils_back": 1}
    assert (plan.pupils_changed[0].id, plan.pupils_changed[0].values) == (2, (("left_on", None),))


def test_a_move_to_another_class() -> None:
    moved = replace(SCHOOL, enrolments=(*SCHOOL.enrolments[:2], Place("p-zofia", "c-birch", True)))
    plan = plan_import(moved, HERE)
    assert said(plan) == {"pupils_moved": 1, "places_changed": 2}
    (move,) = plan.pupils_moved
    assert (move.called, move.before, move.after) == ("Zofia Nowak", ("Oak",), ("Birch",))
    assert (plan.places_added, plan.places_removed) == (((2, 2, True),), ((2, 1),))


def test_a_child_without_a_class_in_the_file_stays_where_they_are() -> None:
    assert plan_import(replace(SCHOOL, enrolments=SCHOOL.enrolments[:2]), HERE).is_empty


def test_another_registration_class_among_the_same_classes() -> None:
    both = (*SCHOOL.enrolments[:2], Place("p-zofia", "c-birch", True), Place("p-zofia", "c-oak"))
    here = replace(HERE, places=HERE.places | {(2, 2, False)})
    plan = plan_import(replace(SCHOOL, enrolments=both), here)
    assert plan.homes_changed == ((2, 1, False), (2, 2, True))
    assert plan.pupils_moved == ()


def test_a_new_name_for_the_same_id() -> None:
    plan = plan_import(with_pupils(replace(AMIR, family_name="Khan-Ali", known_as="Ami"), ZOFIA, TOMI), HERE)
    assert said(plan) == {"pupils_renamed": 1}
    (change,) = plan.pupils_changed
    assert (change.before, change.after) == ("Amir Khan", "Ami Khan-Ali")
    assert dict(change.values) == {"family_name": "Khan-Ali", "known_as": "Ami"}


def test_what_the_file_leaves_open_stays() -> None:
    known = replace(AMIR_HERE, known_as="Ami", year="4")
    bare = replace(AMIR, upn=None, username=None)
    assert plan_import(with_pupils(bare, ZOFIA, TOMI), here_with(known, ZOFIA_HERE, TOMI_HERE)).is_empty


def test_a_file_that_says_the_first_name_is_used_takes_a_nickname_back() -> None:
    plan = plan_import(
        with_pupils(replace(AMIR, known_as=""), ZOFIA, TOMI),
        here_with(replace(AMIR_HERE, known_as="Ami"), ZOFIA_HERE, TOMI_HERE),
    )
    assert dict(plan.pupils_changed[0].values) == {"known_as": None}


def test_a_new_id_is_recognised_by_the_upn() -> None:
    plan = plan_import(with_pupils(replace(AMIR, source_id="arbor-9", username="akhan"), ZOFIA, TOMI), HERE)
    assert said(plan) == {"pupils_otherwise_changed": 1}
    assert dict(plan.pupils_changed[0].values) == {"source_id": "arbor-9", "username": "akhan"}


def test_a_name_alone_never_makes_two_people_one() -> None:
    stranger = RosterPupil("x", "Amir", "Khan", source_id="x")
    plan = plan_import(with_pupils(stranger, ZOFIA, TOMI), HERE)
    assert said(plan) == {"pupils_new": 1, "pupils_left": 1}


def test_a_username_counts_only_with_the_first_name() -> None:
    newer = replace(AMIR, source_id="new", upn=None, key="new")
    kept = plan_import(with_pupils(newer, ZOFIA, TOMI), HERE)
    assert (kept.pupils_new, kept.pupils_left) == ((), ())
    sister = plan_import(with_pupils(replace(newer, given_name="Aisha"), ZOFIA, TOMI), HERE)
    assert [pupil.called for pupil in sister.pupils_new] == ["Aisha Khan"]
    assert sister.pupils_left == (AMIR_HERE,)
    assert sister.pupil_marks_released == ((1, "username"),)


def test_a_child_entered_by_hand_is_never_touched() -> None:
    lena = PresentPupil(9, "Lena", "Novak", picture="cat-1")
    here = replace(here_with(AMIR_HERE, ZOFIA_HERE, TOMI_HERE, lena), places=HERE.places | {(9, 1, True)})
    assert plan_import(SCHOOL, here).is_empty


def test_a_child_with_only_a_upn_leaves_like_others() -> None:
    by_upn = PresentPupil(9, "Lena", "Novak", upn="Z9")
    assert plan_import(SCHOOL, here_with(AMIR_HERE, ZOFIA_HERE, TOMI_HERE, by_upn)).pupils_left == (by_upn,)


def test_id_and_upn_of_two_different_children_are_a_problem_and_nobody_changes() -> None:
    mixed = replace(AMIR, upn="B2", given_name="Amira")
    plan = plan_import(with_pupils(mixed, TOMI), HERE)
    assert plan.is_empty
    assert sentences(plan) == [
        "In Treetops the id is Amir Khan's and the UPN is Zofia Nowak's. The row is not used."
    ]
    assert (plan.problems[0].file, plan.problems[0].line) == ("users.csv", 2)


def test_upns_set_right_between_two_listed_children_are_no_conflict() -> None:
    plan = plan_import(with_pupils(replace(AMIR, upn="B2"), TOMI, replace(ZOFIA, upn="A1")), HERE)
    assert plan.problems == ()
    assert [dict(change.values) for change in plan.pupils_changed] == [{"upn": "B2"}, {"upn": "A1"}]


def test_an_id_of_somebody_with_another_name_and_upn_is_a_problem() -> None:
    other = replace(AMIR, given_name="Lena", family_name="Novak", upn="Z9")
    plan = plan_import(with_pupils(other, ZOFIA, TOMI), HERE)
    assert plan.is_empty
    assert sentences(plan) == ["In Treetops the id is Amir Khan's, who has another UPN. The row is not used."]


def test_a_new_upn_for_the_same_child_is_taken() -> None:
    plan = plan_import(with_pupils(replace(AMIR, upn="T9"), ZOFIA, TOMI), HERE)
    assert dict(plan.pupils_changed[0].values) == {"upn": "T9"}


def test_who_stands_in_a_row_that_cannot_be_read_has_not_left() -> None:
    for known_by in ("p-zofia", "b2", "zofia"):
        roster = replace(with_pupils(AMIR, TOMI), unreadable=frozenset({fingerprint(known_by)}))
        assert plan_import(roster, HERE).is_empty


def test_a_file_without_pupils_is_refused() -> None:
    empty = Roster("test", pupils=(), staff=(ALI,))
    assert "no pupils in this file" in str(plan_import(empty, HERE).refusal)
    assert "no pupils in this file" in str(plan_import(empty, Present()).refusal)
    assert plan_import(empty, HERE, allow_many_leavers=True).refusal is None


def test_more_than_half_leaving_is_refused_unless_allowed() -> None:
    plan = plan_import(with_pupils(AMIR), HERE)
    assert "would make 2 of 3 pupils leave" in str(plan.refusal)
    assert len(plan.pupils_left) == 2
    assert plan_import(with_pupils(AMIR), HERE, allow_many_leavers=True).refusal is None


def test_exactly_half_leaving_is_not_refused() -> None:
    assert plan_import(with_pupils(AMIR), here_with(AMIR_HERE, ZOFIA_HERE)).refusal is None


def test_children_who_left_before_do_not_count_towards_the_half() -> None:
    gone = tuple(replace(TOMI_HERE, id=id_, source_id=str(id_), upn=None, left=True) for id_ in range(10, 20))
    assert plan_import(with_pupils(AMIR), here_with(AMIR_HERE, ZOFIA_HERE, TOMI_HERE, *gone)).refusal


def test_most_of_the_staff_leaving_is_refused() -> None:
    many = tuple(PresentAdult(id_, "A", f"B{id_}", f"A B{id_}", None, f"t{id_}") for id_ in range(2, 8))
    here = replace(HERE, adults=(ALI_HERE, *many))
    assert "would make 6 of 7 staff leave" in str(plan_import(SCHOOL, here).refusal)
    few = replace(HERE, adults=(ALI_HERE, *many[:3]))
    assert plan_import(SCHOOL, few).refusal is None


def test_another_systems_ids_do_not_give_children_each_others_history() -> None:
    here = tuple(PresentPupil(n, f"Given{n}", f"Family{n}", source_id=str(n)) for n in range(1, 11))
    listed = tuple(RosterPupil(str(n), f"Other{n}", f"Child{n}", source_id=str(n)) for n in range(1, 11))
    plan = plan_import(Roster("test", pupils=listed), here_with(*here), allow_many_leavers=True)
    assert "quite other names" in str(plan.refusal)


def test_a_list_of_staff_alone_leaves_pupils_as_they_are() -> None:
    roster = Roster("test", staff=(ALI,), lists_pupils=False)
    plan = plan_import(roster, HERE)
    assert (plan.is_empty, plan.refusal) == (True, None)


def test_a_list_of_pupils_alone_leaves_staff_classes_and_teaching_as_they_are() -> None:
    assert plan_import(Roster("test", pupils=SCHOOL.pupils), HERE).is_empty


def test_teachers_named_beside_classes_say_nothing_about_other_staff() -> None:
    okafor = PresentAdult(2, "Emeka", "Okafor", "Mr Okafor", "okafor@h.example", "t-okafor", "okafor")
    here = replace(HERE, adults=(ALI_HERE, okafor), teaching=HERE.teaching | {(2, 2)})
    assert plan_import(replace(SCHOOL, lists_all_staff=False), here).is_empty
    assert plan_import(SCHOOL, here).staff_left == (okafor,)


def test_an_adult_entered_by_hand_is_recognised_by_the_email_address() -> None:
    by_hand = PresentAdult(1, "Mrs", "Ali", "Mrs Ali", "Ali@h.example")
    plan = plan_import(SCHOOL, replace(HERE, adults=(by_hand,)))
    assert plan.staff_new == ()
    assert dict(plan.staff_changed[0].values)["source_id"] == "t-ali"
    assert plan.staff_changed[0].after == "Mrs Ali"


def test_an_adult_entered_by_hand_never_leaves() -> None:
    by_hand = PresentAdult(7, "Petra", "Novak", "Ms Novak", "novak@h.example")
    assert plan_import(SCHOOL, replace(HERE, adults=(ALI_HERE, by_hand))).is_empty


def test_an_address_of_the_office_does_not_turn_the_old_head_into_the_new_one() -> None:
    old = PresentAdult(5, "Jane", "Roe", "Mrs Roe", "head@h.example", "t-roe", "head")
    new = RosterAdult("t-diaz", "Luis", "Diaz", "Mr", "head@h.example", "t-diaz", "head")
    plan = plan_import(replace(SCHOOL, staff=(ALI, new)), replace(HERE, adults=(ALI_HERE, old)))
    assert plan.staff_new == (new,)
    assert plan.staff_left == (old,)
    assert plan.staff_marks_released == ((5, "email"), (5, "username"))


def test_an_address_of_somebody_who_stays_is_left_out() -> None:
    keeper = replace(ALI_HERE, id=5, email="head@h.example", username=None, source_id="t-roe", family_name="Roe")
    roe = RosterAdult("t-roe", "Saima", "Roe", source_id="t-roe")
    new = RosterAdult("t-diaz", "Luis", "Diaz", "Mr", "head@h.example", "t-diaz", file="users.csv", line=9)
    plan = plan_import(replace(SCHOOL, staff=(ALI, new, roe)), replace(HERE, adults=(ALI_HERE, keeper)))
    assert [adult.email for adult in plan.staff_new] == [None]
    assert sentences(plan) == ["The e-mail address is Mrs Ali's in Treetops and is left out."]
    assert plan.staff_left == ()


def test_addresses_swapped_between_two_listed_adults() -> None:
    roe_here = PresentAdult(5, "Jane", "Roe", "Mrs Roe", "roe@h.example", "t-roe")
    roe = RosterAdult("t-roe", "Jane", "Roe", "Mrs", "ali@h.example", "t-roe")
    ali = replace(ALI, email="roe@h.example")
    plan = plan_import(replace(SCHOOL, staff=(ali, roe)), replace(HERE, adults=(ALI_HERE, roe_here)))
    assert [dict(change.values) for change in plan.staff_changed] == [
        {"email": "roe@h.example"},
        {"email": "ali@h.example"},
    ]


def test_a_chain_of_addresses_stops_where_somebody_keeps_theirs() -> None:
    by_hand = PresentAdult(9, "Petra", "Novak", "Ms Novak", "novak@h.example")
    roe_here = PresentAdult(5, "Jane", "Roe", "Mrs Roe", "roe@h.example", "t-roe")
    roe = RosterAdult("t-roe", "Jane", "Roe", "Mrs", "novak@h.example", "t-roe", file="users.csv", line=8)
    ali = replace(ALI, email="roe@h.example")
    plan = plan_import(replace(SCHOOL, staff=(ali, roe)), replace(HERE, adults=(ALI_HERE, roe_here, by_hand)))
    assert plan.is_empty
    assert len(plan.problems) == 2


def test_a_row_that_fits_two_adults_is_a_problem() -> None:
    one = PresentAdult(5, "Saima", "Roe", "Mrs Roe", "s@h.example", "t-5", "five")
    two = PresentAdult(6, "Saima", "Diaz", "Ms Diaz", "d@h.example", "t-6", "six")
    unsure = RosterAdult("t-9", "Saima", "Ali", "Mrs", "s@h.example", "t-9", "six", file="users.csv", line=8)
    plan = plan_import(replace(SCHOOL, staff=(unsure,), teaching=()), replace(HERE, adults=(one, two)))
    assert sentences(plan) == ["The row fits both Mrs Roe and Ms Diaz in Treetops. The row is not used."]
    assert plan.is_empty


@pytest.mark.parametrize(
    ("called", "listed", "after"),
    [
        ("Mrs Ali", replace(ALI, family_name="Shah"), "Mrs Shah"),
        ("Mrs Ali", replace(ALI, family_name="Shah", title=None), "Mrs Shah"),
        ("Mrs Ali", replace(ALI, title=None), "Mrs Ali"),
        ("Saima Ali", ALI, "Mrs Ali"),
        ("Miss Saima", replace(ALI, family_name="Shah"), "Miss Saima"),
        ("Mrs Ali", replace(ALI, given_name="S"), "Mrs Ali"),
        ("Saima Ali", replace(ALI, given_name="", title=None, family_name="Shah"), "Saima Shah"),
    ],
)
def test_what_children_call_an_adult(called: str, listed: RosterAdult, after: str) -> None:
    plan = plan_import(replace(SCHOOL, staff=(listed,)), replace(HERE, adults=(replace(ALI_HERE, called=called),)))
    assert next((change.after for change in plan.staff_changed), called) == after
    assert not any(dict(change.values).get("given_name") for change in plan.staff_changed)


def test_an_email_address_used_as_an_id_does_not_push_out_a_real_one() -> None:
    beside_a_class = replace(ALI, source_id="ali@h.example", username=None, key="ali@h.example")
    roster = replace(SCHOOL, staff=(beside_a_class,), teaching=(), lists_all_staff=False)
    assert plan_import(roster, HERE).is_empty


def test_a_class_no_longer_listed_closes_and_one_listed_again_opens() -> None:
    moved = tuple(replace(place, school_class="c-oak") for place in SCHOOL.enrolments)
    plan = plan_import(replace(SCHOOL, classes=(OAK,), enrolments=moved), HERE)
    assert plan.classes_closed == (IN_BIRCH,)
    reopened = plan_import(SCHOOL, replace(HERE, classes=(IN_OAK, replace(IN_BIRCH, closed=True))))
    assert said(reopened) == {"classes_changed": 1}
    assert reopened.classes_changed[0].values == (("closed_on", None),)


def test_a_class_with_a_child_entered_by_hand_stays_open() -> None:
    lena = PresentPupil(9, "Lena", "Novak")
    here = replace(here_with(AMIR_HERE, ZOFIA_HERE, TOMI_HERE, lena), places=HERE.places | {(9, 2, True)})
    moved = tuple(replace(place, school_class="c-oak") for place in SCHOOL.enrolments)
    assert plan_import(replace(SCHOOL, classes=(OAK,), enrolments=moved), here).classes_closed == ()


def test_a_group_made_by_hand_keeps_its_children_and_stays_open() -> None:
    club = PresentClass(8, "Lunchtime club")
    here = replace(HERE, classes=(*HERE.classes, club), places=HERE.places | {(1, 8, False)})
    assert plan_import(SCHOOL, here).is_empty


def test_a_class_with_a_new_id_is_the_same_class_by_its_name() -> None:
    september = tuple(replace(one, key=f"2027-{one.key}") for one in SCHOOL.classes)
    places = tuple(replace(place, school_class=f"2027-{place.school_class}") for place in SCHOOL.enrolments)
    teaching = tuple(replace(one, school_class=f"2027-{one.school_class}") for one in SCHOOL.teaching)
    plan = plan_import(replace(SCHOOL, classes=september, enrolments=places, teaching=teaching), HERE)
    assert said(plan) == {"classes_changed": 2}


def test_a_class_made_by_hand_is_taken_over_by_its_name() -> None:
    here = replace(HERE, classes=(replace(IN_OAK, source_id=None), IN_BIRCH))
    assert said(plan_import(SCHOOL, here)) == {"classes_changed": 1}


def test_two_classes_of_one_name_are_not_mixed_up() -> None:
    here = replace(HERE, classes=(replace(IN_OAK, source_id="a"), PresentClass(2, "Oak", None, "b")))
    plan = plan_import(SCHOOL, here)
    assert len(plan.classes_new) == 2


def test_another_teacher_for_a_class() -> None:
    okafor = RosterAdult("t-okafor", "Emeka", "Okafor", "Mr", source_id="t-okafor")
    plan = plan_import(replace(SCHOOL, staff=(ALI, okafor), teaching=(Teaches("t-okafor", "c-oak"),)), HERE)
    assert (plan.teaching_added, plan.teaching_removed) == ((("t-okafor", 1),), ((1, 1),))


def test_somebody_new_who_could_not_be_recognised_again_is_not_added() -> None:
    lena = RosterPupil("B2", "Lena", "Novak", upn="B2", file="pupils.csv", line=7)
    without_upn = replace(ZOFIA, upn=None)
    plan = plan_import(with_pupils(AMIR, TOMI, without_upn, lena), HERE)
    assert plan.is_empty
    assert [problem.line for problem in plan.problems] == [7, 7]
