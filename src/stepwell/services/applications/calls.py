"""Applications as calls, for programs and for the command line."""

from collections.abc import Callable
from pathlib import Path

from stepwell.config import Settings
from stepwell.identity import STEPWELL, Actor, in_the_name_of
from stepwell.services.applications import deploying, exporting, folders
from stepwell.services.applications.report import ApplicationDeployment
from stepwell.store import Store


class FolderCalls:
    """Applications as folders on this machine, for Stepwell itself or in somebody's name."""

    def __init__(self, store: Store, settings: Settings, made_work: Callable[[], None]) -> None:
        self.store = store
        self.settings = settings
        self.made_work = made_work

    def deploy(
        self,
        folder: str | Path,
        *,
        actor: str | Actor = "",
        dry_run: bool = False,
        prune: bool = False,
        with_data: bool = False,
    ) -> ApplicationDeployment:
        """Make the installation as a folder says; raises ``Invalid`` with every problem.

        ``dry_run`` only tells what would change; ``prune`` takes away what is gone from the folder, as far as
        it holds no data, ``with_data`` that too.
        """
        who = in_the_name_of(actor) if isinstance(actor, str) else actor
        asked = deploying.Asked(actor=who, dry_run=dry_run, prune=prune, with_data=with_data)
        done = deploying.deploy_read(self.store, lambda: folders.read(Path(folder)), asked, self.settings)
        self.made_work()
        return done

    def export(self, folder: str | Path, name: str = "", *, actor: Actor = STEPWELL) -> tuple[str, ...]:
        """Write an application, as it is now, into a folder; gives the paths that changed there."""
        return folders.write(Path(folder), exporting.export(self.store, name, actor))
