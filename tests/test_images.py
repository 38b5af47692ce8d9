"""Intake of pictures from outside, and the PNGs we write."""

from __future__ import annotations

import hashlib
import io
import struct
import time
import zlib
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from stepweave import images
from stepweave.images import Limits, Provenance, decode, encode, load


def file(image: Image.Image, format_: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format_, **options)
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def huge_png(width: int, height: int) -> bytes:
    """A tiny file that claims to be large, without the pixels to back it."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def drawing(side: int = 64) -> Image.Image:
    image = Image.new("RGB", (side, side), "white")
    ImageDraw.Draw(image).ellipse((side // 8, side // 4, side // 2, side // 2), fill=(200, 30, 60))
    return image


@pytest.mark.parametrize("format_", ["PNG", "BMP", "TIFF", "WEBP"])
def test_lossless_formats_keep_every_pixel(format_: str) -> None:
    options = {"lossless": True} if format_ == "WEBP" else {}
    assert load(file(drawing(), format_, **options)).tobytes() == drawing().tobytes()


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_what_is_no_image_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(images.NotAnImage, match=r"^table\.png: "):
        load(data, name="table.png")


def test_postscript_is_not_even_tried() -> None:
    with pytest.raises(images.NotAnImage):
        load(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n")


def test_a_phone_format_we_cannot_read_names_the_remedy() -> None:
    with pytest.raises(images.NotAnImage, match="export it as JPEG"):
        load(b"\0\0\0\x18ftypheic" + b"\0" * 40)


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_a_truncated_file_is_refused(format_: str) -> None:
    noise = Image.effect_noise((64, 64), 90).convert("RGB")
    data = file(noise, format_)
    with pytest.raises(images.ImageError):
        load(data[: len(data) * 2 // 3])


@pytest.mark.parametrize(("width", "height"), [(50_000, 1), (1, 50_000), (10_000, 10_000), (200_000, 200_000)])
def test_too_many_pixels_are_refused_before_decoding(width: int, height: int) -> None:
    with pytest.raises(images.TooManyPixels, match="scale it down"):
        load(huge_png(width, height))


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(images.TooManyBytes, match="at most 100"):
        load(file(drawing()), Limits(size=100))


def test_transparency_is_laid_over_white() -> None:
    clear = Image.new("RGBA", (4, 4), (255, 0, 0, 0))
    assert load(file(clear)).getpixel((0, 0)) == (255, 255, 255)


def test_a_palette_with_transparency_is_laid_over_white() -> None:
    image = Image.new("P", (4, 4), 0)
    image.putpalette([0, 0, 0, 250, 10, 10])
    image.putpixel((1, 1), 1)
    loaded = load(file(image, transparency=0))
    assert (loaded.getpixel((0, 0)), loaded.getpixel((1, 1))) == ((255, 255, 255), (250, 10, 10))


def test_sixteen_bits_are_scaled_not_clipped() -> None:
    image = Image.new("I;16", (3, 1))
    for x, value in enumerate((0, 257 * 100, 65535)):
        image.putpixel((x, 0), value)
    loaded = load(file(image))
    assert [loaded.getpixel((x, 0))[0] for x in range(3)] == [0, 100, 255]


@pytest.mark.parametrize("mode", ["F", "I"])
def test_pixels_without_a_known_white_are_refused(mode: str) -> None:
    with pytest.raises(images.UnusablePixels, match="8 or 16 bits"):
        load(file(Image.new(mode, (4, 4)), "TIFF"))


def test_cmyk_becomes_rgb() -> None:
    loaded = load(file(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG"))
    red, green, blue = loaded.getpixel((4, 4))
    assert red > 200
    assert max(green, blue) < 80


def test_of_an_animation_the_first_frame_is_taken_with_a_warning() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "lime", "blue")]
    said: list[str] = []
    loaded = load(file(frames[0], "GIF", save_all=True, append_images=frames[1:]), name="a.gif", warn=said.append)
    assert loaded.getpixel((0, 0)) == (255, 0, 0)
    assert len(said) == 1
    assert said[0].startswith("a.gif: ")


def test_exif_rotation_is_applied_and_the_metadata_is_gone() -> None:
    image = Image.new("RGB", (6, 4), "white")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "secret camera"
    loaded = load(file(image, "JPEG", exif=exif))
    assert loaded.size == (4, 6)
    assert b"secret" not in encode(loaded, {})
    assert loaded.info == {}


def test_a_large_photo_is_scaled_to_what_a_message_can_carry() -> None:
    said: list[str] = []
    loaded = load(file(Image.new("RGB", (4000, 1000))), warn=said.append)
    assert loaded.size == (1600, 400)
    assert "4000 x 1000" in said[0]


def test_even_noise_at_the_kept_size_fits_into_a_message() -> None:
    noise = Image.merge("RGB", [Image.effect_noise((1600, 1600), 200) for _ in range(3)])
    assert len(encode(noise, {})) < 8 * 2**20


def test_notes_of_our_tools_stay_with_an_unchanged_picture_only() -> None:
    ours = encode(drawing(), {"stepweave-scene": "{}", "Author": "someone"})
    assert load(ours).info == {"stepweave-scene": "{}"}
    assert load(ours, Limits(kept=32)).info == {}
    assert load(ours, Limits(chunks=1)).info == {}


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_damaged_files_give_a_picture_or_an_image_error(data: st.DataObject) -> None:
    format_ = data.draw(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP"]))
    raw = bytearray(file(drawing(16), format_))
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        loaded = load(bytes(raw))
    except images.ImageError:
        return
    assert loaded.mode == "RGB"
    assert max(loaded.size) <= Limits().kept


KEYWORDS = st.text("abcxyz-", min_size=1, max_size=20)
NOTES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.dictionaries(KEYWORDS, NOTES, max_size=3))
@settings(deadline=None)
def test_text_chunks_come_back(chunks: dict[str, str]) -> None:
    assert decode(encode(drawing(8), chunks)).info == chunks


def test_the_same_picture_gives_the_same_bytes() -> None:
    made = Provenance(tool="sketch 1", prompt="a red circle", source="algorithmicMedia", alt="a red circle on white")
    digests = {hashlib.sha256(encode(drawing(), {"b": "1", "a": "2"}, made)).hexdigest() for _ in range(2)}
    digests.add(hashlib.sha256(encode(drawing(), {"a": "2", "b": "1"}, made)).hexdigest())
    assert len(digests) == 1


@given(st.text(), st.text(), st.text())
@settings(deadline=None)
def test_provenance_is_well_formed_whatever_the_prompt_says(tool: str, prompt: str, alt: str) -> None:
    clean = [text.encode("utf-8", "ignore").decode() for text in (tool, prompt, alt)]
    packet = images.xmp(Provenance(*clean[:2], "trainedAlgorithmicMedia", clean[2]))
    assert ElementTree.fromstring(packet).tag == "{adobe:ns:meta/}xmpmeta"


def test_provenance_is_found_where_readers_look_for_it() -> None:
    made = Provenance("sketch 1", "a <red> circle & more", "algorithmicMedia", "ein Kreis – rot")
    packet = Image.open(io.BytesIO(encode(drawing(), {}, made))).info["xmp"]
    root = ElementTree.fromstring(packet)
    texts = {element.tag.rsplit("}")[-1]: "".join(element.itertext()) for element in root.iter()}
    assert texts["DigitalSourceType"] == "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"
    assert texts["AltTextAccessibility"] == "ein Kreis – rot"
    assert texts["CreatorTool"] == "sketch 1"
    assert texts["description"] == "a <red> circle & more"


def test_decode_refuses_other_formats_and_large_claims() -> None:
    with pytest.raises(images.NotAnImage):
        decode(file(drawing(), "JPEG"))
    with pytest.raises(images.TooManyPixels):
        decode(huge_png(50_000, 50))


def test_writing_and_reading_a_picture_is_fast() -> None:
    picture = drawing(512)
    took = []
    for _ in range(5):
        start = time.perf_counter()
        decode(encode(picture, {"stepweave-scene": "x" * 2000}))
        took.append(time.perf_counter() - start)
    assert min(took) < 0.06  # 10 ms here; the bound leaves room for slow machines
