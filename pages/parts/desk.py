"""The counter as the person of this window stands at it."""

from pages.parts.identity import ROLE_NAMES
from pages.parts.opened import opened_entrance, opened_house
from pages.parts.view import View
from sipa_data.entrance import Mode
from sipa_data.release.desk import Desk


def desk(view: View) -> Desk:
    """Rights, account and places of this run; it costs nothing to make."""
    house, entrance = opened_house(), opened_entrance()
    alone = entrance.mode is Mode.demonstration
    # Nobody signs in for a demonstration: each role stands for another person, so that four eyes can be tried.
    account = f"{view.visitor.account} ({ROLE_NAMES[view.reader.scope.role]})" if alone else view.visitor.account
    return Desk.at(
        house.settings, house.lake, entrance.log, house.catalogue, view.reader.scope, account, no_sign_in=alone
    )
