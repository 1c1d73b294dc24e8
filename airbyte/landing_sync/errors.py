"""How a sync ends that does not succeed."""


class WrongCall(Exception):
    """The call, the configuration or the manifest is wrong: nothing was read. Exit code 2."""

    def __init__(self, *problems: str):
        super().__init__("\n".join(problems))
        self.problems = problems


class SyncFailed(Exception):
    """The sync did not get to its end; the next one goes on where the saved state is. Exit code 1."""
