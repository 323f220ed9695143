"""The headings that school systems really put over the columns of a plain list. Data, no rules.

Each field has its headings in order of preference, reduced to letters and digits in lower case.
"""

from __future__ import annotations

from kiosk.people.roster.tables import Fields


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _each(starts: str, ends: str) -> tuple[str, ...]:
    """Every start with every end; a dash is nothing: "pupil -" and "id no" give pupilid, pupilno, id, no."""
    return tuple((start + end).replace("-", "") for start in starts.split() for end in ends.split())


SURELY_PUPILS: Fields = {
    "upn": _words("upn uniquepupilnumber pupilupn studentupn currentupn"),
    "admission": (
        *_words("admissionnumber admissionno admissionsnumber admissionsno admnumber admno adno"),
        *_each("pupil student child learner", "id number no code reference ref"),
    ),
}
SURELY_STAFF: Fields = {
    "staff_name": _words("staffname stafffullname staffmember memberofstaff employeename employee"),
    "staff_id": (
        *_each("staff employee payroll workforce", "id code number no reference ref"),
        *_words("staffinitials teachernumber"),
    ),
    "job": _words("jobtitle job jobrole post posttitle position staffrole staffroles"),
    "staff_email": _words("workemail workemailaddress staffemail staffemailaddress primaryworkemail"),
}
PUPILS_MORE_LIKELY: Fields = {
    "registration": (
        *_each("registration reg form tutor", "group - form class"),
        *_words("registrationname registrationcode formname tutorgroupname formtutorgroup homeroom"),
        "currentregistrationform",
    ),
    "year": (
        *_each("- nc current currentnc nationalcurriculum curriculum", "year yeargroup years"),
        *_words("yeartaughtin ncyeartaughtin yr yrgroup yearname yearcode ncyearactual grade gradelevel"),
    ),
}
OF_ANYBODY: Fields = {
    "given": _each(
        "- pupil student child learner staff chosen",
        "forename firstname givenname forenames firstnames givennames first",
    ),
    "legal_given": _each("legal", "forename firstname givenname forenames"),
    "preferred": (
        *_each("preferred prefered preffered known usual", "forename firstname name givenname"),
        *_words("knownas knownasname chosenname nickname likestobecalled"),
    ),
    "family": _each("- pupil student child learner staff chosen", "surname lastname familyname last"),
    "legal_family": _each("legal", "surname lastname familyname"),
    "preferred_family": _each("preferred prefered preffered known usual", "surname lastname familyname"),
    "name": (
        *_words("name fullname displayname pupil student child learner"),
        *_each("pupil student child learner", "name fullname"),
    ),
    "title": _words("title salutation stafftitle"),
    "role": _words("role type usertype persontype category userrole roletype recordtype"),
    "email": _words("email emailaddress schoolemail schoolemailaddress"),
    "id": _words("id misid personid externalid sisid uniqueid uniquecode localid sourceid"),
    "username": _words("username userid login loginname networkusername adusername userprincipalname"),
    "class": _words(
        "class classname classgroup currentclass primaryclass classcode classes teachinggroup group groupname"
    ),
    "teacher": _each("classteacher formteacher formtutor tutor teacher regtutor registrationtutor", "- name"),
    "teacher_email": _each("classteacher formteacher formtutor tutor teacher", "email emailaddress workemail"),
    "teacher_id": _each("classteacher formteacher formtutor tutor teacher", "id code staffcode staffid"),
    "house": _words("house schoolhouse housegroup pupilhouse studenthouse"),
    "school": _words("school schoolname establishment establishmentname academy"),
    "school_id": _words("dfenumber schooldfenumber dfeno urn schoolurn schoolid establishmentnumber"),
    "status": _each("- enrolment onroll roll pupil student staff", "status"),
    "leaving": _words("leavingdate dateofleaving leaverdate dateleft leftdate"),
    "sourced_id": _words("sourcedid"),
}
EVERY_FIELD: Fields = {**SURELY_PUPILS, **SURELY_STAFF, **PUPILS_MORE_LIKELY, **OF_ANYBODY}
