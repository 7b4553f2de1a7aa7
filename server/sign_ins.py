"""Trying to sign in: which account an operation tries, and how often anybody may.

Judged here, before anything is run: a try that is one too many should not cost a password hash.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)
from graphql.execution.values import VariableValues, get_argument_values

from server.budgets import Buckets

FIELDS = frozenset({"signIn", "requestSignInLink"})
_WINDOW_SECONDS = 15 * 60


class SignInThrottle:
    """How often signing in may fail, or ask for a link: by account, by address, all together.

    An account has few tries from one address and more from all: whoever guesses from elsewhere
    slows itself down long before it keeps the owner out. No account is ever locked.
    """

    def __init__(self, *, account: int = 10, address: int = 100, everybody: int = 5_000) -> None:
        self._here = Buckets(account, _WINDOW_SECONDS)
        self._accounts = Buckets(account * 5, _WINDOW_SECONDS)
        self._addresses = Buckets(address, _WINDOW_SECONDS)
        self._everybody = Buckets(everybody, _WINDOW_SECONDS, payers=1)

    async def attempt(self, account: str, address: str) -> None:
        """Count one try. Raises Throttled."""
        for bucket, payer in self._counted(account, address):
            await bucket.spend(payer, 1)

    def succeeded(self, account: str, address: str) -> None:
        """The try was good: only those that fail are held against anybody."""
        for bucket, payer in self._counted(account, address):
            bucket.give_back(payer, 1)

    def _counted(self, account: str, address: str) -> list[tuple[Buckets, str]]:
        account = account.strip().casefold()[:254]
        return [
            (self._addresses, address),
            (self._here, f"{address} {account}"),
            (self._accounts, account),
            (self._everybody, ""),
        ]


def account_in(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: VariableValues,
) -> str:
    """The address that a valid signing-in mutation tries; empty when it names none."""
    root = schema.mutation_type
    for node in _root_fields(document, operation.selection_set):
        if root is not None and node.name.value in FIELDS:
            arguments = get_argument_values(root.fields[node.name.value], node, variables)
            return _email(arguments)
    return ""


def _email(arguments: Mapping[str, Any]) -> str:
    for holder in (arguments, *arguments.values()):
        if isinstance(holder, Mapping) and isinstance(holder.get("email"), str):
            found: str = holder["email"]
            return found
    return ""


def _root_fields(document: DocumentNode, start: SelectionSetNode) -> Iterator[FieldNode]:
    fragments = {
        d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)
    }
    waiting = [start]
    while waiting:
        for node in waiting.pop().selections:
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                waiting.append(node.selection_set)
            elif isinstance(node, FragmentSpreadNode):
                waiting.append(fragments[node.name.value].selection_set)
