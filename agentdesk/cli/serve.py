"""The same console in a browser, as a phone reaches it; on this computer alone unless told otherwise."""

import os
import secrets
import shlex
import sys
from typing import Annotated

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.session import Session, session_of
from agentdesk.domain.errors import AgentDeskError

SHORTEST = 16
"""Characters of a token that is not guessed."""


class ServeError(AgentDeskError):
    """The console cannot be shown in a browser."""


def serve(
    ctx: typer.Context,
    *,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=1, max=65535, help="The port.")] = 8000,
    token: Annotated[
        str, typer.Option(metavar="WORD", help="The token to use; a new one each time unless given.")
    ] = "",
    allow_network: Annotated[
        bool, typer.Option("--allow-network", help="Let other computers connect; what is sent can be read.")
    ] = False,
) -> None:
    """Show the console in a browser.

    Prints an address with a token; who opens it is let in, everybody else gets nothing. From a phone, use an ssh tunnel or
    a proxy with TLS rather than --allow-network.

    Example:
        agentdesk serve
        agentdesk serve --port 8080
    """
    session = session_of(ctx)
    if session.as_of is not None:
        raise WrongUsage("The console shows the present: leave out --as-of.")
    if token and len(token) < SHORTEST:
        raise WrongUsage(
            f"A token of fewer than {SHORTEST} characters can be guessed. Leave --token out for a new one."
        )
    try:
        from agentdesk.cli.web_gate import DeskServer, Gate, is_loopback
    except ImportError:
        raise ServeError(
            "The console in a browser needs an extra that is not installed: pip install 'agentdesk[serve]'."
        ) from None
    if not is_loopback(host) and not allow_network:
        raise WrongUsage(
            f"{host} can be reached from the network, and plain HTTP can be read there. Use an ssh tunnel to "
            "127.0.0.1, or say --allow-network if a proxy with TLS stands before it."
        )
    if not is_loopback(host):
        session.say(
            "Warning: this is plain HTTP. Whoever can see the network can read every word and the token."
        )
    gate = Gate(token or secrets.token_urlsafe(24), open_to_network=not is_loopback(host))
    with session.desk():
        pass  # what cannot be opened is told here and not in a browser
    shown = f"[{host}]" if ":" in host else host
    session.say("Open this address in a browser. ctrl+c ends it for everybody.")
    typer.echo(f"http://{shown}:{port}/?token={gate.token}")
    sys.stdout.flush()
    try:
        DeskServer(_command(session), gate, host=host, port=port).listen()
    except OSError as error:
        raise ServeError(
            f"Port {port} of {host} cannot be used: {error.strerror}. Try another --port."
        ) from None


def _command(session: Session) -> str:
    """What starts the console for a page; the store goes by the environment, so that no list of processes shows it."""
    settings = session.settings
    os.environ["AGENTDESK_STORE"] = settings.store
    if settings.agent:
        os.environ["AGENTDESK_AGENT"] = settings.agent
    config = ["--config", session.told.config] if session.told.config else []
    return shlex.join([sys.executable, "-m", "agentdesk", *config])
