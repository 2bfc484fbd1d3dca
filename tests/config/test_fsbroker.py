"""The folder that stands in for a broker loses nothing while several write and read it."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from celery import current_app
from kombu import Connection, Producer, Queue

MESSAGES = 400


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "not" / "there" / "yet"


def connect(folder):
    options = {
        "data_folder_in": str(folder / "q"),
        "data_folder_out": str(folder / "q"),
        "control_folder": str(folder / "c"),
    }
    return Connection(
        "filesystem://localhost", transport="config.fsbroker:Transport", transport_options=options
    )


def write(folder, numbers):
    with connect(folder) as connection:
        producer = Producer(connection.channel())
        for number in numbers:
            producer.publish(
                {"number": number}, routing_key="work", declare=[Queue("work", routing_key="work")]
            )


def read(folder):
    """Take messages until none has come for a second."""
    taken, seen = [], time.monotonic()
    with connect(folder) as connection:
        channel = connection.channel()
        while time.monotonic() < seen + 1:
            if message := channel.basic_get("work", no_ack=True):
                taken.append(message.payload["number"])
                seen = time.monotonic()
    return taken


def test_two_writers_and_two_readers_lose_and_double_nothing(folder):
    with ThreadPoolExecutor() as pool:
        writers = [pool.submit(write, folder, range(start, MESSAGES, 2)) for start in (0, 1)]
        readers = [pool.submit(read, folder) for _ in range(2)]
        for writer in writers:
            writer.result()
        taken = [number for reader in readers for number in reader.result()]
    assert sorted(taken) == list(range(MESSAGES))


def test_messages_come_in_their_order_and_leave_nothing_behind(folder):
    write(folder, range(5))
    assert read(folder) == [0, 1, 2, 3, 4]
    assert list((folder / "q").iterdir()) == []


def test_the_folders_are_closed_to_others(folder):
    write(folder, [1])
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {
        "q": 0o700,
        "c": 0o700,
    }


def test_a_tick_does_not_wait_behind_other_work():
    route = current_app.amqp.router.route({}, "common.tick")
    assert (route["queue"].name, route["queue"].routing_key) == ("tick", "tick")
    assert sorted(current_app.amqp.queues.consume_from) == ["celery", "tick"]
    assert current_app.amqp.router.route({}, "common.run_job")["queue"].name == "celery"
