"""Finds the words of a Python module that people would read and no translator ever saw.

Reads source text only. It cannot follow a value through the program, so it looks at the places
where text is handed over to be shown, at anything in Vietnamese, and at what looks like a sentence.
"""

import ast
import re

VIETNAMESE = re.compile(r"[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"[A-Z][\w'’]*(,? [\w'’{}]+){2,}")
NAMES = {"tracker", "Times New Roman"}  # the same in every language

MARKS = {"_", "ngettext", "N_"}
SINKS = {"Button", "Label", "Static", "echo", "notify", "print", "prompt", "secho"}
SHOWN = {
    "binding_group_title",
    "border_subtitle",
    "border_title",
    "description",
    "epilog",
    "help",
    "label",
    "placeholder",
    "prompt",
    "short_help",
    "sub_title",
    "subtitle",
    "title",
    "tooltip",
}
STYLES = {"CSS", "DEFAULT_CSS"}
# Read by programmers: a broken contract, never a refusal.
INTERNAL = {"AssertionError", "LookupError", "RuntimeError", "TypeError", "ValueError"}


def unmarked(
    source: str, *, vietnamese: bool = False, sentences: bool = False, at_import: bool = False
) -> list[str]:
    """Return what is wrong in a module's source, one "line N: ..." each.

    A module may be granted to hold Vietnamese, or sentences, that no one translates; and to
    translate at import, if the language is known before it is imported.
    """
    visitor = _Visitor(vietnamese=vietnamese, sentences=sentences, too_early=not at_import)
    visitor.visit(ast.parse(source))
    return [f"line {line}: {what}" for line, what in dict.fromkeys(visitor.found)]


def _called(node: ast.AST | None) -> str:
    """Return the last name of what is called, or named: `echo` for `typer.echo(...)`."""
    if isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _has_words(node: ast.AST) -> bool:
    return any(isinstance(part, ast.Constant) and part.value for part in ast.walk(node))


class _Visitor(ast.NodeVisitor):
    def __init__(self, *, vietnamese: bool, sentences: bool, too_early: bool) -> None:
        self.vietnamese = vietnamese
        self.sentences = sentences
        self.too_early = too_early
        self.found: list[tuple[int, str]] = []

    def report(self, node: ast.AST, what: str) -> None:
        self.found.append((node.lineno, what))

    def visit_Constant(self, node: ast.Constant) -> None:
        if not isinstance(node.value, str) or node.value in NAMES:
            return
        is_vietnamese = VIETNAMESE.search(node.value) and WORD.search(node.value)
        if is_vietnamese and not self.vietnamese:
            self.report(node, f"Vietnamese outside the catalogue: {node.value!r}")
        elif not self.sentences and SENTENCE.match(node.value):
            self.report(node, f"a sentence outside the catalogue: {node.value!r}")

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # else a docstring
            self.visit(node.value)

    def visit_Raise(self, node: ast.Raise) -> None:
        if _called(node.exc) not in INTERNAL:
            self.generic_visit(node)

    def visit_Assert(self, node: ast.Assert) -> None:
        self.visit(node.test)

    def visit_Assign(self, node: ast.Assign | ast.AnnAssign) -> None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = {_called(target) for target in targets}
        if names & STYLES:
            return
        if node.value is not None and {name.lower() for name in names} & SHOWN:
            self.shown(node.value)
        self.generic_visit(node)

    visit_AnnAssign = visit_Assign

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for decorator in node.decorator_list:
            if _called(decorator) in {"callback", "command"}:
                keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
                if not {"help", None} & {keyword.arg for keyword in keywords}:
                    self.report(node, f"the docstring of {node.name} would be shown as its help")
            self.visit(decorator)
        self.visit(node.args)
        self.visit_later(node.body)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self.visit(node.args)
        self.visit_later([node.body])

    def visit_later(self, body: list[ast.stmt] | list[ast.expr]) -> None:
        """Visit what runs after the import."""
        too_early, self.too_early = self.too_early, False
        for node in body:
            self.visit(node)
        self.too_early = too_early

    def visit_Call(self, node: ast.Call) -> None:
        name = _called(node)
        if name in MARKS:
            self.marked(name, node)
            return
        if name in SINKS:
            for argument in node.args:
                self.shown(argument)
        if name == "Binding":  # key, action, description
            for argument in node.args[2:3]:
                self.shown(argument)
        for keyword in node.keywords:
            if keyword.arg in SHOWN:
                self.shown(keyword.value)
        self.generic_visit(node)

    def marked(self, name: str, node: ast.Call) -> None:
        """Check one use of `_`, `ngettext` or `N_`."""
        if self.too_early and name != "N_":
            self.report(node, f"{name}() at import, when the language may still change")
        texts = 2 if name == "ngettext" else 1
        for argument in node.args[:texts]:
            made = isinstance(argument, ast.JoinedStr | ast.BinOp) or _called(argument) == "format"
            if made or (isinstance(argument, ast.IfExp | ast.BoolOp) and _has_words(argument)):
                self.report(node, f"{name}() of a text made at run time, unknown to the catalogue")
            elif not isinstance(argument, ast.Constant):
                self.visit(argument)
        for argument in node.args[texts:]:
            self.visit(argument)

    def shown(self, node: ast.AST) -> None:
        """Check one expression that is handed over to be shown."""
        match node:
            case ast.Constant(value=str(text)):
                if not self.sentences and set(WORD.findall(text)) - NAMES:
                    self.report(node, f"shown, and outside the catalogue: {text!r}")
            case ast.JoinedStr(values=parts):
                for part in parts:
                    self.shown(part)
            case ast.BinOp(left=one, right=other) | ast.IfExp(body=one, orelse=other):
                self.shown(one)
                self.shown(other)
            case ast.Call(func=ast.Attribute(value=text, attr="format" | "join")):
                self.shown(text)
