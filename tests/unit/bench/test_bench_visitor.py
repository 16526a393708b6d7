"""The visitor without a browser takes a page that failed for a failure and not for a fast page."""

import pytest
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.visitor import Visitor


class Answering:
    """A server that answers every wish with the same messages."""

    def __init__(self, *messages):
        self.messages = messages
        self.wishes = []
        self.waiting = []

    def send(self, wish):
        self.wishes.append(wish)
        self.waiting = [message.SerializeToString() for message in self.messages]

    def recv(self, _timeout):
        return self.waiting.pop(0)


def finished(how=ForwardMsg.FINISHED_SUCCESSFULLY):
    return ForwardMsg(script_finished=how)


def choice(*options):
    message = ForwardMsg()
    box = message.delta.new_element.selectbox
    box.id, box.label, box.default = "box", "Gebiet", 0
    box.options.extend(options)
    return message


def error(text):
    message = ForwardMsg()
    message.delta.new_element.alert.format = Alert.ERROR
    message.delta.new_element.alert.body = text
    return message


def test_the_visitor_changes_to_another_option_with_every_run():
    server = Answering(choice("Stadt", "Mitte"), finished())
    visitor = Visitor(server)
    visitor.change()
    visitor.change()
    assert b"Stadt" in server.wishes[1]
    assert b"Mitte" in server.wishes[2]


def test_a_page_that_shows_an_error_is_no_run():
    with pytest.raises(RuntimeError, match="hat nicht geklappt"):
        Visitor(Answering(error("Das hat nicht geklappt"), finished()))


def test_a_run_that_ends_early_is_no_run():
    with pytest.raises(RuntimeError, match="did not run to its end"):
        Visitor(Answering(choice("Stadt"), finished(ForwardMsg.FINISHED_EARLY_FOR_RERUN)))
