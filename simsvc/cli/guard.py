"""Whatever a command raises → a tidy message on stderr and the right exit code; never a traceback."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup

from simsvc.errors import EngineWarning, InputError, SimsvcError

BAD_INPUT, BUG, INTERRUPTED = 2, 70, 130


class Guarded(TyperGroup):
    """The group of all commands, with exceptions turned into exit codes."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            with _warnings_told():
                result = super().invoke(ctx)
            sys.stdout.flush()
        except (KeyboardInterrupt, typer.Abort):
            typer.echo("interrupted", err=True)
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:  # the reader of a pipe has gone (``simsvc list | head``)
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(INTERRUPTED) from None
        except InputError as error:
            from simsvc.cli.output import print_problems

            print_problems(error.problems)
            raise typer.Exit(BAD_INPUT) from None
        except SimsvcError as error:
            typer.echo(f"error: {error}", err=True)
            raise typer.Exit(BAD_INPUT) from None
        except Exception as error:
            if hasattr(error, "exit_code"):  # typer's own: usage errors, exits
                raise
            _bug(error)
            raise typer.Exit(BUG) from None
        return result


@contextmanager
def _warnings_told() -> Iterator[None]:
    """Our own warnings as plain lines on stderr, without the place in the program."""
    show = warnings.showwarning

    def tell(message: Warning | str, category: type[Warning], *more: Any, **named: Any) -> None:
        if issubclass(category, EngineWarning):
            typer.echo(f"warning: {message}", err=True)
        else:
            show(message, category, *more, **named)

    warnings.showwarning = tell
    try:
        yield
    finally:
        warnings.showwarning = show


def _bug(error: Exception) -> None:
    """An exception nobody meant to raise; the traceback is for those who ask for it."""
    if os.environ.get("SIMSVC_TRACEBACK"):
        import traceback

        traceback.print_exception(error)
    typer.echo(f"internal error, please report it: {type(error).__name__}: {error}", err=True)
    typer.echo("set SIMSVC_TRACEBACK=1 to see where it comes from", err=True)
