"""Accounts: who can sign in, adding somebody, and switching an account off and on."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from kiosk.people.accounts import (
    AccountRow,
    add_staff,
    all_accounts,
    renew_password,
    set_active,
    staff_without_account,
)
from kiosk.people.rules import read_id
from kiosk.refusal import Refusal
from kiosk.web.access import actor, allow
from kiosk.web.admin import blueprint
from kiosk.web.admin.words import ROLE_WORDS, as_typed
from kiosk.web.languages import _, flash
from kiosk.wording import N_


@blueprint.get("/accounts")
@allow("admin")
def accounts() -> ResponseReturnValue:
    """Every account, and the staff who have none yet."""
    return render_template(
        "admin/accounts.html",
        accounts=all_accounts(),
        without_account=staff_without_account(),
        role_words=ROLE_WORDS,
    )


@blueprint.get("/accounts/add")
@allow("admin")
def add_account() -> ResponseReturnValue:
    """Ask who, and what they do."""
    given = request.args.get
    return _add_page(given("name", ""), given("email", ""), ["adult"], read_id(given("adult", "")))


@blueprint.post("/accounts/add")
@allow("admin")
def add_account_now() -> ResponseReturnValue:
    """Make the account and show its first password, this once: it is kept nowhere."""
    name, email, roles = request.form.get("name", ""), request.form.get("email", ""), request.form.getlist("role")
    adult_id = read_id(request.form.get("adult", ""))
    try:
        added = add_staff(name, email, roles, actor(), adult_id=adult_id, by_name=False)
    except Refusal as refused:
        return _add_page(name, email, roles, adult_id, refused=_(refused)), 422
    return _password_page(_load(str(added.account_id)), added.password, N_("%(who)s can sign in"))


@blueprint.get("/accounts/<account_id>/switch-off")
@allow("admin")
def switch_off(account_id: str) -> ResponseReturnValue:
    """One plain question."""
    account = _load(account_id)
    return render_template("admin/switch_off.html", account=account, is_me=account.id == current_user.id)


@blueprint.post("/accounts/<account_id>/switch-off")
@allow("admin")
def switch_off_now(account_id: str) -> ResponseReturnValue:
    """Sign the account out everywhere and let it in no more."""
    return _switch(_load(account_id), active=False)


@blueprint.post("/accounts/<account_id>/switch-on")
@allow("admin")
def switch_on_now(account_id: str) -> ResponseReturnValue:
    """Let the account in again, with the password it had."""
    return _switch(_load(account_id), active=True)


@blueprint.get("/accounts/<account_id>/new-password")
@allow("admin")
def renew(account_id: str) -> ResponseReturnValue:
    """One plain question."""
    return render_template("admin/new_password.html", account=_load(account_id))


@blueprint.post("/accounts/<account_id>/new-password")
@allow("admin")
def renew_now(account_id: str) -> ResponseReturnValue:
    """Make a new first password and show it, this once."""
    account = _load(account_id)
    try:
        password = renew_password(account.id, actor())
    except Refusal as refused:
        flash(refused, "stopped")
        return redirect(url_for("admin.accounts"), 303)
    return _password_page(account, password, N_("%(who)s has a new password"))


def _switch(account: AccountRow, *, active: bool) -> ResponseReturnValue:
    try:
        set_active(account.id, active, actor())
    except Refusal as refused:
        flash(refused, "stopped")
    else:
        done = N_("%(who)s is switched on.") if active else N_("%(who)s is switched off.")
        flash(_(done, who=account.called or account.email), "done")
    return redirect(url_for("admin.accounts"), 303)


def _load(account_id: str) -> AccountRow:
    found = [account for account in all_accounts() if str(account.id) == account_id]
    return found[0] if found else abort(404)


def _password_page(account: AccountRow, password: str, news: str) -> str:
    return render_template(
        "admin/password.html", account=account, password=password, news=news, role_words=ROLE_WORDS
    )


def _add_page(name: str, email: str, roles: list[str], adult_id: int | None, refused: str | None = None) -> str:
    return render_template(
        "admin/add_account.html",
        adult_id=adult_id,
        name=as_typed(name),
        email=as_typed(email),
        roles=roles,
        refused=refused,
        role_words=ROLE_WORDS,
    )
