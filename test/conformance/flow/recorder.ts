// Turns the trace of a run into the records of a scenario: steps.json (writes, Events, texts) and audit.jsonl (requests).
import type { Event, EventsEvent, KubeObject, ObjectReference } from '../../../src/api/object.ts';
import { resourceByQualifiedName } from '../../../src/api/resources.ts';
import { isObject } from '../../../src/base/json.ts';
import { compareBytes } from '../../../src/base/order.ts';
import { wireForm } from '../../../src/simulator/kube-apiserver/decoding/decode.ts';
import type { RequestDetails, ResponseDetails, StoreDetails, Trace, TraceEntry } from '../../../src/simulator/trace.ts';
import { changesBetween, strip } from './differences.ts';
import type { Normalizer } from './normalizer.ts';

export type JsonRecord = Record<string, unknown>;

/** A command of the user or a look at the cluster, with its place in the trace: it stands before the entry of that seq. */
export interface Action {
  readonly before: number;
  readonly record: JsonRecord;
}

/** The resources whose writes the recordings show. */
const watched = new Set([
  ...['pods', 'services', 'nodes', 'persistentvolumeclaims', 'persistentvolumes', 'events', 'resourcequotas'],
  ...['namespaces', 'serviceaccounts', 'configmaps', 'secrets', 'replicasets', 'deployments', 'statefulsets'],
  ...['daemonsets', 'controllerrevisions', 'jobs', 'cronjobs', 'endpointslices', 'horizontalpodautoscalers'],
  'poddisruptionbudgets',
]);
const withoutFinal = new Set(['nodes', 'configmaps', 'secrets', 'serviceaccounts', 'controllerrevisions']);

const pluralOf = (resource: string) => resource.split('.')[0] ?? resource;
const seconds = (time: number) => Math.round(time / 1000);
type StoreEntry = TraceEntry & StoreDetails;

/** The steps of a scenario in causal order, then each object as it is at the end. */
export function stepsOf(trace: Trace, actions: readonly Action[], normalizer: Normalizer): unknown[] {
  const steps: JsonRecord[] = [];
  const waiting = [...actions];
  const touched = new Map<string, StoreEntry>();
  const flush = (seq: number) => {
    while (waiting[0] && waiting[0].before <= seq) steps.push(waiting.shift()?.record ?? {});
  };
  for (const entry of trace) {
    if (entry.type !== 'store') continue;
    flush(entry.seq);
    const resource = pluralOf(entry.resource);
    if (!watched.has(resource)) continue;
    const step = resource === 'events' ? eventStep(entry) : writeStep(entry, resource);
    if (!step) continue;
    steps.push(step);
    if (resource === 'events') continue;
    if (entry.change === 'DELETED') touched.delete(entry.key);
    else touched.set(entry.key, entry);
  }
  flush(Infinity);
  const finals = [...touched.values()]
    .filter(({ resource }) => !withoutFinal.has(pluralOf(resource)))
    .map((entry) => ({ entry, key: normalizer.text(finalKey(entry)) }))
    .sort((a, b) => compareBytes(a.key, b.key));
  for (const { entry } of finals) {
    steps.push({ step: 'final', resource: pluralOf(entry.resource), object: strip(asWritten(entry.object)) });
  }
  return steps.map((step) => normalizedStep(step, normalizer));
}

/** As a client gets the object; a Secret without its values is none that could be read. */
const asWritten = (object: KubeObject) => (object.kind === 'Secret' ? object : wireForm(object));

function finalKey({ resource, object }: StoreEntry): string {
  return `${pluralOf(resource)}/${object.metadata.namespace ?? ''}/${object.metadata.name ?? ''}`;
}

function normalizedStep(step: JsonRecord, normalizer: Normalizer): unknown {
  if (step.step === 'kubectl') return { ...step, text: normalizer.output(String(step.text)) };
  if (step.step !== 'checkpoint') return normalizer.value(step);
  const outputs = (step.outputs as JsonRecord[]).map((output) => ({
    ...output,
    cmd: normalizer.text(String(output.cmd)),
    text: normalizer.output(String(output.text)),
  }));
  return { ...step, outputs };
}

/** The server's requests to itself are those of its user. */
const recordedActor = (actor: string) => (actor === 'kube-apiserver' ? 'apiserver' : actor);

function writeStep(entry: StoreEntry, resource: string): JsonRecord | undefined {
  const { namespace, name = '' } = entry.object.metadata;
  const noisy = resource === 'configmaps' || resource === 'serviceaccounts';
  const step: JsonRecord = {
    t: seconds(entry.time),
    step: 'write',
    verb: entry.change,
    resource,
    name,
    actor: recordedActor(entry.actor),
  };
  if (namespace) step.namespace = namespace;
  if (entry.change === 'ADDED') {
    if (noisy && (name === 'kube-root-ca.crt' || namespace === 'kube-system')) return undefined;
    return { ...step, object: strip(asWritten(entry.object)) };
  }
  const changes = changesBetween(entry.previous && asWritten(entry.previous), asWritten(entry.object));
  if (entry.change === 'MODIFIED') {
    if ((changes.length === 0 && resource === 'nodes') || (noisy && namespace === 'kube-system')) return undefined;
    return { ...step, changes };
  }
  return changes.length ? { ...step, changes } : step;
}

function eventStep({ change, time, actor, object }: StoreEntry): JsonRecord | undefined {
  if (change === 'DELETED') return undefined;
  const event = coreEvent(object);
  const { involvedObject: about, source = {}, count, series, action, related } = event;
  return {
    t: seconds(time),
    step: 'event',
    type: event.type,
    reason: event.reason,
    message: event.message,
    component: source.component ?? '',
    reportingComponent: event.reportingComponent,
    about: `${about.kind}/${about.name}`,
    namespace: event.metadata.namespace,
    verb: change,
    actor,
    ...(source.host && { host: source.host }),
    ...(about.fieldPath && { fieldPath: about.fieldPath }),
    ...(count && { count }),
    ...(series && { seriesCount: series.count }),
    ...(action && { action }),
    ...(related && { related: `${related.kind}/${related.name}` }),
  };
}

/** The core/v1 form of an Event, in whichever form it is kept. */
function coreEvent(object: KubeObject): Event {
  if (object.apiVersion === 'v1') return object as Event;
  const event = object as EventsEvent;
  return {
    ...object,
    involvedObject: event.regarding ?? {},
    message: event.note,
    reason: event.reason,
    type: event.type,
    source: event.deprecatedSource,
    count: event.deprecatedCount,
    series: event.series && { count: event.series.count, lastObservedTime: event.series.lastObservedTime },
    action: event.action,
    related: event.related,
    reportingComponent: event.reportingController ?? '',
    reportingInstance: event.reportingInstance ?? '',
  };
}

type RequestEntry = TraceEntry & RequestDetails;
type ResponseEntry = TraceEntry & ResponseDetails;

/** The requests of a scenario in the order of completion. */
export function auditOf(trace: Trace, normalizer: Normalizer): unknown[] {
  const lines: unknown[] = [];
  const requests = new Map<number, RequestEntry>();
  for (const entry of trace) {
    if (entry.type === 'request' && entry.to === 'kube-apiserver') {
      requests.set(entry.seq, entry);
      continue;
    }
    const request = entry.type === 'response' && requests.get(entry.request);
    if (!request) continue;
    const line = auditLine(request, entry);
    if (line) lines.push(normalizer.value(line));
  }
  return lines;
}

function auditLine(request: RequestEntry, { code, body }: ResponseEntry): JsonRecord | undefined {
  const { target, verb, from: actor } = request;
  if (actor.startsWith('kube-proxy/')) return undefined; // none ran while recording
  const line: JsonRecord = { t: seconds(request.time), actor: recordedActor(actor), verb };
  if (target.uri !== undefined) {
    if (actor !== 'kubectl') return undefined;
    line.uri = target.uri;
  } else {
    if (target.resource === 'leases.coordination.k8s.io') return undefined;
    const group = resourceByQualifiedName(target.resource)?.group ?? '';
    line.resource = pluralOf(target.resource);
    if (group) line.group = group;
    if (target.subresource) line.subresource = target.subresource;
    // a request for a namespace is one in that namespace
    const namespace = line.resource === 'namespaces' ? target.name : target.namespace;
    if (namespace) line.namespace = namespace;
    const answered = isObject(body) && isObject(body.metadata) ? body.metadata.name : undefined;
    const name = line.resource === 'events' ? aboutOf(request, body) : (target.name ?? answered);
    if (line.resource === 'events') line.event = reasonOf(request, body);
    if (name) line.name = name;
    if (request.query !== undefined && actor === 'kubectl') {
      line.query = request.query.replace(/timeoutSeconds=\d+/, 'timeoutSeconds=<n>');
    }
    if (target.subresource === 'binding') line.body = { target: (request.body as { target: ObjectReference }).target };
  }
  line.code = code;
  if (code >= 400 && isObject(body)) line.message = body.message;
  return line;
}

function eventIn(request: RequestEntry, body: unknown): JsonRecord {
  if (isObject(body) && body.kind === 'Event') return body;
  return isObject(request.body) ? request.body : {};
}

function aboutOf(request: RequestEntry, body: unknown): string {
  const event = eventIn(request, body);
  const about = (event.involvedObject ?? event.regarding) as ObjectReference | undefined;
  return request.event?.about ?? `${about?.kind ?? ''}/${about?.name ?? ''}`;
}

function reasonOf(request: RequestEntry, body: unknown): unknown {
  return request.event?.reason ?? eventIn(request, body).reason ?? '';
}
