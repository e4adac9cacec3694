"""The bureau over HTTPS: pinned to one private CA, requests signed, certificate dates ignored.

Kiosk clocks die: a certificate judged by a dead clock would cut a hall off, so trust rests on the pinned CA
and the signature. A certificate that the CA signed is trusted until the kiosk is enrolled anew.
"""

from __future__ import annotations

import hashlib
import secrets
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from kiosk.messages.bundles import MAX_BUNDLE_BYTES
from kiosk.messages.packing import LARGEST_BYTES, Packing
from kiosk.messages.signing import sign_request
from kiosk.messages.sync import (
    EnrolReply,
    EnrolRequest,
    PostReply,
    PostRequest,
    Problem,
    SyncReply,
    SyncRequest,
)
from kiosk.messages.wire import Wire
from kiosk.sync.lines import FAULTS, Answer, HttpsLine, HungUpError, TooLongError
from kiosk.sync.wordings import Wording

_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME of OpenSSL, which the ssl module does not name
_NOT_NAMED = {62, 64}  # X509_V_ERR_HOSTNAME_MISMATCH and X509_V_ERR_IP_ADDRESS_MISMATCH of OpenSSL
_READ_S = 20.0
_CARRY_S = 300.0  # a bundle may hold the entries of weeks, and somebody waits for it
_LARGEST_CERTIFICATE_BYTES = 64 * 1024
_MOST_BYTES = max(LARGEST_BYTES, MAX_BUNDLE_BYTES)
_Reply = TypeVar("_Reply", bound=Wire)


class BureauUnreachableError(Exception):
    """The bureau did not answer, or not so that it can be believed. `problem` is a catalogue key."""

    def __init__(self, cause: str, problem: str = "sync.unreachable") -> None:
        """Keep the technical cause for the log, and the sentence for the desk."""
        super().__init__(cause)
        self.problem = problem


class BureauRefusedError(Exception):
    """The bureau answered no. `problem` is its sentence as a catalogue key."""

    def __init__(self, status: int, problem: Problem, retry_after_s: float | None = None) -> None:
        """Keep the HTTP status, the problem, and when the bureau wants to hear of us again."""
        super().__init__(f"{status} {problem.key}")
        self.status = status
        self.problem = problem
        self.retry_after_s = retry_after_s


def pinned_context(ca_file: Path) -> ssl.SSLContext:
    """Return a TLS context that trusts one CA file and nothing else, whatever the date."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(cafile=str(ca_file))
    context.verify_flags |= ssl.VerifyFlags(_NO_CHECK_TIME)
    return context


def fetch_authority(url: str, sha256: bytes) -> str:
    """Return the certificate (PEM) of the bureau's authority, which must have this fingerprint.

    Nobody is trusted yet and nothing is told: one public file is read, and whoever sends another one is
    found out. What is returned is the very certificate that was compared. Raises BureauUnreachableError.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    line = HttpsLine(url, context)
    try:
        offered = line.ask(
            "GET", "/ca.pem", b"", {}, read_s=_READ_S, most_bytes=_LARGEST_CERTIFICATE_BYTES
        ).content
    except TooLongError as error:
        raise BureauUnreachableError("no certificate", "sync.not_our_bureau") from error
    except FAULTS as error:
        raise BureauUnreachableError(type(error).__name__) from error
    finally:
        line.close()
    try:
        certificate = ssl.PEM_cert_to_DER_cert(offered.decode("ascii").strip())
    except ValueError as error:
        raise BureauUnreachableError("no certificate", "sync.not_our_bureau") from error
    if hashlib.sha256(certificate).digest() != sha256:
        raise BureauUnreachableError("another authority", "sync.not_our_bureau")
    return ssl.DER_cert_to_PEM_cert(certificate)


class HttpBureau:
    """One kept-alive connection to the bureau."""

    def __init__(
        self,
        url: str,
        ca_file: Path,
        packing: Packing | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; the connection opens with the first request. Without `packing` all is said in JSON."""
        self._line = HttpsLine(url, pinned_context(ca_file))
        self._wording = Wording(packing, monotonic)

    def __enter__(self) -> HttpBureau:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._line.close()

    def enrol(self, request: EnrolRequest) -> EnrolReply:
        """Offer a one-time code and a public key; return who this kiosk is."""
        body = request.model_dump_json().encode()
        answer = _asked(lambda: self._ask("POST", "/enrol", body, {"Content-Type": "application/json"}))
        return self._read(answer, EnrolReply)

    def post(self, request: PostRequest, key: Ed25519PrivateKey) -> PostReply:
        """Come to hear how this kiosk is called by now, perhaps with a new key."""
        body = request.model_dump_json().encode()

        def ask() -> Answer:
            signed = sign_request(key, "POST", "/post", request.kiosk, secrets.token_urlsafe(16), body)
            return self._ask("POST", "/post", body, {"Content-Type": "application/json", **signed})

        return self._read(_asked(ask), PostReply)

    def sync(self, request: SyncRequest, key: Ed25519PrivateKey) -> SyncReply:
        """Do one round; safe to repeat after any failure."""
        answer = self._say(request, key)
        while not answer.is_success and self._wording.has_simpler(answer.status):
            answer = self._say(request, key)
        if not answer.is_success:
            return self._read(answer, SyncReply)
        try:
            return self._wording.heard(request, answer.media_type, answer.content)
        except ValueError as error:
            raise BureauUnreachableError("answer not understood", "sync.strange_answer") from error

    def _say(self, request: SyncRequest, key: Ed25519PrivateKey) -> Answer:
        media_type, body = self._wording.worded(request)

        def ask() -> Answer:
            token = secrets.token_urlsafe(16)
            signed = sign_request(key, "POST", "/sync", request.kiosk, token, body)
            return self._ask("POST", "/sync", body, {"Content-Type": media_type, **signed})

        return _asked(ask)

    def courier_card(self) -> bytes:
        """Return the card by which kiosks without a network write for this bureau."""
        return self._content_of(_asked(lambda: self._ask("GET", "/courier", b"", {})))

    def carry(self, bundle: bytes, kiosk: str, key: Ed25519PrivateKey) -> bytes:
        """Bring a bundle, whoever wrote it, and return the bureau's answer, a bundle too."""

        def ask() -> Answer:
            headers = sign_request(key, "POST", "/courier", kiosk, secrets.token_hex(16), bundle)
            headers["Content-Type"] = "application/octet-stream"
            return self._ask("POST", "/courier", bundle, headers, _CARRY_S)

        return self._content_of(_asked(ask))

    def _content_of(self, answer: Answer) -> bytes:
        if not answer.is_success:
            self._read(answer, Problem)
        return answer.content

    def _ask(
        self, method: str, path: str, body: bytes, headers: dict[str, str], read_s: float = _READ_S
    ) -> Answer:
        """Ask once. Raises BureauUnreachableError, or HungUpError when asking again is due."""
        if not self._line.is_https:
            raise BureauUnreachableError("not an https address", "sync.not_https")
        try:
            return self._line.ask(method, path, body, headers, read_s=read_s, most_bytes=_MOST_BYTES)
        except HungUpError:
            raise
        except FAULTS as error:
            self._wording.try_packed_again()
            raise BureauUnreachableError(type(error).__name__, _problem_of(error)) from error

    def _read(self, answer: Answer, kind: type[_Reply]) -> _Reply:
        try:
            if answer.is_success:
                return kind.model_validate_json(answer.content)
            problem = Problem.model_validate_json(answer.content)
        except ValidationError as error:
            raise BureauUnreachableError(f"answer {answer.status}", "sync.strange_answer") from error
        raise BureauRefusedError(answer.status, problem, answer.retry_after_s)


def _asked(ask: Callable[[], Answer]) -> Answer:
    """Ask, and once more if the bureau had let go of the kept connection: nothing is carried out twice."""
    with suppress(HungUpError):
        return ask()
    return ask()  # on a connection of its own


def _problem_of(error: BaseException | None) -> str:
    """Return the sentence for a request that failed: out of reach, or somebody else at the other end."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return "sync.not_named" if error.verify_code in _NOT_NAMED else "sync.not_our_bureau"
        error = error.__cause__ or error.__context__
    return "sync.unreachable"
