// What of a run is compared: lists of Events, writes, texts and requests, each under the name of what it is about.
import { isObject } from '../../../src/base/json.ts';
import { canonical, order } from './difference.ts';
import { natural, type Run, type Step } from './flow-names.ts';

/** Where (actor and object, or command) → what came there, in order. */
export type Records = Map<string, unknown[]>;

function push(records: Records, where: string, item: unknown): void {
  const list = records.get(where);
  if (list) list.push(item);
  else records.set(where, [item]);
}

/** For each component and object the different Events in the order of their first appearance. */
export function eventRecords({ steps }: Run): Records {
  const records: Records = new Map();
  for (const s of steps) {
    if (s.step !== 'event') continue;
    const where = `${String(s.actor)} ${String(s.reportingComponent || s.component)} about ${String(s.namespace)}/${String(s.about)}`;
    const { type, reason, message, component, host, fieldPath, action, related } = s;
    const event = { type, reason, message, component, host, fieldPath, action, related };
    const known = records.get(where)?.some((other) => JSON.stringify(other) === JSON.stringify(event));
    if (!known) push(records, where, event);
  }
  const parallel = steps.some(({ object }) => object?.spec?.podManagementPolicy === 'Parallel');
  for (const list of records.values()) sortAlike(list as { message?: string }[], parallel);
  return records;
}

/** Neighbours that differ only in the name of a Pod made together with others have no order among them. */
function sortAlike(list: { message?: string }[], parallel: boolean): void {
  const names = parallel ? /-x\d{4}\b|(?<=Pod \S+)-\d+\b/g : /-x\d{4}\b/g;
  const masked = list.map((event) => JSON.stringify(event).replace(names, '-x0000'));
  for (let i = 0; i < list.length;) {
    let j = i;
    while (j < list.length && masked[j] === masked[i]) j++;
    list.splice(i, j - i, ...list.slice(i, j).sort((a, b) => order(a.message, b.message)));
    i = j;
  }
}

const triggerTime = 'endpoints.kubernetes.io/last-change-trigger-time';

interface WriteRun {
  actor: unknown;
  verb: unknown;
  object?: unknown;
  changes?: Map<string, { from?: unknown; to?: unknown }>;
}

/** For each object its creation, what each run of writes of one actor changed, its deletion, and how it is at the end. */
export function writeRecords({ steps }: Run): Records {
  const runs = new Map<string, WriteRun[]>();
  const finals: Records = new Map();
  for (const s of steps) {
    if (s.step === 'final' && s.object) {
      const { namespace = '', name } = s.object.metadata;
      push(finals, `final ${s.resource} ${namespace}/${name}`, { object: tidied(s.resource, s.object) });
    }
    if (s.step !== 'write' || (s.resource === 'nodes' && String(s.actor).startsWith('kubelet/'))) continue;
    const where = `${s.resource} ${String(s.namespace ?? '')}/${s.name}`;
    const list = runs.get(where) ?? [];
    runs.set(where, list);
    if (s.verb === 'ADDED') list.push({ actor: s.actor, verb: s.verb, object: tidied(s.resource, s.object) });
    else addChanges(list, s);
  }
  const records: Records = new Map();
  for (const [where, list] of runs) {
    const told = list.map(toldRun).filter(({ verb, changes }) => verb !== 'MODIFIED' || changes?.length);
    records.set(where, told);
  }
  return new Map([...records, ...finals]);
}

function addChanges(list: WriteRun[], step: Step): void {
  const last = list.at(-1);
  const alone =
    isMilestone(step) && [...(last?.changes?.keys() ?? [])].some((at) => !at.endsWith('observedGeneration'));
  const joins =
    last?.changes && step.verb === 'MODIFIED' && last.verb === 'MODIFIED' && last.actor === step.actor && !alone;
  const run: WriteRun = joins ? last : { actor: step.actor, verb: step.verb, changes: new Map() };
  if (!joins) list.push(run);
  for (const { path, from, to } of step.changes ?? []) {
    // of an EndpointSlice the count of writes and their cause are chance
    if (step.resource === 'endpointslices' && (path === 'metadata.generation' || path.includes(triggerTime))) continue;
    const known = run.changes?.get(path);
    run.changes?.set(path, { from: known ? known.from : from, to });
  }
}

function toldRun({ actor, verb, object, changes }: WriteRun): {
  actor: unknown;
  verb: unknown;
  object?: unknown;
  changes?: unknown[];
} {
  if (!changes) return { actor, verb, object };
  const told = [...changes]
    .filter(([, { from, to }]) => JSON.stringify(from) !== JSON.stringify(to))
    .map(([path, { to }]) => [path, to === undefined ? null : canonical(to)] as const)
    .sort(([a], [b]) => order(a, b));
  return { actor, verb, changes: told };
}

/** A restart or a new phase is never lost in a merged patch. */
function isMilestone({ resource, changes = [] }: Step): boolean {
  return (
    resource === 'pods' &&
    changes.some(
      ({ path, to }) =>
        (path === 'status.phase' && to !== 'Pending') ||
        (path.endsWith('.restartCount') && typeof to === 'number' && to > 0),
    )
  );
}

function tidied(resource: string | undefined, object: unknown): unknown {
  const copy = canonical(object);
  if (resource !== 'endpointslices' || !isObject(copy)) return copy;
  const { generation: _generation, annotations, ...metadata } = copy.metadata as Record<string, unknown>;
  const { [triggerTime]: _time, ...rest } = (annotations ?? {}) as Record<string, unknown>;
  const endpoints = copy.endpoints as { targetRef?: { name?: string } }[] | null | undefined;
  return canonical({
    ...copy,
    metadata: { ...metadata, ...(Object.keys(rest).length && { annotations: rest }) },
    ...(endpoints && { endpoints: [...endpoints].sort((a, b) => order(a.targetRef?.name, b.targetRef?.name)) }),
  });
}

/** The output of every command of the user and of every look. */
export function textRecords({ steps }: Run): Records {
  const records: Records = new Map();
  let place = 0;
  for (const s of steps) {
    if (s.step === 'kubectl') {
      const cmd = String(s.cmd);
      records.set(`${++place} ${cmd}`, [{ text: tidiedText(cmd, String(s.text), false), code: s.code ?? 0 }]);
    }
    if (s.step !== 'checkpoint') continue;
    place++;
    const name = String(s.name);
    if (name === 'rolling') continue; // taken at a chance moment of a rollout
    for (const { cmd, text, code } of s.outputs as { cmd: string; text: string; code?: number }[]) {
      records.set(`${place} ${name}: ${cmd}`, [
        { text: tidiedText(cmd, text, name.startsWith('first')), code: code ?? 0 },
      ]);
    }
  }
  return records;
}

const cells = (line: string) => line.trim().split(/ {2,}/).join('  ');
const once = (rows: readonly string[]) => [...new Set(rows)].sort();

/** Rows in any order; tables of Events without widths and counts; early looks without what the status says. */
function tidiedText(cmd: string, text: string, early: boolean): string[] {
  const sortAddresses = (list: string) =>
    list
      .split(',')
      .sort((a, b) => order(natural(a), natural(b)))
      .join(',');
  const lines = text
    .replace(/ \(x\d+ over <age>\)/g, '')
    .replace(/\b[\d.]+(:\d+)?(,[\d.]+(:\d+)?)+/g, sortAddresses)
    .split('\n');
  if (/^kubectl get events\b/.test(cmd)) return early ? [] : once(lines.map(cells));
  if (/^kubectl get \S/.test(cmd) && !/ -o (?!wide)/.test(cmd)) {
    return early ? withoutStatus(lines) : [lines[0] ?? '', ...lines.slice(1).sort()];
  }
  return /^kubectl describe /.test(cmd) ? described(lines, early) : lines;
}

function withoutStatus(lines: readonly string[]): string[] {
  const dropped = new Set(['READY', 'STATUS', 'RESTARTS', 'IP']);
  const head = cells(lines[0] ?? '').split('  ');
  const kept = (line: string) =>
    cells(line)
      .split('  ')
      .filter((_, i) => !dropped.has(head[i] ?? ''));
  return lines.map((line) => kept(line).join('  ')).sort();
}

function described(lines: readonly string[], early: boolean): string[] {
  const at = lines.findIndex((line) => line.startsWith('Events:'));
  const rows = at < 0 ? [] : lines.slice(at + 1).map((line) => cells(line).replace(/^-[- ]+$/, '---'));
  const body = at < 0 ? lines : lines.slice(0, at + 1);
  if (early)
    return body.slice(
      0,
      body.findIndex((line) => line.startsWith('Status:')),
    );
  return [...body, ...once(rows)];
}

/** For each actor and object the requests in order; what is chance or repeated counts once or not at all. */
export function auditRecords({ audit }: Run): Records {
  const records: Records = new Map();
  for (const e of audit) {
    const actor = String(e.actor);
    if (isChance(e, actor)) continue;
    const where =
      e.uri === undefined
        ? `${actor} ${String(e.resource)}.${String(e.group ?? '')} ${String(e.namespace ?? '')}/${String(e.name ?? '')}`
        : `${actor} ${String(e.uri)}`;
    const { verb, subresource, code, message, event, query } = e;
    const target = isObject(e.body) && isObject(e.body.target) ? e.body.target.name : undefined;
    const request = { verb, subresource, code, message, event, query, target };
    const list = (records.get(where) ?? []) as (typeof request)[];
    // an Event that is counted up is a patch; how often is chance
    if (e.resource === 'events' && list.some((other) => other.event === event)) continue;
    if (JSON.stringify(list.at(-1)) !== JSON.stringify(request)) push(records, where, request);
  }
  return records;
}

function isChance(e: Record<string, unknown>, actor: string): boolean {
  if (e.code === 409 || (e.code === 403 && actor !== 'kubectl')) return true; // retried
  if (actor.startsWith('kubelet/') && (e.verb === 'get' || e.verb === 'list' || e.resource === 'nodes')) return true;
  if (e.resource === 'events' && e.code === 404) return true; // counted up after it was gone: made anew
  return actor.endsWith('/endpoint-controller') || e.subresource === 'token';
}
