"""The page of records on loopback, with a few requests that read and save reviews.

Only this machine can connect. Every address begins with a random token, the Host header has to name loopback (a web
site that points its own name at 127.0.0.1 is refused), and a request that a browser sends for another site is refused.
"""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Iterable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from pydantic import ValidationError

from pkh_extract.errors import InputError, OutputError, PkhExtractError
from pkh_extract.looking.report import Page
from pkh_extract.reading.source import reason
from pkh_extract.reviewing.gold import Review
from pkh_extract.reviewing.store import Conflict, Store

if TYPE_CHECKING:
    from pkh_extract.record import Record

LOOPBACK = "127.0.0.1"
MAX_BODY = 1_000_000  # bytes of a request
SCRIPTS = ("review.js", "review-forms.js")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def serve(records: str, folder: str | None = None, *, port: int = 0, lang: str = "en") -> None:
    """Serve the page of a file of records until interrupted; prints its address on standard output.

    ``folder`` takes the gold (default: beside the records, ``NAME.gold``); ``port`` 0 is any free one. Raises
    :class:`InputError` where the records cannot be read, :class:`OutputError` where folder or port cannot be used.
    """
    from pkh_extract.writing import read_records
    from pkh_extract.writing.output import beside
    from pkh_extract.writing.textless import with_texts

    found = list(with_texts(read_records(records), "review"))
    if not found:
        raise InputError(f"{records} holds no record.")
    store = Store(found, folder if folder is not None else beside(records.rstrip("/"), "gold"))
    with make_server(store, page_of(found, Path(records).name, lang), port) as server:
        print(server.address, flush=True)
        print(f"gold goes into {store.folder}; Ctrl-C ends", file=sys.stderr, flush=True)
        server.serve_forever()


def page_of(records: Iterable[Record], name: str, lang: str) -> bytes:
    """The page with the controls for a review."""
    kept = list(records)
    options = {"mode": "review", "ids": [record.article.id for record in kept]}
    page = Page(lang, name, options=options, extra=SCRIPTS, connect="'self'")
    return "".join(page.parts(kept)).encode("utf-8", "replace")


class ReviewServer(ThreadingHTTPServer):
    """A server on loopback for one store; ``address`` is what to open."""

    daemon_threads = True
    allow_reuse_address = False

    def __init__(self, store: Store, page: bytes, port: int) -> None:
        super().__init__((LOOPBACK, port), _Handler)
        self.store, self.page = store, page
        self.token = secrets.token_urlsafe(24)
        self.hosts = {f"{host}:{self.server_port}" for host in (LOOPBACK, "localhost")}

    @property
    def address(self) -> str:
        return f"http://{LOOPBACK}:{self.server_port}/{self.token}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is nobody's fault; anything else is one line."""
        error = sys.exc_info()[1]
        if not isinstance(error, ConnectionError | TimeoutError):
            print(f"pkh-extract: review: {type(error).__name__}: {error}", file=sys.stderr)


def make_server(store: Store, page: bytes, port: int = 0) -> ReviewServer:
    """A server that listens. Raises :class:`OutputError` where the port cannot be had."""
    try:
        return ReviewServer(store, page, port)
    except (OSError, OverflowError) as error:
        why = reason(error) if isinstance(error, OSError) else "no such port"
        raise OutputError(f"Port {port} cannot be used: {why}; leave --port out for any free one.") from error


class _Refused(Exception):
    def __init__(self, status: HTTPStatus, words: str) -> None:
        super().__init__(words)
        self.status = status


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "pkh-extract", ""
    timeout = 30  # seconds that a client may keep silent

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_POST(self) -> None:
        self._answer(self._post)

    def _get(self) -> None:
        path, query = self._checked()
        if path == "":
            self._send(HTTPStatus.OK, self.server.page, "text/html; charset=utf-8")
        elif path == "state":
            self._json(HTTPStatus.OK, self.server.store.state(query.get("id", [""])[0]))
        else:
            raise _Refused(HTTPStatus.NOT_FOUND, "There is nothing here.")

    def _post(self) -> None:
        path, _ = self._checked()
        if self.headers.get("Origin") not in {f"http://{host}" for host in self.server.hosts}:
            raise _Refused(HTTPStatus.FORBIDDEN, "Only the page itself may save.")
        if path != "save":
            raise _Refused(HTTPStatus.NOT_FOUND, "There is nothing here.")
        body = self._body()
        try:
            identity, version = body.pop("id"), body.pop("version")
            if not isinstance(identity, str) or not isinstance(version, str):
                raise InputError("id and version are texts.")
            review = Review.model_validate(body)
        except KeyError as error:
            raise InputError(f"{error} is missing.") from error
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise InputError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}.") from error
        self._json(HTTPStatus.OK, self.server.store.save(identity, version, review))

    def _checked(self) -> tuple[str, dict[str, list[str]]]:
        """The path after the token, and the query, of a request that may be answered."""
        hosts = self.headers.get_all("Host") or []
        if len(hosts) != 1 or hosts[0] not in self.server.hosts:
            raise _Refused(HTTPStatus.FORBIDDEN, "This address is for this machine alone.")
        if self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            raise _Refused(HTTPStatus.FORBIDDEN, "Requests of other sites are refused.")
        address = urlsplit(self.path)
        _, _, rest = address.path.partition("/")
        token, slash, path = rest.partition("/")
        if not secrets.compare_digest(token.encode("utf-8", "replace"), self.server.token.encode()) or not slash:
            raise _Refused(HTTPStatus.FORBIDDEN, "Open the whole address that pkh-extract review printed.")
        return path, parse_qs(address.query, max_num_fields=5)

    def _body(self) -> dict[str, Any]:
        if self.headers.get_content_type() != "application/json":
            raise _Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Only JSON is taken.")
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()):
            raise _Refused(HTTPStatus.LENGTH_REQUIRED, "The length of the body is missing.")
        if len(length) > 9 or int(length) > MAX_BODY:
            raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A body has at most {MAX_BODY} bytes.")
        try:
            body = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError) as error:
            raise _Refused(HTTPStatus.BAD_REQUEST, "The body is no JSON.") from error
        if not isinstance(body, dict):
            raise _Refused(HTTPStatus.BAD_REQUEST, "The body is no JSON object.")
        return body

    def _answer(self, call: Any) -> None:
        try:
            call()
        except _Refused as error:
            self.close_connection = True  # the body may not have been read
            self._json(error.status, {"error": str(error)})
        except Conflict as error:
            self._json(HTTPStatus.CONFLICT, {"error": str(error), "stale": error.stale})
        except OutputError as error:
            self._json(HTTPStatus.INTERNAL_SERVER_ERROR, {"error": str(error)})
        except (PkhExtractError, ValueError) as error:
            self._json(HTTPStatus.BAD_REQUEST, {"error": str(error)})

    def _json(self, status: HTTPStatus, value: dict[str, Any]) -> None:
        self._send(status, json.dumps(value).encode(), "application/json")

    def _send(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        headers = {"Content-Type": kind, "Content-Length": str(len(body)), **HEADERS}
        for name, value in headers.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: addresses hold the token."""
