"""The whole tree of processes, started for real: it answers, mends itself, and leaves nothing running."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from config.environment import ROOT

pytestmark = pytest.mark.servers

PATIENCE = 30


def wait_for(condition, seconds=PATIENCE):
    """What `condition` answers once it is true."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < deadline, f"waited {seconds} s for {condition.__name__}"
        time.sleep(0.1)
    return answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Tree:
    """`manage.py up` on the embedded default, with a folder and a port of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        given = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "VAR_DIR": str(folder / "var"),
            "PORT": str(self.port),
        }
        (folder / "var" / "static").mkdir(parents=True)
        manage = [sys.executable, "manage.py"]
        subprocess.run([*manage, "migrate", "--verbosity", "0"], cwd=ROOT, env=given, check=True)
        self.process = subprocess.Popen([*manage, "up"], cwd=ROOT, env=given)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}/readyz", timeout=2
            ) as answer:
                return answer.status == 200
        except OSError:
            return False

    def parts(self) -> dict[str, int]:
        """The children by name, with their process ids."""
        names = {"gunicorn": "web", "worker": "worker", "beat": "calendar"}
        found = {}
        for pid in self._children_of(self.process.pid):
            words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
            found |= {part: pid for word, part in names.items() if word in words}
        return found

    def pids(self) -> set[int]:
        """Every process of the tree."""
        found, ahead = set(), [self.process.pid]
        while ahead:
            pid = ahead.pop()
            found.add(pid)
            ahead += self._children_of(pid)
        return found

    @staticmethod
    def _children_of(pid: int) -> list[int]:
        try:
            return [
                int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            ]
        except OSError:
            return []


def running(pids: set[int]) -> set[int]:
    return {pid for pid in pids if Path(f"/proc/{pid}").exists()}


@pytest.fixture
def tree(tmp_path):
    tree = Tree(tmp_path)
    pids = set()
    try:
        wait_for(tree.answers)
        pids = tree.pids()
        yield tree
    finally:
        pids |= tree.pids()
        tree.process.kill()
        tree.process.wait()
        for pid in running(pids):
            os.kill(pid, signal.SIGKILL)


@pytest.mark.chaos
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_it_mends_itself_and_stops_whole(tree):
    first = tree.parts()
    assert set(first) == {"web", "worker", "calendar"}

    for part, pid in first.items():
        os.kill(pid, signal.SIGKILL)
        wait_for(lambda part=part, pid=pid: tree.parts().get(part, pid) != pid)
    wait_for(tree.answers)

    whole = tree.pids()
    tree.process.send_signal(signal.SIGINT)
    assert tree.process.wait(PATIENCE) == 0
    assert running(whole) == set()


@pytest.mark.chaos
@pytest.mark.skipif(sys.platform != "linux", reason="relies on the parent-death signal")
def test_nothing_outlives_a_supervisor_that_is_killed(tree):
    whole = tree.pids()
    assert len(whole) >= 7  # itself, web and its worker, worker and its two hands, calendar

    tree.process.kill()
    tree.process.wait()
    wait_for(lambda: not running(whole))
    assert not tree.answers()


def test_a_port_that_is_taken_is_said(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        given = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "PORT": str(port)}
        ended = subprocess.run(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            env=given,
            capture_output=True,
            text=True,
            check=False,
        )
    expected = f"CommandError: Port {port} cannot be used (Address already in use). Choose another: PORT=8123\n"
    assert (ended.returncode, ended.stderr) == (1, expected)
