// Unpacks a zip archive: the .vsix of the extension. Reads the directory at its end, as every unpacker does.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';

const endOfDirectory = 0x06054b50;

/** Writes the files below `prefix` into a folder. */
export function unzip(archive: Buffer, prefix: string, into: string): void {
  for (const [name, content] of entries(archive)) {
    if (!name.startsWith(prefix) || name.endsWith('/') || name.includes('..')) continue;
    const file = path.join(into, name.slice(prefix.length));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content());
  }
}

function* entries(archive: Buffer): Generator<[string, () => Buffer]> {
  let end = archive.length - 22;
  while (end >= 0 && archive.readUInt32LE(end) !== endOfDirectory) end--;
  if (end < 0) throw new Error('no zip archive');
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  for (let entry = 0; entry < count; entry++) {
    const method = archive.readUInt16LE(at + 10);
    const size = archive.readUInt32LE(at + 20);
    const nameLength = archive.readUInt16LE(at + 28);
    const header = archive.readUInt32LE(at + 42);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    yield [name, () => contentOf(archive, header, size, method)];
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
}

function contentOf(archive: Buffer, header: number, size: number, method: number): Buffer {
  const begin = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
  const packed = archive.subarray(begin, begin + size);
  return method === 0 ? packed : inflateRawSync(packed);
}
