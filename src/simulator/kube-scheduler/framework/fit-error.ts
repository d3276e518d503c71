// The words for a Pod that fits nowhere: how many nodes are available, and what the others lack (framework.FitError).
import { compareBytes } from '../../../base/order.ts';
import type { Status } from './status.ts';

/** `0/3 nodes are available: 1 Too many pods, 2 node(s) were unschedulable.` Counts and reasons sort together, as bytes. */
export function availability(nodes: number, statuses: Iterable<Pick<Status, 'reasons'>>): string {
  const counts = new Map<string, number>();
  for (const { reasons } of statuses) for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const histogram = [...counts].map(([reason, count]) => `${count} ${reason}`).sort(compareBytes);
  return `0/${nodes} nodes are available:${histogram.length === 0 ? '' : ` ${histogram.join(', ')}.`}`;
}

/** events.k8s.io takes notes of at most 1024 bytes: longer messages are cut in the Event, not in the condition. */
export function eventNote(message: string): string {
  const limit = 1024;
  const ending = ' ...';
  return byteLength(message) <= limit ? message : `${firstBytes(message, limit - ending.length)}${ending}`;
}

function bytesOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += bytesOf(character);
  return bytes;
}

/** The characters that lie wholly within the first bytes. */
function firstBytes(text: string, limit: number): string {
  let bytes = 0;
  let cut = '';
  for (const character of text) {
    bytes += bytesOf(character);
    if (bytes > limit) break;
    cut += character;
  }
  return cut;
}
