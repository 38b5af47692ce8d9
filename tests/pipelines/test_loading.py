"""Loading pipelines: what is no model, what would run code, what this machine lacks, and adapters."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from pydantic import ValidationError

from stepweave.tools.pipelines import loading
from stepweave.tools.pipelines.errors import (
    BadAdapter,
    BadCall,
    NoDevice,
    NotAModel,
    NotDownloaded,
    PickledWeights,
)
from stepweave.tools.pipelines.settings import DEFAULT, PipelineSettings
from stepweave.tools.protocol import Order
from tests.pipelines import tiny

pytestmark = pytest.mark.models

Model = Callable[[str], Path]
Tools = Callable[..., Any]


@pytest.fixture
def copy(model: Model, tmp_path: Path) -> Path:
    """A tiny model that may be spoilt."""
    return shutil.copytree(model("stable-diffusion"), tmp_path / "model")


def index_of(folder: Path, **changes: Any) -> None:
    path = folder / "model_index.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def load(folder: Path | str, **settings: Any) -> loading.Loaded:
    return loading.load(str(folder), PipelineSettings(model=str(folder), **settings))


# ------------------------------------------------------------------------------------------------ what is no model


@pytest.mark.parametrize("name", ["/nowhere/at/all", "./nowhere", "~/nowhere-at-all", "a/b/c", "klein"])
def test_a_folder_that_is_not_there(name: str) -> None:
    with pytest.raises(NotAModel, match="there is no such folder") as caught:
        load(name)
    assert name in caught.value.reason
    assert "owner/name" in caught.value.remedy


def test_a_folder_with_something_else(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"")
    with pytest.raises(NotAModel, match=r"no model_index\.json.*there is holiday\.jpg"):
        load(tmp_path)


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(NotAModel, match="it is empty"):
        load(tmp_path)


def test_a_checkpoint_in_one_file(tmp_path: Path) -> None:
    (tmp_path / "flux.safetensors").write_bytes(b"")
    with pytest.raises(NotAModel, match="from_single_file"):
        load(tmp_path)
    with pytest.raises(NotAModel, match="it is a file"):
        load(tmp_path / "flux.safetensors")


@pytest.mark.parametrize("name", ["model.ckpt", "model.pt", "MODEL.PTH", "model.bin", "model.pkl"])
def test_a_pickle_is_never_read(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"cos\nsystem\n(S'touch /tmp/owned'\ntR.")
    with pytest.raises(PickledWeights, match="run any code") as caught:
        load(tmp_path / name)
    assert "safetensors" in caught.value.remedy


def test_a_model_whose_weights_are_a_pickle(copy: Path) -> None:
    unet = copy / "unet"
    (unet / "diffusion_pytorch_model.safetensors").unlink()
    torch.save({}, unet / "diffusion_pytorch_model.bin")
    with pytest.raises(PickledWeights, match=r"unet/diffusion_pytorch_model\.bin"):
        load(copy)


def test_a_pickle_beside_good_weights_does_no_harm(copy: Path) -> None:
    (copy / "unet" / "diffusion_pytorch_model.bin").write_bytes(b"cos\nsystem\n(S'false'\ntR.")
    assert load(copy).pipe.unet is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "cannot be read"),
        ("[1]", "names no pipeline"),
        ('{"a": 1}', "names no pipeline"),
        ('{"_class_name": ["x", "MyPipeline"]}', "names no pipeline"),
        ('{"_class_name": "NoSuchPipeline"}', "diffusers cannot load it"),
        ("[" * 100_000, "cannot be read"),
    ],
    ids=["broken", "list", "no-class", "own-class", "unknown-class", "deep"],
)
def test_an_index_that_is_none(text: str, said: str, copy: Path) -> None:
    (copy / "model_index.json").write_text(text)
    with pytest.raises(NotAModel, match=said):
        load(copy)


def test_parts_from_elsewhere_are_not_imported(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (copy / "evil_part.py").write_text("raise SystemExit('this ran')")
    monkeypatch.syspath_prepend(str(copy))
    index_of(copy, unet=["evil_part", "Model"])
    with pytest.raises(NotAModel, match="its part unet is from 'evil_part'"):
        load(copy)


def test_weights_that_are_cut_off(copy: Path) -> None:
    weights = copy / "unet" / "diffusion_pytorch_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(NotAModel, match="cannot load it"):
        load(copy)


def test_a_part_that_is_missing(copy: Path) -> None:
    shutil.rmtree(copy / "vae")
    with pytest.raises(NotAModel, match="cannot load it"):
        load(copy)


def test_the_hub_without_a_network() -> None:
    with pytest.raises(NotDownloaded, match=DEFAULT) as caught:
        load(DEFAULT)
    assert "HF_HUB_OFFLINE" in caught.value.remedy


@pytest.mark.parametrize("name", ["own er/name", "owner/na..me", "-owner/name"])
def test_a_name_that_cannot_be_one_of_the_hub(name: str) -> None:
    with pytest.raises((NotAModel, NotDownloaded)) as caught:
        load(name)
    assert name in caught.value.reason


# ------------------------------------------------------------------------------------------------ devices and settings


@pytest.mark.parametrize("device", ["cuda", "cuda:7", "mps", "tpu", "gpu"])
def test_a_device_that_is_not_there(device: str, model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_devices", lambda: iter(["cpu"]))
    with pytest.raises(NoDevice, match=f"no device '{device}'") as caught:
        load(model("stable-diffusion"), device=device)
    assert "cpu" in caught.value.remedy


@pytest.mark.parametrize(
    ("there", "asked", "found"),
    [
        (["cuda:0", "cuda:1", "cpu"], "auto", "cuda:0"),
        (["cuda:0", "cuda:1", "cpu"], "cuda", "cuda"),
        (["cuda:0", "cuda:1", "cpu"], "cuda:1", "cuda:1"),
        (["mps", "cpu"], "auto", "mps"),
        (["cpu"], "auto", "cpu"),
    ],
)
def test_the_device_that_is_meant(there: list[str], asked: str, found: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_devices", lambda: iter(there))
    assert loading.device_of(asked) == found


def test_precision_follows_the_device() -> None:
    assert loading.dtype_of("auto", "cpu") == "float32"
    assert loading.dtype_of("auto", "cuda:0") == "bfloat16"
    assert loading.dtype_of("float16", "cpu") == "float16"


@pytest.mark.parametrize(
    "settings",
    [{"batch": 0}, {"steps": 0}, {"dtype": "int4"}, {"offload": "disk"}, {"speed": 1}, {"lora": [{"scale": 1}]}],
)
def test_settings_that_cannot_be(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        PipelineSettings(**settings)


@pytest.mark.parametrize("call", [{"speed": 9}, {"prompt": "mine"}, {"num_inference_steps": 3}, {"generator": None}])
def test_arguments_that_are_unknown_or_ours(call: dict[str, Any], model: Model, tools: Tools) -> None:
    with pytest.raises(BadCall, match=next(iter(call))):
        tools(model("stable-diffusion"), call=call)


# ------------------------------------------------------------------------------------------------ card and adapters


def test_a_folder_of_the_hub_tells_its_commit(model: Model, tmp_path: Path) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    folder = shutil.copytree(model("stable-diffusion"), tmp_path / "snapshots" / commit)
    assert load(folder).card.revision == commit


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        ("---\nlicense: mit\n---\n# x", "mit"),
        ("---\nlicense: other\nlicense_name: flux-non-commercial\n---\n", "flux-non-commercial"),
        ("# no head", ""),
        ("---\nlicense: [\n---\n", ""),
        (None, ""),
    ],
)
def test_the_licence_is_what_the_card_says(card: str | None, licence: str, copy: Path) -> None:
    (copy / "README.md").unlink()
    if card is not None:
        (copy / "README.md").write_text(card)
    assert load(copy).card.licence == licence


@pytest.fixture(scope="module")
def adapter(model: Model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A LoRA for the tiny klein, as training writes it."""
    from diffusers import Flux2KleinPipeline
    from peft import LoraConfig
    from peft.utils import get_peft_model_state_dict

    pipe = tiny.klein()
    torch.manual_seed(1)
    pipe.transformer.add_adapter(
        LoraConfig(r=4, lora_alpha=4, target_modules=["to_q", "to_k", "to_v"], init_lora_weights="gaussian")
    )
    with torch.no_grad():
        for name, weights in pipe.transformer.named_parameters():
            if "lora_B" in name:
                weights.normal_(0, 2)
    folder = tmp_path_factory.mktemp("adapter")
    Flux2KleinPipeline.save_lora_weights(folder, get_peft_model_state_dict(pipe.transformer))
    return folder


def drawn(tool: Any) -> Any:
    (found,) = tool.draw([Order("a garden", 1, 64, 64)])
    return found


def test_an_adapter_changes_what_is_drawn_and_is_on_record(adapter: Path, model: Model, tools: Tools) -> None:
    plain = drawn(tools(model("klein"), call=tiny.KLEIN_CALL))
    given = {"model": str(adapter), "scale": 0.5}
    half = drawn(tools(model("klein"), call=tiny.KLEIN_CALL, lora=[given]))
    none = drawn(tools(model("klein"), call=tiny.KLEIN_CALL, lora=[{**given, "scale": 0}]))

    def apart(one: Any, other: Any) -> int:
        return int(np.abs(np.asarray(one.image).astype(int) - np.asarray(other.image)).max())

    assert apart(plain, half) > 5
    assert apart(plain, none) <= 1
    assert half.made.adapters == (f"{adapter} x 0.5",)
    assert plain.made.adapters == ()


@pytest.mark.parametrize(
    ("name", "change"),
    [("klein", {"file": "nothing.safetensors"}), ("klein", {"model": "/nowhere/at/all"}), ("stable-diffusion", {})],
    ids=["no-such-file", "no-such-folder", "of-another-model"],
)
def test_an_adapter_that_does_not_fit(
    name: str, change: dict[str, str], adapter: Path, model: Model, tools: Tools
) -> None:
    call = tiny.KLEIN_CALL if name == "klein" else {}
    with pytest.raises(BadAdapter) as caught:
        tools(model(name), call=call, lora=[{"model": str(adapter), **change}])
    assert change.get("model", str(adapter)) in caught.value.reason


def test_a_pickled_adapter_is_never_read(model: Model, tools: Tools, tmp_path: Path) -> None:
    (tmp_path / "pytorch_lora_weights.bin").write_bytes(b"cos\nsystem\n(S'false'\ntR.")
    with pytest.raises(BadAdapter):
        tools(model("klein"), call=tiny.KLEIN_CALL, lora=[{"model": str(tmp_path)}])
