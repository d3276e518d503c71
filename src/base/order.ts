// Orders that are the same on every machine: Go compares strings by bytes, never by locale.

/** Compares two strings as Go does: by the bytes of their UTF-8, which is the order of code points. */
export function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return codePointOrder(x) - codePointOrder(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others of the basic plane. */
const codePointOrder = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

/** The keys of an object in byte order, as encoding/json writes the keys of a Go map. */
export function sortedKeys(object: object): string[] {
  return Object.keys(object).sort(compareBytes);
}
