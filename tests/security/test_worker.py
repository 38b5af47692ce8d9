"""What somebody with a worker's credentials can do, so that docs/security.md tells no more and no less."""

from __future__ import annotations

import json

import pytest

from stepweave.bus import BlobCorrupt, Bus, NotAllowed, connect
from stepweave.messages import MakePlan, Plan, Step
from tests.security.attempts import ANSWER
from tests.security.guarded import Guarded
from tests.security.world import NS, PICTURE, RUN, RUNS, Actor, World, blob, sha, until

pytestmark = pytest.mark.anyio
ASKED = f"{NS}.api.CONSUMER.MSG.NEXT.{RUNS}.generator-sketch"


async def generator(world: World) -> Actor:
    return await world.actor("generator:sketch")


async def answer(actor: Actor, subject: str, body: bytes = b"", **headers: str) -> bytes:
    fields = {name.replace("_", "-"): value for name, value in headers.items()} or None
    return (await actor.client.request(subject, body, 5, headers=fields)).data


async def test_it_takes_commands_of_its_own_and_acknowledges_them(world: World) -> None:
    actor = await generator(world)
    replies: list[str] = []
    inbox = f"{actor.inbox}.own"
    waiting = await actor.client.subscribe(inbox)
    await actor.client.publish(ASKED, b'{"batch":2,"expires":1000000000}', reply=inbox)
    for _ in range(2):
        message = await waiting.next_msg(5)
        assert message.subject.startswith(f"{RUN}.cmd.generator.sketch.")
        replies.append(message.reply)
    await answer(actor, replies[0], b"+ACK")
    await answer(actor, replies[1], b"+TERM")
    info = await world.api(f"CONSUMER.INFO.{RUNS}.generator-sketch")
    assert (info["num_ack_pending"], info["num_pending"]) == (0, 0)


async def test_it_answers_for_its_own_role_anywhere_but_never_twice(world: World) -> None:
    """It may answer badly, and what nobody asked; the first answer stands."""
    actor = await generator(world)
    for subject in (f"{RUN}.done.generator.sketch.s1c2", f"{NS}.run.any.done.generator.sketch.thing"):
        assert "seq" in json.loads(await answer(actor, subject, ANSWER))
        assert "error" in json.loads(await answer(actor, subject, b"{}"))


async def test_a_false_picture_under_a_hash_is_noticed_by_whoever_reads_it(world: World) -> None:
    actor = await generator(world)
    await answer(actor, f"{NS}.blob.{sha(b'to come')}", b"squatted")
    async with connect(world.guarded.settings("critic:pixels"), name="critic") as bus:
        with pytest.raises(BlobCorrupt):
            await bus.blobs.get(sha(b"to come"))
        assert await bus.blobs.get(sha(PICTURE)) == PICTURE


async def test_names_that_are_wildcards_are_passed_over(world: World) -> None:
    """The server takes them; nobody reads them, and nothing else is read differently for them."""
    async with connect(world.guarded.settings("admin"), name="reader") as bus:
        before = await told(bus)
        actor = await generator(world)
        for run in ("*", ">", "r1"):
            for task in ("*", ">"):
                assert "seq" in json.loads(await answer(actor, f"{NS}.run.{run}.done.generator.sketch.{task}", ANSWER))
        assert await told(bus) == before
        assert await bus.log.command("r1", "planner", "rules", "later", MakePlan(request="x"), source="/test")
        plan = Plan(steps=(Step(number=1, prompt="x"),))
        assert await bus.log.answer("r1", "generator", "sketch", "s1c2", plan, source="/test") is None


async def told(bus: Bus) -> list[tuple[str, tuple[str, ...]]]:
    assert [summary.run for summary in await bus.log.runs()] == ["r1"]
    return [(record.branch, record.tokens) async for record in bus.log.replay("r1")]


async def test_it_learns_how_far_a_subject_is_but_not_what_stands_there(world: World) -> None:
    """A guard that fails tells the last sequence under any filter. Known, and told in docs/security.md."""
    actor = await generator(world)
    subject = f"{RUN}.done.generator.sketch.guess"
    guard = {"Nats_Expected_Last_Subject_Sequence": "99", "Nats_Expected_Last_Subject_Sequence_Subject": f"{RUN}.ev.>"}
    refused = json.loads(await answer(actor, subject, ANSWER, **guard))
    assert "wrong last sequence: 1" in refused["error"]["description"]


async def test_it_claims_to_be_another_in_discovery_and_gets_no_command_by_that(world: World) -> None:
    actor = await generator(world)
    claim = {"name": "planner-rules", "id": "x", "version": "9.9.9", "type": "io.nats.micro.v1.info_response"}
    metadata = {"stepweave.role": "planner", "stepweave.capability": "rules", "stepweave.namespace": NS}

    async def lie(message: object) -> None:
        await message.respond(json.dumps(claim | {"metadata": metadata}).encode())  # type: ignore[attr-defined]

    await actor.client.subscribe("$SRV.INFO", cb=lie)
    await actor.client.flush()
    async with connect(world.guarded.settings("client"), name="client") as bus:
        found = await bus.discover(1.0)
        assert [(info.role, info.versions) for info in found] == [("planner", ("9.9.9",))]
    await world.traffic()
    assert actor.learnt == []


async def test_a_worker_of_the_same_role_is_no_stranger(world: World) -> None:
    """Two with the same credentials can hold up each other, and nobody else."""
    one, two = await generator(world), await generator(world)
    inbox = f"{one.inbox}.own"
    waiting = await one.client.subscribe(inbox)
    await one.client.publish(ASKED, b'{"batch":1,"expires":1000000000}', reply=inbox)
    message = await waiting.next_msg(5)
    await answer(two, message.reply, b"+TERM")
    info = await world.api(f"CONSUMER.INFO.{RUNS}.generator-sketch")
    assert info["num_ack_pending"] == 0


async def test_pictures_are_read_by_whole_hash_alone(world: World) -> None:
    actor = await generator(world)
    subject = f"{NS}.api.DIRECT.GET.{NS}_BLOBS.{blob(PICTURE)}"
    assert await answer(actor, subject) == PICTURE
    await actor.say(subject[:-1] + "*")
    await until(lambda: actor.got)
    assert actor.learnt == []


@pytest.mark.parametrize("role", ["admin", "client", "orchestrator", "recorder", "planner-rules", "nobody", None])
async def test_its_password_opens_no_other_door(guarded: Guarded, role: str | None) -> None:
    given = {"user": role} if role else {"user": None, "password": None}
    with pytest.raises(NotAllowed, match="to log in"):
        async with connect(guarded.settings("generator:sketch").model_copy(update=given), name="thief"):
            pass
