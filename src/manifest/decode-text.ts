// A file is bytes. kubectl's YAML reader takes UTF-8 and UTF-16 with a byte order mark and says what is wrong with the rest; the core has no
// TextDecoder, and would lose the reason with one.
import type { ManifestError } from './yaml-node.ts';

/** The text of a file; with `problem` it is the best that could be made of it, for showing, and kubectl refuses the file. */
export interface DecodedText {
  readonly text: string;
  readonly problem?: ManifestError;
}

/**
 * Decodes a file as the reader of go.yaml.in/yaml/v2 does. A byte order mark at the start stays out of the text.
 * kubectl cuts a file at line feeds and puts one back after every line, so UTF-16 survives only in big-endian order and if its last line is ended.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeUtf16(bytes, 0, false);
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return decodeUtf16(bytes, 1, bytes.length % 2 === 0 && bytes.at(-1) === 0x0a);
  return decodeUtf8(bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes);
}

/** UTF-8, every byte that is out of place as U+FFFD, as Go's strings do; `problem` is the first of them. */
export function decodeUtf8(bytes: Uint8Array): DecodedText {
  const writer = new TextWriter();
  let problem: ManifestError | undefined;
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at]!;
    if (lead < 0x80) {
      writer.unit(lead);
      at++;
      continue;
    }
    const { codePoint, width, reason } = readSequence(bytes, at);
    if (reason) problem ??= encodingError(writer.length, reason);
    writer.codePoint(codePoint);
    at += width;
  }
  return problem ? { text: writer.text(), problem } : { text: writer.text() };
}

interface Sequence {
  readonly codePoint: number;
  readonly width: number;
  readonly reason?: string;
}

const smallestOfWidth = [0, 0, 0x80, 0x800, 0x10000];

function readSequence(bytes: Uint8Array, at: number): Sequence {
  const lead = bytes[at]!;
  const width = lead >= 0xc0 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf8 ? 4 : 1;
  const wrong = (reason: string): Sequence => ({ codePoint: 0xfffd, width: 1, reason });
  if (width === 1) return wrong('invalid leading UTF-8 octet');
  if (at + width > bytes.length) return wrong('incomplete UTF-8 octet sequence');
  let codePoint = lead & (0xff >> (width + 1));
  for (let i = at + 1; i < at + width; i++) {
    if ((bytes[i]! & 0xc0) !== 0x80) return wrong('invalid trailing UTF-8 octet');
    codePoint = (codePoint << 6) | (bytes[i]! & 0x3f);
  }
  if (codePoint < smallestOfWidth[width]!) return wrong('invalid length of a UTF-8 sequence');
  if ((codePoint >= 0xd800 && codePoint <= 0xdfff) || codePoint > 0x10ffff) return wrong('invalid Unicode character');
  return { codePoint, width };
}

function decodeUtf16(bytes: Uint8Array, lowByte: 0 | 1, accepted: boolean): DecodedText {
  const writer = new TextWriter();
  for (let at = 2; at + 1 < bytes.length; at += 2) writer.unit(bytes[at + lowByte]! | (bytes[at + 1 - lowByte]! << 8));
  const text = writer.text();
  return accepted ? { text } : { text, problem: encodingError(0, 'incomplete UTF-16 character') };
}

const encodingError = (start: number, reason: string): ManifestError => ({
  code: 'encoding',
  message: `error converting YAML to JSON: yaml: ${reason}`,
  start,
  end: start + 1,
});

/** Collects UTF-16 units in blocks, because one string at a time is slow for a file of 50 MB and one call for all of them overflows the stack. */
class TextWriter {
  readonly #block = new Uint16Array(8192);
  #used = 0;
  #text = '';

  get length(): number {
    return this.#text.length + this.#used;
  }

  unit(unit: number): void {
    if (this.#used === this.#block.length) this.#flush();
    this.#block[this.#used++] = unit;
  }

  codePoint(codePoint: number): void {
    if (codePoint < 0x10000) return this.unit(codePoint);
    this.unit(0xd7c0 + (codePoint >> 10));
    this.unit(0xdc00 + (codePoint & 0x3ff));
  }

  text(): string {
    this.#flush();
    return this.#text;
  }

  #flush(): void {
    this.#text += String.fromCharCode(...this.#block.subarray(0, this.#used));
    this.#used = 0;
  }
}
