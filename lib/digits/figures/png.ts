import { zlibSync } from 'fflate';
import { toBase64 } from '../format';
import { itemAt } from '../item-at';

/** Red, green and blue, each 0 to 255. */
export type Rgb = readonly [number, number, number];

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Colour types of the format. */
const GREY = 0;
const INDEXED = 3;

/**
 * Writes a picture as the address of a PNG, `data:image/png;base64,…`: at most a third of the size
 * that the same pixels have as numbers in a figure.
 *
 * Source: https://www.w3.org/TR/png-3/, sections 5 and 11.
 *
 * @param pixels row after row, a byte a pixel: a grey from 0 (black) to 255, or a place in `palette`.
 * @param palette up to 256 colours.
 * @example
 * pngAddress(Uint8Array.of(0, 255), 2).slice(0, 22); // 'data:image/png;base64,'
 */
export function pngAddress(pixels: Uint8Array, width: number, palette?: readonly Rgb[]): string {
  const height = pixels.length / width;
  const header = new Uint8Array(13);
  const sizes = new DataView(header.buffer);
  sizes.setUint32(0, width);
  sizes.setUint32(4, height);
  header.set([8, palette ? INDEXED : GREY], 8);
  // Each row begins with the number of its filter: 0, none.
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y++) {
    rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  }
  const png = joined([
    SIGNATURE,
    chunk('IHDR', header),
    ...(palette ? [chunk('PLTE', Uint8Array.from(palette.flat()))] : []),
    chunk('IDAT', zlibSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
  return `data:image/png;base64,${toBase64(png)}`;
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const body = joined([new TextEncoder().encode(type), content]);
  const frame = new Uint8Array(body.length + 8);
  const numbers = new DataView(frame.buffer);
  numbers.setUint32(0, content.length);
  frame.set(body, 4);
  numbers.setUint32(body.length + 4, crc32(body));
  return frame;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}

/** The contribution of each byte to the checksum. Source: https://www.w3.org/TR/png-3/#D-CRCAppendix. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = itemAt(CRC_TABLE, (crc ^ byte) & 255) ^ (crc >>> 8);
  return ~crc >>> 0;
}
