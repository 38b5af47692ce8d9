"""The routes: who may ask, what is read, and what is answered."""

from __future__ import annotations

import hmac
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from functools import partial

from anyio import to_thread
from PIL import Image
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from stepweave.app.images_server.bodies import Body, body_of
from stepweave.app.images_server.desk import Desk
from stepweave.app.images_server.parameters import MOST, SEEDS, wanted
from stepweave.app.images_server.replies import UNFORESEEN, Problem, model, pictures, problem_of
from stepweave.app.settings import IntakeSettings, ServeSettings
from stepweave.images import Limits, load

logger = logging.getLogger(__name__)

Answer = Callable[[Request], Awaitable[Response]]


class Application:
    """Answers requests; :attr:`routes` are its doors."""

    def __init__(self, desk: Desk, settings: ServeSettings, intake: IntakeSettings, key: str = "") -> None:
        """What draws, what is taken, and the key that everybody has to show; empty: none."""
        self._desk = desk
        self._settings = settings
        self._limits = intake.limits
        self._key = key.encode()
        self._began = int(time.time())

    def starlette(self) -> Starlette:
        """As a server runs it."""
        routes = [
            Route("/v1/images/generations", self._guarded(self._generate), methods=["POST"]),
            Route("/v1/images/edits", self._guarded(self._edit), methods=["POST"]),
            Route("/v1/models", self._guarded(self._models), methods=["GET"]),
            Route("/health", self._health, methods=["GET"]),
        ]
        return Starlette(routes=routes, exception_handlers={HTTPException: _nowhere})

    def _guarded(self, answer: Answer) -> Answer:
        """Let in who may, and turn what goes wrong into an answer."""

        async def guarded(request: Request) -> Response:
            try:
                self._let_in(request)
                return await answer(request)
            except ClientDisconnect:
                return Response(status_code=400)  # nobody reads it
            except Exception as error:
                problem = problem_of(error)
                if problem.code == UNFORESEEN:
                    logger.exception("a request failed")
                return _refusal(problem)

        return guarded

    def _let_in(self, request: Request) -> None:
        """Refuse who does not show the key.

        Without one, pages that a browser shows are kept out: any page could have the person's own server draw.

        Raises:
            Problem: naming what is missing.
        """
        if not self._key:
            if "origin" in request.headers:
                raise Problem(403, "pages may not use this server; give it a key (--key-env)", "pages_not_allowed")
        elif not self._shown(request):
            raise Problem(401, "the key is missing or wrong; send it as `Authorization: Bearer KEY`", "invalid_api_key")

    def _shown(self, request: Request) -> bool:
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and hmac.compare_digest(key.strip().encode(), self._key)

    async def _generate(self, request: Request) -> Response:
        return await self._answered(request, 0)

    async def _edit(self, request: Request) -> Response:
        return await self._answered(request, self._settings.pictures)

    async def _answered(self, request: Request, most: int) -> Response:
        with self._desk.reading():
            body = await body_of(request, self._settings.body_bytes, most)
            sources = await to_thread.run_sync(_loaded, body, self._limits)
            chance = secrets.randbelow(SEEDS - MOST)
            what = wanted(body.fields, sources, self._desk.offer, form=body.form, chance=chance)
        tool = self._desk.tool
        drawn = await self._desk.draw(what.orders, partial(_left, request))
        found = await to_thread.run_sync(pictures, what, drawn, tool, int(time.time()))
        return JSONResponse(found)

    async def _models(self, request: Request) -> Response:
        found = model(self._desk.offer, self._desk.tool, self._began)
        return JSONResponse({"object": "list", "data": [found]})

    async def _health(self, request: Request) -> Response:
        """Whether pictures can be had; anybody may ask, but only who may use the server is told why not."""
        health = self._desk.health
        found: dict[str, str] = {"state": health.state}
        if health.reason and (not self._key or self._shown(request)):
            found["reason"] = health.reason
        return JSONResponse(found, 200 if health.state == "ready" else 503)


async def _left(request: Request) -> None:
    """Return when the client has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _loaded(body: Body, limits: Limits) -> list[Image.Image]:
    return [load(data, limits, name=f"picture {number}") for number, data in enumerate(body.files, 1)]


def _refusal(problem: Problem) -> Response:
    return JSONResponse(problem.body, problem.status, problem.headers)


async def _nowhere(request: Request, error: Exception) -> Response:
    """A door that is not there, or not for this method."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    there = "POST /v1/images/generations, POST /v1/images/edits, GET /v1/models, GET /health"
    what = f"{request.method} {request.url.path} is not there; there are {there}"
    return _refusal(Problem(status, what, "not_found"))
