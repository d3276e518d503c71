// The relation between a recorded case and an answer, for every topic but flow: equality, with the leniencies the judge states.
import { isObject } from '../../../src/base/json.ts';
import { differencesOf, order, same, type Difference } from './difference.ts';

type JsonRecord = Record<string, unknown>;

export interface Comparison {
  readonly outcome: 'exact' | 'verdict' | 'false' | 'unknown' | 'missing';
  readonly differences: readonly Difference[];
}

export function compareCase(topic: string, recorded: JsonRecord, answer: JsonRecord | undefined): Comparison {
  if (!answer) return { outcome: 'missing', differences: [] };
  if (answer.unknown !== undefined) return { outcome: 'unknown', differences: [] };
  const [was, is] = relaxed(topic, recorded, partsOf(topic, recorded), structuredClone(partsOf(topic, answer)));
  const differences = differencesOf(was, is);
  if (differences.length === 0) return { outcome: 'exact', differences };
  return { outcome: sameVerdict(topic, was, is) ? 'verdict' : 'false', differences };
}

const list = (value: unknown) => (Array.isArray(value) ? (value as JsonRecord[]) : []);
const record = (value: unknown) => (isObject(value) ? (value as JsonRecord) : {});
const isKubectl = (topic: string) => topic.startsWith('api/kubectl');

/** The parts of a case that are answers. */
function partsOf(topic: string, given: JsonRecord): JsonRecord {
  if (isKubectl(topic) && given.steps) {
    return { steps: list(given.steps).map(({ exit, stdout, stderr }) => ({ exit, stdout, stderr })) };
  }
  const parts: JsonRecord = {};
  if (given.expect !== undefined) parts.expect = given.expect;
  for (const name of ['queries', 'lookups'])
    if (given[name]) parts[name] = list(given[name]).map(({ expect }) => expect);
  if (topic.startsWith('hashes/')) {
    for (const name of ['hash', 'collision', 'revision', 'revisionCollision']) {
      if (given[name] !== undefined) parts[name] = given[name];
    }
  }
  return parts;
}

/** Both sides without what the real component itself does not always answer alike. */
function relaxed(topic: string, recorded: JsonRecord, was: JsonRecord, is: JsonRecord): [JsonRecord, JsonRecord] {
  if (isKubectl(topic)) {
    list(recorded.steps).forEach(({ anyOf }, i) => {
      const [mine, theirs] = [list(is.steps)[i], list(was.steps)[i]];
      if (Array.isArray(anyOf) && mine && theirs && anyOf.includes(mine.stderr)) mine.stderr = theirs.stderr;
    });
    return [was, is];
  }
  const expected = record(was.expect);
  if (Array.isArray(expected.anyOf)) return oneOf(was, is, expected.anyOf);
  return expected.anyOrder ? inAnyOrder(was, is) : [was, is];
}

/** The message may be any of those seen. */
function oneOf(was: JsonRecord, is: JsonRecord, seen: unknown[]): [JsonRecord, JsonRecord] {
  const { anyOf: _, ...expected } = record(was.expect);
  const mine = record(is.expect);
  const place = isObject(mine.status) ? record(mine.status) : mine;
  if (seen.includes(place.message))
    place.message = (isObject(expected.status) ? record(expected.status) : expected).message;
  delete mine.anyOf;
  return [{ ...was, expect: expected }, is];
}

/** Causes are compared sorted, the message not at all. */
function inAnyOrder(was: JsonRecord, is: JsonRecord): [JsonRecord, JsonRecord] {
  const copy = structuredClone(was);
  for (const side of [record(copy.expect), record(is.expect)]) {
    if (!isObject(side.status)) continue;
    delete side.anyOrder;
    const status = record(side.status);
    delete status.message;
    const causes = list(record(status.details).causes) as { field?: string; message?: string }[];
    causes.sort((a, b) => order(a.field, b.field) || order(a.message, b.message));
  }
  return [copy, is];
}

const fits = (expect: unknown) => Boolean(record(expect).scheduled ?? record(expect).node);

/** Whether the two agree on what matters most to a person. */
function sameVerdict(topic: string, was: JsonRecord, is: JsonRecord): boolean {
  const [a, b] = [record(was.expect), record(is.expect)];
  const area = topic.split('/')[0];
  if (isKubectl(topic))
    return same(
      list(was.steps).map(({ exit }) => exit),
      list(is.steps).map(({ exit }) => exit),
    );
  if (area === 'api') return b.code !== undefined && Number(a.code) < 300 === Number(b.code) < 300;
  if (area === 'hashes') return was.hash === is.hash;
  if (area === 'scheduling') return sameScheduling(a, b);
  const of = (parts: JsonRecord, name: string, pick: (query: JsonRecord) => unknown) =>
    list(parts[name]).map((query) => pick(record(query)));
  switch (topic) {
    case 'network/network-policy':
    case 'network/calico-policy':
      return same(
        of(was, 'queries', ({ verdict }) => verdict),
        of(is, 'queries', ({ verdict }) => verdict),
      );
    case 'network/dns': {
      const short = (parts: JsonRecord) => [
        of(parts, 'queries', ({ rcode, answer }) => [rcode, answer]),
        of(parts, 'lookups', ({ addresses }) => addresses),
      ];
      return same(short(was), short(is));
    }
    case 'network/kube-proxy':
      return same(a.ports, b.ports);
    case 'network/calico-selector':
      return a.valid === b.valid && same(a.matches, b.matches);
    default:
      return false;
  }
}

function sameScheduling(a: JsonRecord, b: JsonRecord): boolean {
  if (a.steps) return same(list(a.steps).map(fits), list(b.steps).map(fits));
  const said = (expect: JsonRecord) =>
    Object.fromEntries(
      Object.entries(record(expect.nodes)).map(([name, node]) => [name, [record(node).first, record(node).all]]),
    );
  return fits(a) === fits(b) && a.message === b.message && same(said(a), said(b));
}
