"""The bureau over HTTPS: pinned to one private CA, requests signed, certificate dates ignored.

Kiosk clocks die: a certificate judged by a dead clock would cut a hall off, so trust rests on the pinned CA
and the signature, and revocation on the bureau's own list.
"""

from __future__ import annotations

import hashlib
import secrets
import ssl
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from kiosk.messages.packing import Packing
from kiosk.messages.signing import sign_request
from kiosk.messages.sync import EnrolReply, EnrolRequest, Problem, SyncReply, SyncRequest
from kiosk.messages.wire import Wire
from kiosk.sync.wordings import Wording

_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME of OpenSSL, which the ssl module does not name
_NOT_NAMED = {62, 64}  # X509_V_ERR_HOSTNAME_MISMATCH and X509_V_ERR_IP_ADDRESS_MISMATCH of OpenSSL
_CONNECT_S, _READ_S = 5.0, 20.0
_CARRY_S = 300.0  # a bundle may hold the entries of weeks, and somebody waits for it
_LARGEST_CERTIFICATE_BYTES = 64 * 1024
_READ_BY_NOBODY = ("Accept", "Accept-Encoding", "Connection", "User-Agent")
"""What the library would send with every request, and no bureau reads."""
_Reply = TypeVar("_Reply", bound=Wire)


class BureauUnreachableError(Exception):
    """The bureau did not answer, or not so that it can be believed. `problem` is a catalogue key."""

    def __init__(self, cause: str, problem: str = "sync.unreachable") -> None:
        """Keep the technical cause for the log, and the sentence for the desk."""
        super().__init__(cause)
        self.problem = problem


class BureauRefusedError(Exception):
    """The bureau answered no. `problem` is its sentence as a catalogue key."""

    def __init__(self, status: int, problem: Problem) -> None:
        """Keep the HTTP status and the problem."""
        super().__init__(f"{status} {problem.key}")
        self.status = status
        self.problem = problem


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
    timeout = httpx.Timeout(_READ_S, connect=_CONNECT_S)
    try:
        with (
            httpx.Client(base_url=url, verify=context, timeout=timeout, trust_env=False) as client,
            client.stream("GET", "/ca.pem") as answer,
        ):
            offered = _at_most(answer, _LARGEST_CERTIFICATE_BYTES)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise BureauUnreachableError(type(error).__name__) from error
    try:
        certificate = ssl.PEM_cert_to_DER_cert(offered.decode("ascii").strip())
    except ValueError as error:
        raise BureauUnreachableError("no certificate", "sync.not_our_bureau") from error
    if hashlib.sha256(certificate).digest() != sha256:
        raise BureauUnreachableError("another authority", "sync.not_our_bureau")
    return ssl.DER_cert_to_PEM_cert(certificate)


def _at_most(answer: httpx.Response, limit_bytes: int) -> bytes:
    """Return a body, or its beginning when somebody sends without end."""
    kept = bytearray()
    for part in answer.iter_raw():
        kept += part
        if len(kept) > limit_bytes:
            break
    return bytes(kept)


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
        timeout = httpx.Timeout(_READ_S, connect=_CONNECT_S)
        # trust_env off: a proxy in the environment must not come between a kiosk and its bureau.
        self._client = httpx.Client(
            base_url=url, verify=pinned_context(ca_file), timeout=timeout, trust_env=False
        )
        for name in _READ_BY_NOBODY:
            del self._client.headers[name]
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
        self._client.close()

    def enrol(self, request: EnrolRequest) -> EnrolReply:
        """Offer a one-time code and a public key; return who this kiosk is."""
        answer = self._post("/enrol", request, {})
        return self._read(answer, EnrolReply)

    def sync(self, request: SyncRequest, key: Ed25519PrivateKey) -> SyncReply:
        """Do one round; safe to repeat after any failure."""
        answer = self._say(request, key)
        while not answer.is_success and self._wording.has_simpler(answer.status_code):
            answer = self._say(request, key)
        if not answer.is_success:
            return self._read(answer, SyncReply)
        try:
            return self._wording.heard(request, answer.headers.get("content-type", ""), answer.content)
        except ValueError as error:
            raise BureauUnreachableError("answer not understood", "sync.strange_answer") from error

    def _say(self, request: SyncRequest, key: Ed25519PrivateKey) -> httpx.Response:
        media_type, body = self._wording.worded(request)
        token = secrets.token_urlsafe(16)
        headers = sign_request(key, "POST", "/sync", request.kiosk, token, body)
        return self._ask("POST", "/sync", body, {"Content-Type": media_type, **headers})

    def courier_card(self) -> bytes:
        """Return the card by which kiosks without a network write for this bureau."""
        return self._content_of(self._ask("GET", "/courier", b"", {}))

    def carry(self, bundle: bytes, kiosk: str, key: Ed25519PrivateKey) -> bytes:
        """Bring a bundle, whoever wrote it, and return the bureau's answer, a bundle too."""
        headers = sign_request(key, "POST", "/courier", kiosk, secrets.token_hex(16), bundle)
        headers["Content-Type"] = "application/octet-stream"
        return self._content_of(self._ask("POST", "/courier", bundle, headers, _CARRY_S))

    def _content_of(self, answer: httpx.Response) -> bytes:
        if not answer.is_success:
            self._read(answer, Problem)
        return answer.content

    def _post(self, path: str, message: Wire, headers: dict[str, str]) -> httpx.Response:
        return self._send(path, message.model_dump_json().encode(), headers)

    def _send(self, path: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
        return self._ask("POST", path, body, {"Content-Type": "application/json", **headers})

    def _ask(
        self, method: str, path: str, body: bytes, headers: dict[str, str], read_s: float = _READ_S
    ) -> httpx.Response:
        if self._client.base_url.scheme != "https":
            raise BureauUnreachableError("not an https address", "sync.not_https")
        try:
            timeout = httpx.Timeout(read_s, connect=_CONNECT_S)
            return self._client.request(method, path, content=body, headers=headers, timeout=timeout)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            self._wording.try_packed_again()
            raise BureauUnreachableError(type(error).__name__, _problem_of(error)) from error

    def _read(self, answer: httpx.Response, kind: type[_Reply]) -> _Reply:
        try:
            if answer.is_success:
                return kind.model_validate_json(answer.content)
            problem = Problem.model_validate_json(answer.content)
        except ValidationError as error:
            raise BureauUnreachableError(f"answer {answer.status_code}", "sync.strange_answer") from error
        raise BureauRefusedError(answer.status_code, problem)


def _problem_of(error: BaseException | None) -> str:
    """Return the sentence for a request that failed: out of reach, or somebody else at the other end."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return "sync.not_named" if error.verify_code in _NOT_NAMED else "sync.not_our_bureau"
        error = error.__cause__ or error.__context__
    return "sync.unreachable"
