"""Pictures as bytes: what people give is verified and re-encoded, what agents draw is written with its provenance.

A file from outside is never passed on as it came. :func:`load` bounds it before a pixel is decoded, turns it upright,
brings it to 8-bit RGB and drops its metadata; :func:`encode` writes a PNG that depends on its arguments alone, so that
equal pictures have equal hashes; :func:`decode` reads such a PNG back together with its text chunks.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from PIL.PngImagePlugin import PngInfo

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
"""What is read. A closed list: Pillow knows formats that run other programs or read other files."""

SCENE = "stepweave"
"""Text chunks whose keyword starts so belong to our own tools, and stay with a picture that comes back unchanged."""

COMPRESSION = 6
"""zlib level: 8 ms for a drawing of 512 x 512; level 1 is hardly faster, level 9 takes three times as long."""
RUNS = 3
"""zlib's strategy that looks for nothing but runs of a byte. What a model drew has noise in it, where nothing else is
to be found: it comes out as small as with ``COMPRESSION``, in a third of the time (0.16 s for 1024 x 1024)."""

# Pillow's remarks about files are for whoever configures its logger; without a handler they would go to stderr.
logging.getLogger("PIL").addHandler(logging.NullHandler())

SourceType = Literal[
    "algorithmicMedia", "trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "compositeSynthetic"
]
"""IPTC digital source type: drawn by rules, drawn by a trained model, a photo edited by a model or by rules."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a picture may be."""

    size: int = 32 * 2**20
    """Bytes of the file."""
    side: int = 20_000
    """Pixels of the longer side, as the file says it."""
    pixels: int = 50_000_000
    """Width times height, as the file says it."""
    kept: int = 1600
    """Pixels of the longer side after intake; a larger picture is scaled down. At 1600 even pure noise stays below
    8 MiB as a PNG, the largest message of the bus."""
    chunks: int = 256 * 2**10
    """Characters of our own text chunks that may stay with a picture."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a picture comes from, as it is written into its XMP."""

    tool: str
    """Tool, model and version."""
    prompt: str
    """What the tool was told."""
    source: SourceType
    alt: str = ""
    """What the picture shows, for those who cannot see it."""


class ImageError(ValueError):
    """A picture cannot be used; the text names the file, what is wrong with it, and the remedy."""

    def __init__(self, name: str, reason: str, remedy: str) -> None:
        super().__init__(f"{name}: {reason}; {remedy}")
        self.name = name
        self.reason = reason
        self.remedy = remedy


class NotAnImage(ImageError):
    """No format we read."""


class Damaged(ImageError):
    """The file breaks off, or its contents contradict each other."""


class TooManyBytes(ImageError):
    """The file is larger than allowed."""


class TooManyPixels(ImageError):
    """The picture is larger than allowed, as its header says; nothing was decoded."""


class UnusablePixels(ImageError):
    """The pixels are numbers without a known black and white (32-bit or floating point)."""


def _ignore(_: str) -> None:
    """The default for warnings."""


@dataclass(frozen=True, slots=True)
class _Intake:
    """The picture being read, with what its errors and warnings have in common."""

    name: str
    limits: Limits = field(default_factory=Limits)
    warn: Callable[[str], None] = _ignore


def load(
    data: bytes, limits: Limits | None = None, *, name: str = "picture", warn: Callable[[str], None] = _ignore
) -> Image.Image:
    """Verify a picture from outside and bring it to upright 8-bit RGB without metadata.

    Transparency is laid over white, colour profiles are converted to sRGB, of an animation the first frame is taken.
    Our own text chunks stay in ``info`` if the pixels did not have to change.

    Args:
        data: the file's bytes.
        limits: bounds; the defaults of :class:`Limits` if not given.
        name: how errors and warnings call the picture, e.g. its path.
        warn: told what was changed that a user would want to know.

    Raises:
        ImageError: one subclass per reason.
    """
    intake = _Intake(name, limits or Limits(), warn)
    image = _open(data, intake)
    with _damage(intake):
        if getattr(image, "is_animated", False) and image.format != "MPO":
            warn(f"{name}: of an animation or a file of several pages only the first picture is used")
        image.load()
    chunks = _own_chunks(image, intake.limits.chunks)
    upright = _turn(image, intake)
    pixels = _fit(_rgb(upright, intake), intake)
    pixels.info = chunks if _untouched(image, pixels) else {}
    return pixels


def encode(image: Image.Image, chunks: Mapping[str, str], provenance: Provenance | None = None) -> bytes:
    """Write a PNG that depends on the arguments alone: no times, a compression that follows from where it comes from.

    Args:
        image: an RGB picture.
        chunks: text chunks, by keyword.
        provenance: written as XMP; ``None`` writes none.
    """
    info = PngInfo()
    if provenance:
        info.add_itxt("XML:com.adobe.xmp", xmp(provenance))
    for key in sorted(chunks):
        info.add_text(key, chunks[key])
    bare = image.copy() if image.info else image
    bare.info = {}
    out = io.BytesIO()
    trained = provenance is not None and "trained" in provenance.source.lower()
    how = {"compress_level": 1, "compress_type": RUNS} if trained else {"compress_level": COMPRESSION}
    bare.save(out, "PNG", pnginfo=info, **how)
    return out.getvalue()


def white(side: int) -> bytes:
    """A white PNG of so many pixels a side; always the same bytes."""
    out = io.BytesIO()
    Image.new("RGB", (side, side), "white").save(out, "PNG")
    return out.getvalue()


def decode(data: bytes, limits: Limits | None = None, *, name: str = "picture") -> Image.Image:
    """Read a PNG of ours: RGB, with its text chunks in ``info``.

    Raises:
        ImageError: it is no PNG, damaged, or larger than the limits.
    """
    intake = _Intake(name, limits or Limits())
    image = _open(data, intake, ("PNG",))
    with _damage(intake):
        image.load()
        text = {key: value for key, value in image.info.items() if isinstance(value, str)}
        pixels = image if image.mode == "RGB" else image.convert("RGB")
    pixels.info = {**text}
    return pixels


def xmp(provenance: Provenance) -> str:
    """The XMP packet: IPTC digital source type and alt text, the tool as creator, the prompt as description."""
    source = f"http://cv.iptc.org/newscodes/digitalsourcetype/{provenance.source}"
    fields = [
        f"<Iptc4xmpExt:DigitalSourceType>{source}</Iptc4xmpExt:DigitalSourceType>",
        f"<xmp:CreatorTool>{_xml(provenance.tool)}</xmp:CreatorTool>",
        _alternatives("dc:description", provenance.prompt),
        _alternatives("Iptc4xmpCore:AltTextAccessibility", provenance.alt),
    ]
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
        'xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" '
        'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">'
        f'{"".join(fields)}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    )


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot carry at all."""


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("", text), quote=False)


def _alternatives(tag: str, text: str) -> str:
    """A language alternative, which both the description and the alt text are; nothing for an empty text."""
    if not text:
        return ""
    return f'<{tag}><rdf:Alt><rdf:li xml:lang="x-default">{_xml(text)}</rdf:li></rdf:Alt></{tag}>'


def _open(data: bytes, intake: _Intake, formats: tuple[str, ...] = FORMATS) -> Image.Image:
    """Read the header only, and hold what it says against the limits."""
    if len(data) > intake.limits.size:
        reason = f"{len(data):,} bytes, at most {intake.limits.size:,} are taken"
        raise TooManyBytes(intake.name, reason, "save it smaller or as JPEG")
    _recognise(data, intake)
    try:
        image = Image.open(io.BytesIO(data), formats=formats)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many("more pixels than Pillow takes", intake) from error
    except UnidentifiedImageError as error:
        reason = f"not an image in a format that can be read ({', '.join(formats)})"
        raise NotAnImage(intake.name, reason, "save it as PNG or JPEG") from error
    except Exception as error:  # Pillow's parsers raise what they stumble over; bad bytes are no defect of ours
        raise _damaged(intake, error) from error
    width, height = image.size
    if max(width, height) > intake.limits.side or width * height > intake.limits.pixels:
        raise _too_many(f"{width} x {height} pixels", intake)
    return image


def _recognise(data: bytes, intake: _Intake) -> None:
    """Name two mistakes better than "not an image": no contents, and the format of many phones."""
    if not data:
        raise NotAnImage(intake.name, "the file is empty", "give a PNG or JPEG file")
    if data[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"}:
        raise NotAnImage(intake.name, "HEIC pictures cannot be read", "export it as JPEG")


def _too_many(found: str, intake: _Intake) -> TooManyPixels:
    limits = intake.limits
    allowed = f"at most {limits.side:,} a side and {limits.pixels:,} altogether are taken"
    return TooManyPixels(intake.name, f"{found}, {allowed}", "scale it down")


def _damaged(intake: _Intake, error: BaseException) -> Damaged:
    return Damaged(intake.name, f"the file is truncated or damaged ({error})", "save or download it again")


@contextmanager
def _damage(intake: _Intake) -> Iterator[None]:
    """Whatever a decoder stumbles over is damage of the file."""
    try:
        yield
    except ImageError:
        raise
    except Exception as error:
        raise _damaged(intake, error) from error


def _own_chunks(image: Image.Image, limit: int) -> dict[str | tuple[int, int], Any]:
    """Our tools' notes in a picture that we drew; too long ones are not ours."""
    if image.format != "PNG":
        return {}
    ours: dict[str | tuple[int, int], Any] = {
        key: str(value) for key, value in image.info.items() if isinstance(key, str) and key.startswith(SCENE)
    }
    return ours if sum(map(len, ours.values())) <= limit else {}


def _untouched(image: Image.Image, pixels: Image.Image) -> bool:
    """Whether the pixels are those of the file, so that notes about them still hold."""
    same = image.mode == "RGB" and image.size == pixels.size and not image.has_transparency_data
    return same and not image.getexif() and "icc_profile" not in image.info


def _turn(image: Image.Image, intake: _Intake) -> Image.Image:
    """Apply the camera's note of which side is up."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # a broken note does not spoil a good picture
        intake.warn(f"{intake.name}: its EXIF data cannot be read, it may lie on its side")
        return image


def _rgb(image: Image.Image, intake: _Intake) -> Image.Image:
    """8-bit RGB in sRGB, transparency over white."""
    if image.mode in {"I", "F"}:
        reason = f"{'32-bit' if image.mode == 'I' else 'floating-point'} pixels have no known black and white"
        raise UnusablePixels(intake.name, reason, "save it with 8 or 16 bits per channel")
    with _damage(intake):
        if image.mode.startswith("I;16"):
            return image.convert("I").point([value // 257 for value in range(65536)], "L").convert("RGB")
        if image.has_transparency_data:
            layer = image.convert("RGBA")
            paper = Image.new("RGBA", layer.size, "white")
            return Image.alpha_composite(paper, layer).convert("RGB")
        return _in_srgb(image, intake).convert("RGB")


def _in_srgb(image: Image.Image, intake: _Intake) -> Image.Image:
    """Follow the colour profile, for a photo in Display P3 or a CMYK print would look wrong without it."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "CMYK"}:
        return image
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        intake.warn(f"{intake.name}: its colour profile cannot be used, colours may be off")
        return image
    return turned or image


def _fit(image: Image.Image, intake: _Intake) -> Image.Image:
    """Scale a picture down that is larger than pictures are kept."""
    kept = intake.limits.kept
    if max(image.size) <= kept:
        return image
    scale = kept / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    intake.warn(f"{intake.name}: scaled down from {image.width} x {image.height} to {size[0]} x {size[1]} pixels")
    return image.resize(size, Image.Resampling.LANCZOS)


def letterboxed(image: Image.Image, size: tuple[int, int], paper: tuple[int, int, int]) -> Image.Image:
    """The picture at another size in pixels, in its proportions, centred on paper of a colour."""
    width, height = size
    scale = min(width / image.width, height / image.height)
    inner = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    sheet = Image.new("RGB", size, paper)
    sheet.paste(image.resize(inner, Image.Resampling.LANCZOS), ((width - inner[0]) // 2, (height - inner[1]) // 2))
    return sheet
