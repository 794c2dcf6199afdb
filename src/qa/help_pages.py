"""How a command's help is laid out: usage, what it does, examples, its own options, the settings, exit codes.

Importing it loads nothing but click.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click
from click.shell_completion import CompletionItem

from qa.setting_values import to_file_or_none, to_folder, to_folder_or_none
from qa.settings import Setting

HELP = ["-h", "--help"]
SETTINGS_TITLE = "Settings (each is a QA_ variable, too; qa settings lists them)"
DONE, FAILED, WRONG = 0, 1, 2
EXIT_CODES = {  # of most commands
    DONE: "Done.",
    FAILED: "The corpus, a file or a service can't be used.",
    WRONG: "An argument, an option or a setting is wrong.",
}
_COMPLETED_AS: dict[Callable[[str], object], str] = {
    to_folder: "dir",
    to_folder_or_none: "dir",
    to_file_or_none: "file",
}


class SettingOption(click.Option):
    """The flag of a setting, e.g. ``--corpus``, described as in the table of settings."""

    def __init__(self, param_decls: Sequence[str], setting: Setting, **given: Any) -> None:
        self.setting = setting
        shown = f"{setting.help} [default: {setting.default}]"
        super().__init__(param_decls, metavar=setting.name.upper(), help=shown, **given)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Let the shell complete paths if the setting is one."""
        kind = _COMPLETED_AS.get(self.setting.read)
        return [CompletionItem(incomplete, type=kind)] if kind else []


class Command(click.Command):
    """A command whose help gives examples and exit codes, and lists the settings after its own options.

    ``examples`` are command lines; ``exit_codes`` replace or add to :data:`EXIT_CODES`.
    """

    def __init__(
        self,
        *names: Any,
        examples: Sequence[str] = (),
        exit_codes: dict[int, str] | None = None,
        **given: Any,
    ) -> None:
        super().__init__(*names, **given)
        self.examples = tuple(examples)
        self.exit_codes = EXIT_CODES | (exit_codes or {})

    def get_help_option_names(self, ctx: click.Context) -> list[str]:
        """Return the names of the option that shows the help."""
        return HELP

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, the command's own options, the settings and the exit codes."""
        if self.examples:
            with formatter.section("Examples"):
                for example in self.examples:
                    formatter.write(f"{'':>{formatter.current_indent}}{example}\n")
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]
        for title, are_settings in (("Options", False), (SETTINGS_TITLE, True)):
            records = [
                one.get_help_record(ctx) for one in options if isinstance(one, SettingOption) == are_settings
            ]
            rows = [record for record in records if record is not None]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(code), text) for code, text in sorted(self.exit_codes.items())])


class Group(click.Group):
    """A group of such commands."""

    command_class = Command
    group_class = type

    def get_help_option_names(self, ctx: click.Context) -> list[str]:
        """Return the names of the option that shows the help."""
        return HELP
