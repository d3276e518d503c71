// What a write changed, field by field, in the words of the recordings: paths with list items keyed by type or name.
import { isObject } from '../../../src/base/json.ts';
import { compareBytes } from '../../../src/base/order.ts';

export interface FieldChange {
  path: string;
  from?: unknown;
  to?: unknown;
}

const volatile = new Set([
  'managedFields',
  'resourceVersion',
  'uid',
  'creationTimestamp',
  'selfLink',
  'lastHeartbeatTime',
  'lastProbeTime',
  'lastUpdateTime',
]);
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Removes what differs from run to run. */
export function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (!isObject(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined || key === lastApplied) continue;
    if (volatile.has(key) && (key !== 'uid' || typeof item === 'string')) continue;
    const stripped = strip(item);
    if (key === 'annotations' && isObject(stripped) && Object.keys(stripped).length === 0) continue;
    kept[key] = stripped;
  }
  return kept;
}

function itemKey(list: string, index: number, item: unknown): string {
  if (!isObject(item)) return String(index);
  if ((list === 'conditions' || list === 'addresses') && typeof item.type === 'string') return item.type;
  if (list === 'taints') return `${String(item.key)}:${String(item.effect)}`;
  if (list === 'endpoints' && isObject(item.targetRef) && item.targetRef.name) return String(item.targetRef.name);
  return typeof item.name === 'string' && item.name ? item.name : String(index);
}

function flatten(prefix: string, list: string, value: unknown, out: Map<string, unknown>): void {
  if (Array.isArray(value)) {
    if (value.length === 0) out.set(prefix, []);
    value.forEach((item, i) => flatten(`${prefix}[${itemKey(list, i, item)}]`, list, item, out));
  } else if (isObject(value)) {
    const keys = Object.keys(value);
    if (keys.length === 0 && prefix) out.set(prefix, {});
    for (const key of keys) {
      const step = /[./]/.test(key) ? `[${JSON.stringify(key)}]` : prefix ? `.${key}` : key;
      flatten(prefix + step, key, value[key], out);
    }
  } else out.set(prefix, value);
}

const isTime = (value: unknown) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value);
const isEmpty = (value: unknown) => value == null || (typeof value === 'object' && Object.keys(value).length === 0);
const isUnder = (map: Map<string, unknown>, path: string) =>
  [...map.keys()].some((key) => key.startsWith(`${path}.`) || key.startsWith(`${path}[`));

/** The fields that differ, sorted by path. */
export function changesBetween(before: unknown, after: unknown): FieldChange[] {
  const old = new Map<string, unknown>();
  const now = new Map<string, unknown>();
  flatten('', '', strip(before), old);
  flatten('', '', strip(after), now);
  const changes: FieldChange[] = [];
  for (const path of [...new Set([...old.keys(), ...now.keys()])].sort(compareBytes)) {
    const [from, to] = [old.get(path), now.get(path)];
    const [was, is] = [old.has(path), now.has(path)];
    if (was && is && (JSON.stringify(from) === JSON.stringify(to) || (isTime(from) && isTime(to)))) continue;
    // an empty object that is filled (or emptied) shows by its fields
    if ((was && !is && isEmpty(from) && isUnder(now, path)) || (is && !was && isEmpty(to) && isUnder(old, path)))
      continue;
    changes.push({ path, ...(was && { from }), ...(is && { to }) });
  }
  return changes;
}
