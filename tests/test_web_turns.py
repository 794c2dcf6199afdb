"""A page of n turns costs n turns: in the queue, at the rate limit, and in time."""

import threading
import time

import pytest
from flask.testing import FlaskClient

from qa import wire
from qa.service import Service
from qa.web import create_app
from qa.web.serving.options import ServingOptions
from qa.web.serving.request_queue import KEY, Gate

EARLIER = ["Which trust became outstanding?", "What about Oxleas?", "and Kent?", "How many improved?"]
LONG = (
    "Which trusts in Kent, Leeds, Sheffield and Wakefield were rated good or outstanding for "
    "leadership, and who of those improved? "
)


@pytest.fixture(scope="module")
def service(trusts: Service) -> Service:
    return trusts


def test_a_conversation_is_answered_as_each_of_its_questions_is(service: Service) -> None:
    told = [wire.dumps(asked.answer) for asked in service.converse(EARLIER)]
    assert told == [
        wire.dumps(service.ask(question, EARLIER[:place])) for place, question in enumerate(EARLIER)
    ]


def test_a_conversation_may_be_answered_from_a_later_question_on(service: Service) -> None:
    whole = list(service.converse(EARLIER))
    assert list(service.converse(EARLIER, since=2)) == whole[2:]


def spent(*questions: str, service: Service) -> float:
    """Seconds of the processor for a conversation, the least of three."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        assert len(list(service.converse(questions))) == len(questions)
        times.append(time.process_time() - begun)
    return min(times)


def test_a_question_before_is_read_once_and_not_again_for_each_that_follows(service: Service) -> None:
    questions = [f"{LONG}{number}?" for number in range(20)]
    apart = sum(spent(question, service=service) for question in questions)
    assert (
        spent(*questions, service=service) < 1.8 * apart
    )  # read again for each that follows, they took 2.5 times as long


@pytest.fixture
def client(service: Service) -> FlaskClient:
    return create_app(service).test_client()


ASKED = {"history": EARLIER[:-1], "question": EARLIER[-1]}
LINK = {"q": EARLIER[-1], "after": EARLIER[:-1]}


@pytest.mark.parametrize(("method", "fields"), [("POST", ASKED), ("GET", LINK)])
def test_a_page_lets_those_who_wait_go_between_its_turns(
    client: FlaskClient, method: str, fields: dict[str, object]
) -> None:
    class Counted(Gate):
        turns = 0

        def take_turn(self) -> None:
            Counted.turns += 1
            super().take_turn()

    gate = client.application.extensions[KEY] = Counted(8)
    sent = {"data": fields} if method == "POST" else {"query_string": fields}
    assert client.open("/", method=method, **sent).status_code == 200  # type: ignore[arg-type]
    assert Counted.turns >= len(EARLIER)
    assert [gate.reserve() for _ in range(9)] == [True] * 8 + [False]  # its place was given back, once


def test_a_question_that_waits_is_answered_before_a_page_of_many_turns(client: FlaskClient) -> None:
    order = list[str]()

    def ask_page() -> None:
        client.application.test_client().post("/", data={"history": [LONG] * 19, "question": LONG})
        order.append("page")

    page = threading.Thread(target=ask_page)
    gate = client.application.extensions[KEY]
    page.start()
    while gate._free:
        time.sleep(0.001)
    client.get("/ask?question=hello")
    order.append("question")
    page.join()
    assert order == ["question", "page"]


def limited(service: Service, limit: str) -> FlaskClient:
    return create_app(service, options=ServingOptions(rate_limit=limit)).test_client()


def test_a_page_counts_as_many_questions_as_it_answers(service: Service) -> None:
    client = limited(service, "10/hour")
    assert [client.post("/", data=ASKED).status_code for _ in range(3)] == [200, 200, 429]
    assert (
        client.post("/", data={"question": "hello"}).status_code == 200
    )  # of one turn, it is counted as a request
    assert client.get("/", query_string=LINK).status_code == 429


def test_the_newest_turn_alone_counts_once(service: Service) -> None:
    client = limited(service, "4/hour")
    assert [client.post("/", data=ASKED, headers={"X-Turns": "last"}).status_code for _ in range(5)] == [
        200
    ] * 4 + [429]


def test_a_page_of_more_turns_than_the_limit_uses_all_of_it(service: Service) -> None:
    client = limited(service, "3/hour")
    assert [client.post("/", data=ASKED).status_code for _ in range(2)] == [200, 429]
