"""The grammar of the command line: our command and group, with help in the user's language.

Owns how help looks, the global options that every command takes too, and groups whose commands are
imported only when they are called. Knows no command. Texts arrive as English messages and are
translated when a command is built: by then the language is known.
"""

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple

from typer._click.core import Command, Context, Parameter, augment_usage_errors
from typer._click.formatting import HelpFormatter
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info

from tracker.cli import completion
from tracker.errors import BadInput
from tracker.i18n import N_, _

_OURS = "session_"  # keeps the names of global options apart from those of a command


class Place(NamedTuple):
    """Where a command is found: a module of `tracker.cli`, and its heading in the help.

    A group names the commands that its module holds, with a help and an example of its own.
    """

    module: str
    heading: str
    commands: tuple[str, ...] = ()
    help: str = ""
    example: str = ""
    elsewhere: Mapping[str, str] = {}  # the modules of commands that the group's own has not


def _keep(ctx: Context, param: Parameter, value: Any) -> Any:
    """Hand a global option to the session; what is not given changes nothing."""
    if value and param.name:
        ctx.obj.choose(param.name.removeprefix(_OURS), value)
    return value


def _option(name: str, *, help: str, metavar: str | None = None, **more: Any) -> TyperOption:
    return TyperOption(
        param_decls=[name, _OURS + name.lstrip("-")],
        help=_(help),
        metavar=metavar and _(metavar),
        is_flag=metavar is None,
        expose_value=False,
        callback=_keep,
        **more,
    )


def global_options() -> list[TyperOption]:
    """Return the options that stand before or after any command."""
    return [
        _option("--db", metavar=N_("PATH"), help=N_("The campaign's file (TRACKER_DB).")),
        _option(
            "--on",
            metavar=N_("DATE"),
            help=N_("Look at the campaign as it was known at the end of that day (TRACKER_ON)."),
        ),
        _option(
            "--as",
            metavar=N_("LOGIN"),
            help=N_("Who acts: the login of an officer (TRACKER_OFFICER)."),
            autocompletion=completion.logins,
        ),
        _option(
            "--lang",
            metavar="vi|en",
            help=N_("Language of all texts, Vietnamese unless said otherwise (TRACKER_LANG)."),
        ),
        _option("--ascii", help=N_("No box or block characters (TRACKER_ASCII).")),
        _option("--debug", help=N_("Show the technical details of an unexpected error.")),
    ]


class Verb(TyperCommand):
    """One command; its `epilog` is a worked example, `bare` spells out options without a value."""

    bare: Mapping[str, str] = {}

    def __init__(self, name: str | None, **attributes: Any) -> None:
        super().__init__(name, **attributes)
        _translate(self)
        self.common = global_options()

    def get_params(self, ctx: Context) -> list[Parameter]:
        """Return the command's own parameters, the global options and help."""
        return [*self.params, *self.common, *_help_option(self, ctx)]

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the arguments, giving an option without a value its usual one."""
        with augment_usage_errors(ctx):
            return super().parse_args(ctx, [self.bare.get(word, word) for word in args])

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        """Return what follows the command's name in the usage line."""
        return [_("[OPTIONS]"), *(_usage(param) for param in self.params if _is_argument(param))]

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the usage line."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the example, then arguments and options under their headings."""
        _write_example(self.epilog, formatter)
        own = [param for param in self.params if not _is_argument(param)]
        _write_parameters(_("Arguments"), filter(_is_argument, self.params), formatter)
        _write_parameters(_("Options"), own, formatter)
        _write_parameters(_("Options of every command"), self.common, formatter)

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write nothing more: the example stands above the options."""


class Group(TyperGroup):
    """A group of commands, each imported when it is called; `places` are in the order of the help.

    Called without a command it runs its callback, or shows its help where it has none.
    """

    def __init__(self, places: Mapping[str, Place], **attributes: Any) -> None:
        super().__init__(invoke_without_command=True, rich_markup_mode=None, **attributes)
        _translate(self)
        self.places = places
        self.common = global_options()

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the options before the command's name; an error knows where it arose."""
        with augment_usage_errors(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: Context) -> Any:
        """Run the command that was named, or what the group does by itself."""
        if not ctx._protected_args and self.callback is None:
            ctx.obj.out.text(ctx.get_help())
            return None
        return super().invoke(ctx)

    def get_params(self, ctx: Context) -> list[Parameter]:
        """Return the group's own parameters, the global options and help."""
        return [*self.params, *self.common, *_help_option(self, ctx)]

    def list_commands(self, ctx: Context) -> list[str]:
        """Return the names of the commands in the order of the help."""
        return list(self.places)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Import and build one command; None if there is none of that name."""
        place = self.places.get(cmd_name)
        if place is None:
            return None
        if place.commands:
            inside = {
                name: Place(place.elsewhere.get(name, place.module), N_("Commands"))
                for name in place.commands
            }
            return Group(inside, name=cmd_name, help=place.help, epilog=place.example)
        app = import_module(f"tracker.cli.{place.module}").app
        info = next(info for info in app.registered_commands if info.name == cmd_name)
        return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, Command | None, list[str]]:
        """Find the command that is called; refuse an unknown one with the nearest names."""
        command = self.get_command(ctx, args[0])
        if command is None and not ctx.resilient_parsing:
            from difflib import get_close_matches

            nearest = get_close_matches(args[0], self.places, n=2)
            path = ctx.command_path
            code = "unknown-command-near" if nearest else "unknown-command"
            raise BadInput(code, name=args[0], path=path, nearest=" / ".join(nearest))
        return (args[0] if command else None), command, args[1:]

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        """Return what follows the group's name in the usage line."""
        return [_("[OPTIONS]"), _("COMMAND ...")]

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the usage line."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the example, the commands under their headings, then the options."""
        _write_example(self.epilog, formatter)
        widest = max(map(len, self.places))
        for heading in dict.fromkeys(place.heading for place in self.places.values()):
            rows = [
                (name.ljust(widest), command.get_short_help_str(400))
                for name, place in self.places.items()
                if place.heading == heading and (command := self.get_command(ctx, name))
            ]
            with formatter.section(_(heading)):
                formatter.write_dl(rows)
        _write_parameters(_("Options of every command"), self.common, formatter)
        _write_parameters(_("Other options"), self.params, formatter)

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write nothing more: the example stands above the commands."""


def _translate(command: Command) -> None:
    command.help = _said(command.help)
    command.short_help = _first_sentence(command.help)
    command.epilog = _said(command.epilog)
    for param in command.params:
        if isinstance(param, TyperArgument | TyperOption):
            param.help = _said(param.help)
            param.metavar = param.metavar and _(param.metavar)


def _said(text: str | None) -> str:
    return _(text) if text else ""


def _first_sentence(text: str) -> str:
    line = text.partition("\n\n")[0]
    return line.partition(". ")[0].rstrip(".") + "."


def _help_option(command: Command, ctx: Context) -> Sequence[Parameter]:
    option = command.get_help_option(ctx)
    if option is None:
        return ()
    option.help = _("Show this help and leave.")
    option.callback = _show_help  # through the only printer, not past it
    return (option,)


def _show_help(ctx: Context, param: Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        ctx.obj.out.text(ctx.get_help())
        ctx.exit()


def _is_argument(param: Parameter) -> bool:
    return isinstance(param, TyperArgument)


def _usage(param: Parameter) -> str:
    name = (param.metavar or param.human_readable_name) + (" ..." if param.nargs == -1 else "")
    return name if param.required else f"[{name}]"


def _write_usage(command: Command, ctx: Context, formatter: HelpFormatter) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(_path(ctx), pieces, prefix=_("Usage: "))


def _path(ctx: Context) -> str:
    names = []
    here: Context | None = ctx
    while here is not None:
        names.append(here.info_name or "")
        here = here.parent
    return " ".join(reversed(names))


def _write_example(example: str | None, formatter: HelpFormatter) -> None:
    if example:
        with formatter.section(_("Example")):
            for line in example.splitlines():
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


def _write_parameters(heading: str, params: Iterable[Any], formatter: HelpFormatter) -> None:
    rows = [(_spelling(param), _explained(param)) for param in params]
    if rows:
        with formatter.section(heading):
            formatter.write_dl(rows)


def _explained(param: Any) -> str:
    is_demanded = param.required and not _is_argument(param)
    return " ".join(filter(None, (param.help, _("(required)") if is_demanded else "")))


def _spelling(param: Any) -> str:
    if _is_argument(param):
        return str(param.metavar or param.name)
    value = "" if param.is_flag else f" {param.metavar}".replace(" [=", "[=")
    return "/".join([*param.opts, *param.secondary_opts]) + value
