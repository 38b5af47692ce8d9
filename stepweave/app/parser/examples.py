"""Examples of every command, shown first in its help; tests run every one of them through the parser."""

EXAMPLES = {
    "": """\
  stepweave run "How do I draw a house, step by step?"
  stepweave run "add a red boat to the left of the house" --image house.png
  stepweave runs list
  stepweave doctor""",
    "run": """\
  stepweave run "How do I draw a snowman, step by step?" --seed 7
  stepweave run "draw a blue circle, then add a small star inside it" --out circle
  stepweave run "make the roof red" --image house.png --steps 1
  stepweave run - < request.txt --json --quiet""",
    "runs": """\
  stepweave runs list
  stepweave runs show last
  stepweave runs resume 20260314-092653-a1b2c3
  stepweave runs export last --out boat.zip
  stepweave runs import boat.zip --as boat
  stepweave runs prune --older-than 30d --dry-run
  stepweave runs approve last
  stepweave runs reject last 2 --reason "the boat is upside down"
  stepweave runs edit last 3 --prompt "add a small red boat on the left"
  stepweave runs diff a1b2c3 last
  stepweave runs pick a1b2c3:3 --into last
  stepweave runs replay last --critic pixels""",
    "fork": """\
  stepweave fork last --step 3 --prompt "add a small red boat on the left"
  stepweave fork last --step 2 --policy 'beam(2, 2)' --seed 8
  stepweave fork 20260314-092653-a1b2c3 --step 4 --critic none --out other""",
    "worker": """\
  stepweave worker planner critic memory orchestrator --nats nats://broker:4222
  stepweave worker generator:sketch --concurrency 4 --nats nats://broker:4222""",
    "serve-images": """\
  stepweave serve-images generator:sketch
  stepweave serve-images generator:diffusers --port 8200 --model flux
  stepweave serve-images generator:sketch --host 0.0.0.0 --key-env IMAGES_KEY""",
    "auth": """\
  stepweave auth init --out keys
  stepweave auth init --out keys --host broker.example.org --tls cert.pem key.pem ca.pem
  stepweave auth init --out keys planner generator:sketch generator:diffusers critic memory""",
    "trajectories": """\
  stepweave trajectories build --out data
  stepweave trajectories build --out data --verify
  stepweave trajectories show last
  stepweave trajectories stats data""",
    "eval": """\
  stepweave eval sketchbook --n 300 --seed 1
  stepweave eval sketchbook --n 300 --critic none --memory off
  stepweave eval sketchbook --n 300 --no-refine --memory off --json""",
    "doctor": """\
  stepweave doctor
  stepweave doctor --nats nats://broker:4222""",
    "schema": """\
  stepweave schema
  stepweave schema stepweave.verdict.given.v1
  stepweave schema --asyncapi --out docs""",
    "dead": """\
  stepweave dead list
  stepweave dead show 7
  stepweave dead retry 7""",
    "queues": """\
  stepweave queues list
  stepweave queues cap generator:sketch 4
  stepweave queues make planner generator:sketch critic memory""",
    "config": "  stepweave config show",
}
