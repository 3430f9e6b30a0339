"""Readers who check every answer, so that a fast error page never counts."""

import gzip
import re
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPResponse
from typing import NamedTuple, Protocol
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

CSRF_TOKEN = "b" * 32
ADDRESSES = 250  # per block; the register counts look-ups by address


class WrongAnswer(Exception):
    """A page answered something else than its workload asks for."""


class Answer(NamedTuple):
    """What came back, decompressed."""

    status: int
    location: str
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Visitor(Protocol):
    """One person, with a session or without."""

    def get(self, path: str, *, holds: str) -> Answer: ...
    def post(self, path: str, form: Mapping[str, str], *, to: str) -> Answer: ...


def checked_page(path: str, answer: Answer, holds: str) -> Answer:
    if answer.status != 200 or holds.encode() not in answer.body:
        raise WrongAnswer(f"{path}: {answer.status} {answer.location} without “{holds}”")
    return answer


def checked_move(path: str, answer: Answer, to: str) -> Answer:
    if answer.status != 302 or not re.search(to, answer.location):
        raise WrongAnswer(f"{path}: {answer.status} to “{answer.location}”, not “{to}”")
    return answer


class HttpVisitor:
    """A person at the real server; each request is timed, none follows another's connection."""

    def __init__(self, port: int, session: str = "", number: int = 0) -> None:
        self.port = port
        self.address = f"127.0.{1 + number // ADDRESSES % ADDRESSES}.{1 + number % ADDRESSES}"
        self.cookies = {settings.CSRF_COOKIE_NAME: CSRF_TOKEN} if session else {}
        if session:
            self.cookies[settings.SESSION_COOKIE_NAME] = session
        self.seconds: list[float] = []

    def get(self, path: str, *, holds: str) -> Answer:
        return checked_page(path, self.ask("GET", path, None), holds)

    def post(self, path: str, form: Mapping[str, str], *, to: str) -> Answer:
        self.cookies.setdefault(settings.CSRF_COOKIE_NAME, CSRF_TOKEN)
        body = urlencode({"csrfmiddlewaretoken": CSRF_TOKEN, **form})
        return checked_move(path, self.ask("POST", path, body), to)

    def ask(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Accept-Encoding": "gzip", "Accept-Language": "id"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.perf_counter()
        connection = HTTPConnection("127.0.0.1", self.port, 60, (self.address, 0))
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        self.seconds.append(time.perf_counter() - start)
        return answer_of(response, content)


def answer_of(response: HTTPResponse, content: bytes) -> Answer:
    if response.headers.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    return Answer(response.status, response.headers.get("Location", ""), content)


class InProcessVisitor:
    """The same person without a server, so that statements can be counted."""

    def __init__(self, session: str = "") -> None:
        self.client = Client(SERVER_NAME="127.0.0.1", HTTP_ACCEPT_LANGUAGE="id")
        if session:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = session

    def get(self, path: str, *, holds: str) -> Answer:
        response = self.client.get(path)
        answer = Answer(response.status_code, response.get("Location", ""), response.content)
        return checked_page(path, answer, holds)

    def post(self, path: str, form: Mapping[str, str], *, to: str) -> Answer:
        response = self.client.post(path, form)
        answer = Answer(response.status_code, response.get("Location", ""), response.content)
        return checked_move(path, answer, to)
