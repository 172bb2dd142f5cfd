"""The door of the console in a browser: who has not shown the token gets nothing, not even a picture.

Law: a name that is not this computer's is refused (a stranger's page may have made it point here), a token is compared
in constant time and leaves the address line at once, and the page may load nothing from anywhere else.
"""

import hmac
import ipaddress
import secrets
import socket
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web
from textual_serve.server import Server

COOKIE: Final = "agentdesk"
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_POLICY: Final = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_CLOSED: Final = "Open the address that `agentdesk serve` printed: it has the token.\n"
_ELSEWHERE: Final = "This address is not the one `agentdesk serve` listens on.\n"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach a host."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Gate:
    """Decides who comes in.

    Args:
        token: What the address has to hold once.
        open_to_network: Whether other computers may be told this one's name.
    """

    def __init__(self, token: str, *, open_to_network: bool = False) -> None:
        self.token = token
        self._session = secrets.token_urlsafe(32)
        self._open = open_to_network

    def knows_host(self, host: str) -> bool:
        """Whether a Host header is a name of this computer: never one that somebody chose for an address."""
        name = (
            host.rpartition(":")[0]
            if host.rpartition(":")[2].isdecimal() and not host.endswith("]")
            else host
        )
        if is_loopback(name):
            return True
        if not self._open:
            return False
        try:
            ipaddress.ip_address(name.strip("[]"))
        except ValueError:
            return name.lower() in {socket.gethostname().lower(), socket.getfqdn().lower()}
        return True

    def has_shown(self, request: web.Request) -> bool:
        """Whether the browser has shown the token before."""
        return hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), self._session.encode())

    def shows(self, request: web.Request) -> bool:
        """Whether it shows it now."""
        given = request.query.get("token", "")
        return request.path == "/" and hmac.compare_digest(given.encode(), self.token.encode())

    def admit(self) -> web.Response:
        """Let it in, and take the token out of the address line."""
        response = web.Response(status=303, headers={"Location": "/", **_HEADERS})
        response.set_cookie(COOKIE, self._session, httponly=True, samesite="Strict", path="/")
        return response

    def is_of_this_page(self, request: web.Request) -> bool:
        """Whether a socket is opened by our own page, and not by another one in the same browser."""
        origin = request.headers.get("Origin")
        return request.path != "/ws" or origin is None or origin.partition("://")[2] == request.host


def guard(gate: Gate) -> "web.middleware":  # type: ignore[valid-type]  # aiohttp's decorator
    """The gate as a middleware before every route, the socket and the files of the page included."""

    @web.middleware
    async def before(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not gate.knows_host(request.host):
            return web.Response(status=403, text=_ELSEWHERE, headers=_HEADERS)
        if gate.shows(request):
            return gate.admit()
        if not gate.has_shown(request) or not gate.is_of_this_page(request):
            return web.Response(status=403, text=_CLOSED, headers=_HEADERS)
        return await handler(request)

    return before


class DeskServer(Server):
    """The console in a browser, one process for each page that is open.

    Args:
        command: What starts the console.
        gate: Who comes in.
        host: Where to listen.
        port: Likewise.
    """

    def __init__(self, command: str, gate: Gate, *, host: str, port: int) -> None:
        super().__init__(command, host=host, port=port, title="AgentDesk")
        self._gate = gate

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(guard(self._gate))
        app.on_response_prepare.append(_harden)
        return app

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """The page; its files and its socket are where the browser has found the page itself."""
        self.public_url = f"http://{request.host}"
        response: web.StreamResponse = await super().handle_index(request)
        return response

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing; the command has said where to go."""

    def listen(self) -> None:
        """Serve until the program is interrupted."""
        web.run_app(self._make_app(), host=self.host, port=self.port, print=None, access_log=None)


async def _harden(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)
    response.headers["Content-Security-Policy"] = _POLICY.format(host=request.host)
