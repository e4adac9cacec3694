"""Coming in at the desk: six digits or a badge, why they let nobody in, and how long to wait then."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions.faults import Refused, WorldFault
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Staff
from kiosk.actions.sign_in import PIN_DIGITS, sign_in, sign_in_by_badge
from kiosk.messages.badge_codes import ProvenBadge
from kiosk.ui.presenting import Say, spoken


class Entrance:
    """The PIN pad while nobody is in, and badges then."""

    def __init__(
        self,
        hall: Hall,
        say: Callable[[], Say],
        enter: Callable[[Staff, bool], None],
        on_change: Callable[[], None],
    ) -> None:
        """Begin with no digit keyed; `enter` gets who comes, and whether by a PIN."""
        self.digits = ""
        self._wait_s = 0
        self._refusal = ""
        self._refused_s = 0.0
        self._hall = hall
        self._say = say
        self._enter = enter
        self._on_change = on_change

    def press_digit(self, digit: str) -> None:
        """A key of the PIN pad; the sixth digit tries to sign in."""
        if self._wait_s or len(self.digits) >= PIN_DIGITS:
            return
        self.digits += digit
        self._refusal = ""
        if len(self.digits) == PIN_DIGITS:
            self._let_in(lambda: sign_in(self._hall, self.digits), is_by_pin=True)
        self._on_change()

    def erase_digit(self) -> None:
        """Take the last digit back."""
        self.digits = self.digits[:-1]
        self._on_change()

    def clear_digits(self) -> None:
        """Begin the PIN again."""
        self.digits = ""
        self._on_change()

    def hear_badge(self, badge: ProvenBadge) -> None:
        """A badge was shown: it tries to sign in."""
        self._let_in(lambda: sign_in_by_badge(self._hall, badge), is_by_pin=False)
        self._on_change()

    @property
    def refusal(self) -> str:
        """Return why nobody was let in, with the seconds that are left to wait."""
        if self._wait_s:
            return self._say()("actions.sign_in.wait", seconds=self._wait_s)
        return self._refusal

    @property
    def is_waited_at(self) -> bool:
        """Return whether digits have to wait after too many misses."""
        return bool(self._wait_s)

    def count_down(self, monotonic_s: float) -> None:
        """Let the wait run down."""
        self._wait_s = max(0, self._wait_s - max(0, int(monotonic_s) - int(self._refused_s)))
        self._refused_s = monotonic_s

    def forget(self) -> None:
        """Forget what was keyed and why it let nobody in."""
        self.digits = self._refusal = ""
        self._wait_s = 0

    def _let_in(self, who: Callable[[], Staff], *, is_by_pin: bool) -> None:
        try:
            staff = who()
        except Refused as refusal:
            self._wait_s = int(str(refusal.sentence.args.get("seconds", 0)))
            self._refusal = "" if self._wait_s else spoken(self._say(), refusal.sentence)
            self._refused_s = self._hall.clock.monotonic()
        except WorldFault as fault:
            self._refusal = spoken(self._say(), fault.sentence)
        else:
            self.forget()
            self._enter(staff, is_by_pin)
        self.digits = ""
