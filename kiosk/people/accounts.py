"""Accounts: who may sign in, and as what."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email
from flask_security.utils import hash_password
from sqlalchemy import ColumnElement, and_, exists, select

from kiosk.audit import Actor, record
from kiosk.db import db, utc_now, writing
from kiosk.people.leaving import works_here
from kiosk.people.look_store import look_for_somebody_new
from kiosk.people.models import ROLES, Account, Adult, Role, account_role
from kiosk.refusal import Refusal
from kiosk.wording import N_

# Roles of people whom a child may trust; an administrator is nobody's trusted adult.
WITH_CHILDREN = frozenset(ROLES) - {"admin"}
# Short plain words, easy to copy from a screen; three of them and a number make a first password.
_SYLLABLES = ("ba", "ko", "li", "mu", "ne", "po", "ra", "su", "ti", "vo", "wa", "ze", "da", "fi", "go", "hu")


class StaffRefused(Refusal):
    """An account that cannot be made; the message is a sentence saying why."""


@dataclass(frozen=True)
class NewAccount:
    """An account just made, with the first password: shown once, kept nowhere."""

    account_id: int
    adult_id: int | None
    password: str
    was_found_by_name: bool = False
    """Whether it went to somebody of the roster for no other reason than that their name is the same."""


def make_roles() -> None:
    """Put the five roles into the database when they are not there."""
    with writing() as session:
        there = set(session.scalars(select(Role.name)))
        session.add_all(Role(name=name) for name in ROLES if name not in there)


def add_staff(
    name: str,
    email: str,
    roles: Sequence[str],
    by: Actor,
    *,
    password: str | None = None,
    adult_id: int | None = None,
    by_name: bool = True,
) -> NewAccount:
    """Make an account; the adult with this e-mail address gets it, else the one of this name on the roster.

    A new adult is made when there is neither.

    Args:
        name: what the children call them ("Mrs Ali"), or the administrator's name.
        email: the address they sign in with.
        roles: some of ``ROLES``; anybody who works with children is an ``adult`` as well.
        by: who adds them.
        password: a first password; made up when not given.
        adult_id: who of the roster's staff without an address gets it, whatever the name.
        by_name: give it to the one of them who has this name; else that is asked about.

    Raises:
        StaffRefused: the address or a role cannot be used, the address or the adult has an account already, or
            somebody of this name is on the roster and it is not said whether they are meant.
    """
    name, email = " ".join(name.split()), _read_email(email)
    if not name or len(name) > 120 or not name.isprintable():
        raise StaffRefused("Give a name of at most 120 characters.")
    if not roles or (unknown := set(roles) - set(ROLES)):
        raise StaffRefused(
            "Use one or more of these roles: %(roles)s (not %(given)s).",
            roles=", ".join(ROLES),
            given=", ".join(sorted(unknown)) if roles else N_("no role"),
        )
    wanted = set(roles) | ({"adult"} if WITH_CHILDREN & set(roles) else set())
    password = password or made_up_password()
    with writing() as session:
        if session.scalar(select(Account.id).where(Account.email == email)):
            raise StaffRefused("%(who)s has an account already.", who=email)
        make_roles()
        adult, was_found_by_name = None, False
        if wanted & WITH_CHILDREN:
            adult, was_found_by_name = _adult_for(name, email, adult_id, by_name=by_name)
        if adult and session.scalar(select(Account.id).where(Account.adult_id == adult.id)):
            raise StaffRefused("%(who)s has an account already.", who=adult.called)
        account = Account(
            email=email,
            password=hash_password(password),
            fs_uniquifier=secrets.token_hex(32),
            created_at=utc_now(),
            adult_id=adult.id if adult else None,
            roles=list(session.scalars(select(Role).where(Role.name.in_(wanted)).order_by(Role.id))),
        )
        session.add(account)
        session.flush()
        record("staff_added", by, account=account.id, roles=sorted(wanted))
        return NewAccount(account.id, account.adult_id, password, was_found_by_name)


@dataclass(frozen=True)
class AccountRow:
    """An account as the administrator sees it."""

    id: int
    email: str
    called: str | None
    roles: tuple[str, ...]
    active: bool


def all_accounts() -> list[AccountRow]:
    """Every account, by address."""
    rows = db.session.execute(
        select(Account, Adult.called).outerjoin(Adult, Adult.id == Account.adult_id).order_by(Account.email)
    )
    return [
        AccountRow(
            a.id, a.email, called, tuple(r for r in ROLES if r in {role.name for role in a.roles}), a.active
        )
        for a, called in rows
    ]


def set_active(account_id: int, active: bool, by: Actor) -> None:
    """Switch an account on, or off: then it is signed out everywhere and is told nothing more.

    Raises:
        StaffRefused: no such account, or it is the last administrator who could switch anything on again.
    """
    with writing() as session:
        account = session.get(Account, account_id)
        if account is None:
            raise StaffRefused("There is no such account.")
        if account.active == active:
            return
        if not active and _active_administrators() == [account_id]:
            raise StaffRefused("This is the last administrator. Add another one before switching it off.")
        account.active = active
        # Sessions carry this name, so those begun before stay closed when the account is switched on again.
        account.fs_uniquifier = secrets.token_hex(32)
        record("staff_switched", by, account=account_id, active=active)


def renew_password(account_id: int, by: Actor) -> str:
    """Give an account a new first password and sign it out everywhere; the password is kept nowhere.

    Raises:
        StaffRefused: no such account, or it is switched off.
    """
    password = made_up_password()
    with writing() as session:
        account = session.get(Account, account_id)
        if account is None:
            raise StaffRefused("There is no such account.")
        if not account.active:
            raise StaffRefused("This account is switched off. Switch it on first.")
        account.password = hash_password(password)
        account.fs_uniquifier = secrets.token_hex(32)
        record("password_renewed", by, account=account_id)
    return password


def _active_administrators() -> list[int]:
    """Locked until the transaction ends, so that two administrators cannot switch each other off at once."""
    administrators = (
        select(Account.id)
        .join(account_role, account_role.c.account_id == Account.id)
        .join(Role, Role.id == account_role.c.role_id)
        .where(Role.name == "admin", Account.active)
        .order_by(Account.id)
        .with_for_update(of=Account)
    )
    return list(db.session.scalars(administrators))


@dataclass(frozen=True)
class Unaccounted:
    """Somebody who works here and cannot sign in yet."""

    id: int
    called: str
    email: str | None
    """Nothing when the roster gives them none."""


def staff_without_account() -> list[Unaccounted]:
    """Adults of the roster who have no account, by name."""
    rows = db.session.execute(
        select(Adult.id, Adult.called, Adult.email)
        .outerjoin(Account, Account.adult_id == Adult.id)
        .where(Account.id.is_(None), works_here())
        .order_by(Adult.family_name, Adult.given_name, Adult.id)
    )
    return [Unaccounted(*row) for row in rows]


def made_up_password() -> str:
    """A first password that can be read out: four made-up words and a number (about 55 bits)."""
    words = ["".join(secrets.choice(_SYLLABLES) for _ in range(3)) for _ in range(4)]
    return "-".join(words) + f"-{secrets.randbelow(90) + 10}"


def _read_email(text: str) -> str:
    try:
        return str(validate_email(text, check_deliverability=False).normalized).lower()
    except EmailNotValidError as error:
        raise StaffRefused("%(text)s is not an e-mail address.", text=repr(text[:80])) from error


def _adult_for(name: str, email: str, adult_id: int | None, *, by_name: bool) -> tuple[Adult, bool]:
    """Who gets the account, and whether by the name alone."""
    session = db.session()
    if adult := session.scalar(select(Adult).where(Adult.email == email)):
        return adult, False
    found = _without_address(name) if adult_id is None else _one_without_address(adult_id)
    if found and adult_id is None and not by_name:
        raise StaffRefused(
            "%(who)s is on the roster without an e-mail address. If it is the same person, choose “Give an "
            "account” beside their name under Accounts. If not, write the name another way.",
            who=name,
        )
    if len(found) == 1:
        found[0].email = email
        return found[0], adult_id is None
    given, _, family = name.rpartition(" ")
    adult = Adult(
        given_name=given or family,
        family_name=family,
        called=name,
        email=email,
        picture=look_for_somebody_new(email),
    )
    session.add(adult)
    session.flush()
    return adult, False


def _without_address(name: str) -> list[Adult]:
    """Who of this name has no e-mail address and no account: many rosters give none to their staff.

    Two of one name cannot be told apart, so then it is neither.
    """
    return [
        one
        for one in db.session.scalars(select(Adult).where(_has_nothing()))
        if name.casefold() in (one.called.casefold(), f"{one.given_name} {one.family_name}".casefold())
    ]


def _one_without_address(adult_id: int) -> list[Adult]:
    found = list(db.session.scalars(select(Adult).where(_has_nothing(), Adult.id == adult_id)))
    if not found:
        raise StaffRefused("This adult has an account or an e-mail address already, or works here no more.")
    return found


def _has_nothing() -> ColumnElement[bool]:
    return and_(Adult.email.is_(None), ~exists(1).where(Account.adult_id == Adult.id), works_here())
