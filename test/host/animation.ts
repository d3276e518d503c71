// Puts PNG pictures of one size together to an animated PNG: their compressed pixels stay as they are, only the frames around them are written.
const signature = 8;
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

export interface Frame {
  readonly png: Buffer;
  readonly milliseconds: number;
}

/** Plays for ever. */
export function animation(frames: readonly Frame[]): Buffer {
  const [first] = frames;
  if (!first) throw new Error('an animation has a frame at least');
  const header = [...chunksOf(first.png)].find(({ type }) => type === 'IHDR')?.data ?? Buffer.alloc(0);
  const parts = [first.png.subarray(0, signature), chunk('IHDR', header), chunk('acTL', numbers(frames.length, 0))];
  let sequence = 0;
  for (const [index, { png, milliseconds }] of frames.entries()) {
    const control = numbers(sequence++, header.readUInt32BE(0), header.readUInt32BE(4), 0, 0);
    const delay = Buffer.alloc(6);
    delay.writeUInt16BE(milliseconds, 0);
    delay.writeUInt16BE(1000, 2);
    parts.push(chunk('fcTL', Buffer.concat([control, delay])));
    for (const { type, data } of chunksOf(png)) {
      if (type !== 'IDAT') continue;
      // the first frame is the picture that is shown where animations are not known
      parts.push(index === 0 ? chunk('IDAT', data) : chunk('fdAT', Buffer.concat([numbers(sequence++), data])));
    }
  }
  return Buffer.concat([...parts, chunk('IEND', Buffer.alloc(0))]);
}

function* chunksOf(png: Buffer): Generator<{ readonly type: string; readonly data: Buffer }> {
  for (let at = signature; at < png.length;) {
    const length = png.readUInt32BE(at);
    yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) };
    at += length + 12;
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([numbers(data.length), body, numbers(crcOf(body))]);
}

function numbers(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => buffer.writeUInt32BE(value >>> 0, index * 4));
  return buffer;
}

function crcOf(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc;
}
