// Tells one entry of the trace as a line, in plain words. What a reader should see first has depth 1.
import type { KubeObject, ObjectRef, Pod } from '../api/object.ts';
import { resourceByQualifiedName } from '../api/resources.ts';
import { isObject } from '../base/json.ts';
import {
  programOf,
  type Decision,
  type RequestDetails,
  type ResponseDetails,
  type RuntimeAction,
  type SchedulingDecision,
  type StoreDetails,
  type TraceEntry,
  type WatchDetails,
} from '../simulator/trace.ts';
import type { Line, Phase } from './line.ts';

type Told = Pick<Line, 'depth' | 'form' | 'text' | 'key'> & Partial<Pick<Line, 'result' | 'phase'>>;

/** The entry as a line, or undefined for entries that tell nothing by themselves. */
export function tell(entry: TraceEntry, trace: readonly TraceEntry[]): Line | undefined {
  const told = toldOf(entry, trace);
  if (!told) return undefined;
  const { seq, time, from, to } = entry;
  return { seq, time, from, to, phase: told.phase ?? phaseOf(entry), result: 'ok', count: 1, ...told };
}

function toldOf(entry: TraceEntry, trace: readonly TraceEntry[]): Told | undefined {
  switch (entry.type) {
    case 'request':
      return request(entry, entry.from);
    case 'response':
      return response(entry, trace[entry.request]);
    case 'store':
      return store(entry);
    case 'watch':
      return watch(entry);
    case 'decision':
      return decision(entry.decision, entry.subject);
    case 'action':
      return action(entry.action);
    case 'unknown':
      return {
        ...{ depth: 1, form: 'note', result: 'unknown', key: `unknown ${entry.reason}` },
        text: `unknown: ${entry.reason}${entry.path ? ` (${entry.path})` : ''}`,
      };
    case 'output':
      return undefined;
  }
}

function phaseOf({ from, to, ...entry }: TraceEntry): Phase {
  const actor = programOf(
    entry.type === 'store' ? (entry as StoreDetails).actor : from === 'kube-apiserver' ? to : from,
  );
  if (actor === 'kubectl') return 'apply';
  if (actor === 'kube-scheduler') return 'schedule';
  if (actor === 'kubelet' || actor === 'containerd') return 'run';
  if (actor === 'calico') return 'run';
  if (actor === 'kube-proxy' || actor === 'coredns' || actor === 'pod') return 'reach';
  return actor === 'kube-apiserver' ? 'apply' : 'control';
}

const kindOf = (resource: string) => resourceByQualifiedName(resource)?.kind ?? resource;
const named = (kind: string, name = '') => (name ? `${kind} ${name}` : kind);
const refText = ({ kind, name }: ObjectRef) => named(kind, name);

function request({ verb, target, body, event }: RequestDetails, from: string): Told {
  const program = programOf(from);
  if (target.uri !== undefined) return { depth: 3, form: 'arrow', text: `GET ${target.uri}`, key: 'uri' };
  const kind = kindOf(target.resource);
  const given = isObject(body) && isObject(body.metadata) ? (body as unknown as KubeObject).metadata : undefined;
  const name = target.name ?? given?.name ?? given?.generateName ?? '';
  const what = named(kind, name);
  if (event || target.resource.startsWith('events')) {
    const reason = event?.reason ?? (isObject(body) ? (typeof body.reason === 'string' ? body.reason : '') : '');
    return { depth: 2, form: 'arrow', text: `Event ${reason}`, key: `event ${reason}` };
  }
  const key = `${verb} ${target.resource}/${target.subresource ?? ''}`;
  if (target.subresource === 'binding') {
    const node = isObject(body) && isObject(body.target) ? String(body.target.name) : '';
    return { depth: 1, form: 'arrow', text: `bind ${what} to ${node}`, key };
  }
  if (verb === 'create' && !target.subresource) {
    return {
      depth: program === 'kubectl' || program === 'kube-controller-manager' ? 1 : 2,
      form: 'arrow',
      text: `create ${what}`,
      key,
    };
  }
  if (target.subresource === 'status') return { depth: 2, form: 'arrow', text: `status of ${what}`, key };
  const reading = verb === 'get' || verb === 'list' || verb === 'watch';
  const writing = program === 'kubectl' ? 1 : 2;
  return {
    ...{ depth: reading || target.subresource ? 3 : writing, form: 'arrow', key },
    text: `${verb} ${what}${target.subresource ? `/${target.subresource}` : ''}`,
  };
}

function response({ code, body }: ResponseDetails, asked: TraceEntry | undefined): Told {
  const failed = code >= 400 && !(code === 404 && asked?.type === 'request' && asked.verb === 'get') && code !== 409;
  const message = isObject(body) && body.kind === 'Status' && 'message' in body ? `: ${String(body.message)}` : '';
  const toKubectl = asked?.from === 'kubectl' && asked.type === 'request' && asked.verb !== 'get';
  return {
    ...{
      depth: failed || toKubectl ? 1 : 3,
      form: 'answer',
      text: `${code}${message || ` ${codeWord(code)}`}`,
      key: `answer ${code}`,
    },
    result: failed ? 'failed' : 'ok',
  };
}

const codeWord = (code: number) =>
  ({ 200: 'OK', 201: 'Created', 202: 'Accepted', 404: 'Not Found', 409: 'Conflict' })[code] ?? '';

function store({ change, key, actor, object, previous }: StoreDetails): Told {
  if (object.kind === 'Event') return { depth: 3, form: 'arrow', text: `put ${key}`, key: 'put event' };
  const status = statusChange(object, previous);
  const verb = change === 'DELETED' ? 'delete' : 'put';
  const first = change === 'ADDED' && (programOf(actor) === 'kubectl' || object.kind === 'Pod');
  return {
    ...{ depth: first || status ? 1 : 2, form: 'arrow', key: `${verb} ${object.kind} ${status ?? ''}` },
    text: `${verb} ${key}${status ? ` (${status})` : ''}`,
  };
}

/** What a write says of a Pod that a reader waits for: its node, or a new phase. */
function statusChange(object: KubeObject, previous: KubeObject | undefined): string | undefined {
  if (object.kind !== 'Pod' || !previous) return undefined;
  const [now, before] = [object as Pod, previous as Pod];
  if (now.spec?.nodeName !== before.spec?.nodeName) return `nodeName ${now.spec?.nodeName}`;
  return now.status?.phase === before.status?.phase ? undefined : (now.status?.phase ?? undefined);
}

function watch({ change, object, resource }: WatchDetails): Told {
  const text = `${change} ${named(object.kind, object.metadata.name)}`;
  return { depth: change === 'ADDED' ? 2 : 3, form: 'arrow', text, key: `watch ${change} ${resource}` };
}

function decision(made: Decision, subject: ObjectRef): Told {
  const note = (text: string, depth: Told['depth'], failed = false): Told => ({
    ...{ depth, form: 'note', text, key: `${made.type} ${failed}` },
    result: failed ? 'failed' : 'ok',
  });
  switch (made.type) {
    case 'authentication':
      return note(`who: ${made.user} (${made.groups.join(', ')})`, 2);
    case 'authorization':
      return note(
        made.allowed ? `may: ${made.reason}` : `may not: ${made.reason}`,
        made.allowed ? 2 : 1,
        !made.allowed,
      );
    case 'admission': {
      const changed = made.changed?.length ? ` sets ${made.changed.join(', ')}` : '';
      return note(
        `${made.plugin}${made.allowed ? changed : `: ${made.message ?? 'refused'}`}`,
        made.allowed ? 2 : 1,
        !made.allowed,
      );
    }
    case 'validation':
      return note(
        made.allowed ? `${refText(subject)} is valid` : (made.status?.message ?? 'invalid'),
        made.allowed ? 2 : 1,
        !made.allowed,
      );
    case 'scheduling':
      return scheduling(made, subject);
    case 'kubelet-admission':
      return note(
        made.allowed ? `admitted ${refText(subject)}` : `${made.reason}: ${made.message}`,
        made.allowed ? 3 : 1,
        !made.allowed,
      );
  }
}

function scheduling(made: SchedulingDecision, subject: ObjectRef): Told {
  const key = `scheduling ${made.result}`;
  const failed = made.result !== 'scheduled';
  const text = failed ? `${refText(subject)}: ${unscheduledText(made)}` : scheduledText(made, subject);
  return {
    depth: 1,
    form: 'note',
    key,
    text,
    result: made.result === 'unknown' ? 'unknown' : failed ? 'failed' : 'ok',
  };
}

function unscheduledText({ result, message, gated, unknown }: SchedulingDecision): string {
  if (result === 'gated') return `held back: ${gated?.reasons.join(', ')}`;
  if (result === 'unknown') return `unknown: ${unknown?.map(({ reason }) => reason).join('; ')}`;
  return message ?? result;
}

function scheduledText({ node, best, nodes }: SchedulingDecision, subject: ObjectRef): string {
  const rejected = Object.entries(nodes).filter(([, { first }]) => first);
  const no = rejected.map(([name, { first }]) => `${name} (${first?.plugin ?? 'PreFilter'})`).join(', ');
  const tie = best.length > 1 ? `, tied with ${best.filter((name) => name !== node).join(', ')}` : '';
  return `${refText(subject)} fits ${node}${tie}${no ? `; not ${no}` : ''}`;
}

function action(done: RuntimeAction): Told {
  const arrow = (text: string, depth: Told['depth'], key: string, more: Partial<Told> = {}): Told => ({
    depth,
    form: 'arrow',
    text,
    key,
    ...more,
  });
  switch (done.type) {
    case 'sandbox':
      return arrow(`sandbox with ${done.ip}`, 1, 'sandbox');
    case 'ipam':
      return arrow(`address ${done.ip} out of ${done.block}`, 1, 'ipam');
    case 'route':
      return arrow(`route ${done.destination} via ${done.via}`, 2, 'route');
    case 'pull':
      return pull(done);
    case 'container': {
      const failed = done.error !== undefined || (done.phase === 'exit' && done.exitCode !== 0);
      const text = `${done.phase} container ${done.container}${done.error ? `: ${done.error}` : ''}${done.phase === 'exit' ? ` (${done.exitCode})` : ''}`;
      return arrow(text, done.phase === 'create' ? 2 : 1, `container ${done.phase}`, {
        result: failed ? 'failed' : 'ok',
      });
    }
    case 'service-rules':
      return arrow(
        done.endpoints.length
          ? `${done.service} ${done.address} → ${done.endpoints.join(', ')}`
          : `${done.service} ${done.address}: no endpoints, refused`,
        ...([1, 'service-rules'] as const),
      );
    case 'dns-record':
      return arrow(`${done.name} is ${done.addresses.join(', ')}`, 1, 'dns-record');
    case 'dns-query':
      return arrow(`${done.name}? ${done.answer}`, /^N/.test(done.answer) ? 2 : 1, 'dns-query');
    case 'connection':
      return arrow(
        `${done.source} → ${done.destination}${done.rewrittenTo ? ` rewritten to ${done.rewrittenTo}` : ''}: ${done.result}`,
        1,
        'connection',
      );
  }
}

function pull({ image, phase, error, size }: RuntimeAction & { type: 'pull' }): Told {
  const text =
    phase === 'begin'
      ? `pull ${image}`
      : error
        ? `cannot pull ${image}: ${error}`
        : `pulled ${image}${size ? ` (${Math.round(size / 1e6)} MB)` : ''}`;
  return {
    depth: 1,
    form: phase === 'begin' ? 'arrow' : 'answer',
    text,
    key: `pull ${phase} ${image}`,
    result: error ? 'failed' : 'ok',
  };
}
