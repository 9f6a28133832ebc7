"""A screenshot as a PNG with a palette: a third of the bytes, no difference to see. PNG (third edition), W3C, 2025."""

import base64
import struct
import zlib

import numpy as np
from playwright.sync_api import Page

MOST_COLOURS = 256

# The browser reads its own PNG: the pixels, four bytes each.
PIXELS = """async encoded => {
  const bytes = Uint8Array.from(atob(encoded), letter => letter.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], {type: 'image/png'}));
  const paper = new OffscreenCanvas(image.width, image.height).getContext('2d');
  paper.drawImage(image, 0, 0);
  const raw = paper.getImageData(0, 0, image.width, image.height).data;
  let text = '';
  for (let at = 0; at < raw.length; at += 32768) text += String.fromCharCode(...raw.subarray(at, at + 32768));
  return [image.width, image.height, btoa(text)];
}"""


def smaller(screenshot: bytes, blank: Page) -> bytes:
    """The same picture with at most 256 colours; `blank` is a page to read it with."""
    width, height, encoded = blank.evaluate(PIXELS, base64.b64encode(screenshot).decode())
    pixels = np.frombuffer(base64.b64decode(encoded), np.uint8).reshape(-1, 4)[:, :3]
    palette, places = reduced(pixels)
    rows = np.zeros((height, width + 1), np.uint8)  # each row begins with its filter: 0, none
    rows[:, 1:] = places.reshape(height, width)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = (
        (b"IHDR", head),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(rows.tobytes(), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, body) for name, body in chunks)


def reduced(pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The most frequent colours, and for each pixel the place of the nearest of them."""
    numbers = pixels.astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    found, which, times = np.unique(numbers, return_inverse=True, return_counts=True)
    every = np.stack([found >> 16, (found >> 8) & 255, found & 255], axis=1).astype(np.int32)
    kept = every[np.argsort(-times)[:MOST_COLOURS]]
    nearest = np.array([((kept - colour) ** 2).sum(axis=1).argmin() for colour in every], np.uint8)
    return kept.astype(np.uint8), nearest[which]


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
