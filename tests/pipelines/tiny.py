"""Tiny pipelines with random weights of the very classes that real models have, saved as real ones are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch
from diffusers import (
    AutoencoderKL,
    AutoencoderKLFlux2,
    AutoencoderKLQwenImage,
    DDIMScheduler,
    FlowMatchEulerDiscreteScheduler,
    Flux2KleinPipeline,
    Flux2Transformer2DModel,
    QwenImageEditPlusPipeline,
    QwenImageTransformer2DModel,
    StableDiffusionInstructPix2PixPipeline,
    StableDiffusionPipeline,
    UNet2DConditionModel,
)
from tokenizers import pre_tokenizers
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTokenizer,
    Qwen2_5_VLConfig,
    Qwen2_5_VLForConditionalGeneration,
    Qwen2Tokenizer,
    Qwen2VLImageProcessor,
    Qwen2VLProcessor,
    Qwen3Config,
    Qwen3ForCausalLM,
)

SPECIAL = (
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_end|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<|image_pad|>",
    "<|video_pad|>",
)
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
CARD = "---\nlicense: {licence}\n---\n# A tiny model with random weights\n"


def letters() -> dict[str, int]:
    """A vocabulary of single bytes, written as byte-level tokenizers write them, and the special tokens."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    return {token: number for number, token in enumerate([*alphabet, *SPECIAL])}


def qwen_tokenizer() -> Any:
    found = Qwen2Tokenizer(vocab=letters(), merges=[])
    found.add_special_tokens({"additional_special_tokens": list(SPECIAL)})
    found.pad_token = "<|endoftext|>"
    found.chat_template = TEMPLATE
    return found


def _stirred(network: Any) -> Any:
    """The same network, with weights so large that prompt and sources show in what it draws."""
    with torch.no_grad():
        for weights in network.parameters():
            if weights.ndim > 1:
                weights.mul_(3)
    return network


def klein(*, distilled: bool = True) -> Any:
    """FLUX.2 klein: generates and edits."""
    torch.manual_seed(0)
    text = Qwen3Config(
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=4,
        num_attention_heads=2,
        num_key_value_heads=2,
        head_dim=16,
        vocab_size=len(letters()),
        max_position_embeddings=1024,
    )
    transformer = Flux2Transformer2DModel(
        patch_size=1,
        in_channels=16,
        num_layers=1,
        num_single_layers=1,
        attention_head_dim=16,
        num_attention_heads=2,
        joint_attention_dim=96,
        timestep_guidance_channels=32,
        axes_dims_rope=(4, 4, 4, 4),
        guidance_embeds=False,
    )
    vae = AutoencoderKLFlux2(
        down_block_types=("DownEncoderBlock2D",) * 3,
        up_block_types=("UpDecoderBlock2D",) * 3,
        block_out_channels=(16, 32, 32),
        layers_per_block=1,
        latent_channels=4,
        norm_num_groups=8,
        sample_size=64,
    )
    return Flux2KleinPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=vae,
        text_encoder=Qwen3ForCausalLM(text),
        tokenizer=qwen_tokenizer(),
        transformer=_stirred(transformer),
        is_distilled=distilled,
    )


KLEIN_CALL = {"text_encoder_out_layers": [1, 2, 3], "max_sequence_length": 64}
"""What a text encoder of four layers needs."""


def _clip() -> tuple[Any, Any]:
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokens = [*alphabet, *(f"{letter}</w>" for letter in alphabet), "<|startoftext|>", "<|endoftext|>"]
    tokenizer = CLIPTokenizer(vocab={token: number for number, token in enumerate(tokens)}, merges=[])
    tokenizer.model_max_length = 77
    config = CLIPTextConfig(
        hidden_size=32,
        intermediate_size=37,
        num_attention_heads=4,
        num_hidden_layers=2,
        vocab_size=len(tokens),
        projection_dim=32,
        bos_token_id=len(tokens) - 2,
        eos_token_id=len(tokens) - 1,
        pad_token_id=len(tokens) - 1,
    )
    return tokenizer, CLIPTextModel(config)


def _parts_of_stable_diffusion(channels: int) -> dict[str, Any]:
    torch.manual_seed(0)
    unet = UNet2DConditionModel(
        sample_size=16,
        in_channels=channels,
        out_channels=4,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        block_out_channels=(32, 64),
        layers_per_block=1,
        cross_attention_dim=32,
        attention_head_dim=8,
        norm_num_groups=8,
    )
    vae = AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2,
        block_out_channels=(32, 64),
        layers_per_block=1,
        latent_channels=4,
        norm_num_groups=8,
        sample_size=64,
    )
    tokenizer, text_encoder = _clip()
    return {
        "vae": vae,
        "text_encoder": text_encoder,
        "tokenizer": tokenizer,
        "unet": unet,
        "scheduler": DDIMScheduler(clip_sample=False, set_alpha_to_one=False, steps_offset=1),
        "safety_checker": None,
        "feature_extractor": None,
    }


def stable_diffusion() -> Any:
    """Stable Diffusion: generates."""
    return StableDiffusionPipeline(**_parts_of_stable_diffusion(4), requires_safety_checker=False)


def pix2pix() -> Any:
    """InstructPix2Pix: edits, one picture for each prompt of a batch."""
    return StableDiffusionInstructPix2PixPipeline(**_parts_of_stable_diffusion(8), requires_safety_checker=False)


def qwen_edit() -> Any:
    """Qwen-Image-Edit: edits, with references, one prompt at a time."""
    torch.manual_seed(0)
    names = letters()
    config = Qwen2_5_VLConfig(
        text_config={
            "hidden_size": 16,
            "intermediate_size": 16,
            "num_hidden_layers": 2,
            "num_attention_heads": 2,
            "num_key_value_heads": 2,
            "rope_parameters": {"mrope_section": [1, 1, 2], "rope_type": "default", "rope_theta": 10_000.0},
            "vocab_size": len(names),
            "bos_token_id": None,
            "eos_token_id": names["<|im_end|>"],
        },
        vision_config={
            "depth": 2,
            "hidden_size": 16,
            "intermediate_size": 16,
            "num_heads": 2,
            "out_hidden_size": 16,
        },
        image_token_id=names["<|image_pad|>"],
        video_token_id=names["<|video_pad|>"],
        vision_start_token_id=names["<|vision_start|>"],
        vision_end_token_id=names["<|vision_end|>"],
    )
    transformer = QwenImageTransformer2DModel(
        patch_size=2,
        in_channels=16,
        out_channels=4,
        num_layers=2,
        attention_head_dim=16,
        num_attention_heads=2,
        joint_attention_dim=16,
        guidance_embeds=False,
        axes_dims_rope=(8, 4, 4),
    )
    vae = AutoencoderKLQwenImage(
        base_dim=24,
        z_dim=4,
        dim_mult=[1, 2, 4],
        num_res_blocks=1,
        temperal_downsample=[False, True],
        latents_mean=[0.0] * 4,
        latents_std=[1.0] * 4,
    )
    tokenizer = qwen_tokenizer()
    processor = Qwen2VLProcessor(
        image_processor=Qwen2VLImageProcessor(), tokenizer=tokenizer, video_processor=_video_processor()
    )
    return QwenImageEditPlusPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=vae,
        text_encoder=Qwen2_5_VLForConditionalGeneration(config),
        tokenizer=tokenizer,
        processor=processor,
        transformer=_stirred(transformer),
    )


def _video_processor() -> Any:
    from transformers import Qwen2VLVideoProcessor

    return Qwen2VLVideoProcessor()


MAKERS: Mapping[str, Callable[[], Any]] = {
    "klein": klein,
    "stable-diffusion": stable_diffusion,
    "pix2pix": pix2pix,
    "qwen-edit": qwen_edit,
}


def saved(name: str, folder: Path, *, licence: str = "apache-2.0") -> Path:
    """A tiny pipeline in a folder, with a card."""
    pipe = MAKERS[name]()
    pipe.save_pretrained(folder, safe_serialization=True)
    (folder / "README.md").write_text(CARD.format(licence=licence), encoding="utf-8")
    return folder
