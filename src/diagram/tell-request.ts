// Tells what goes to and from the API server: requests, answers, watches, and what is written to etcd.
import type { KubeObject, Pod } from '../api/object.ts';
import { resourceByQualifiedName } from '../api/resources.ts';
import { isObject } from '../base/json.ts';
import {
  programOf,
  type Participant,
  type RequestDetails,
  type ResponseDetails,
  type StoreDetails,
  type WatchDetails,
} from '../simulator/trace.ts';
import type { Background } from './background.ts';
import { told, type Told } from './line.ts';

/** `Pod myapp`; a name that the server is to complete ends in `…`. */
export function objectText(kind: string, { name, generateName }: { name?: string; generateName?: string }): string {
  const shown = name ?? (generateName ? `${generateName}…` : '');
  return shown ? `${kind} ${shown}` : kind;
}

const isReading = (verb: string) => verb === 'get' || verb === 'list' || verb === 'watch';
const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);

export function tellRequest(request: RequestDetails, from: Participant): Told {
  const { verb, target, body } = request;
  if (target.uri !== undefined) return told(3, `uri ${target.uri}`, `GET ${target.uri}`);
  if (target.resource.startsWith('events')) return tellEvent(request);
  const program = programOf(from);
  const kind = resourceByQualifiedName(target.resource)?.kind ?? target.resource;
  const metadata = isObject(body) && isObject(body.metadata) ? body.metadata : {};
  const name = target.name ?? textOf(metadata.name);
  const generateName = textOf(metadata.generateName);
  const what = objectText(kind, { ...(name && { name }), ...(generateName && { generateName }) });
  const key = `${verb} ${target.resource}/${target.subresource ?? ''}`;
  if (target.subresource === 'binding') return told(1, key, `bind ${what} to ${boundTo(body)}`);
  if (target.subresource === 'status') return tellStatus(what, key, body);
  if (isReading(verb) || target.subresource) {
    const text = `${verb} ${what}${target.subresource ? `/${target.subresource}` : ''}`;
    return told(program === 'kubectl' && name ? 2 : 3, key, text);
  }
  if (program === 'kubectl') return told(1, key, `${verb} ${what}`, { merge: 'never' });
  return told(program === 'kube-controller-manager' && verb === 'create' ? 1 : 2, key, `${verb} ${what}`);
}

const boundTo = (body: unknown) => (isObject(body) && isObject(body.target) ? String(body.target.name) : '');

/** A new phase is news; everything else of a status is detail. */
function tellStatus(what: string, key: string, body: unknown): Told {
  const status = isObject(body) && isObject(body.status) ? body.status : {};
  const phase = textOf(status.phase);
  const failed = phase === 'Failed' || phase === 'Unknown';
  return phase && phase !== 'Pending'
    ? told(1, `${key} ${phase}`, `${what} is ${phase}`, { result: failed ? 'failed' : 'ok' })
    : told(2, key, `status of ${what}`);
}

/** A warning is part of the story, unless it is what the scheduler's decision has just said. */
function tellEvent({ verb, body, event }: RequestDetails): Told {
  const given: Readonly<Record<string, unknown>> = isObject(body) ? body : {};
  const reason = event?.reason ?? textOf(given.reason) ?? '';
  const said = textOf(given.message) ?? textOf(given.note);
  const again = verb === 'create' ? '' : ' again';
  const text = `Event ${reason}${again}${event ? ` about ${event.about.replace('/', ' ')}` : ''}${said ? `: ${said}` : ''}`;
  if (given.type === 'Warning' && reason !== 'FailedScheduling') {
    return told(1, `warning ${reason} ${said ?? ''}`, text, { result: 'failed' });
  }
  return told(verb === 'create' ? 2 : 3, `event ${reason}`, text);
}

export function tellResponse({ request, code, body }: ResponseDetails, { trace, refused }: Background): Told {
  const asked = trace[request];
  const isRequest = asked?.type === 'request';
  const looked = isRequest && asked.verb === 'get' && code === 404;
  const failed = code >= 400 && !looked && code !== 409;
  const message = isObject(body) && 'message' in body ? textOf(body.message) : undefined;
  const text = message && code >= 400 && !refused.has(request) ? `${code}: ${message}` : `${code} ${wordOf(code)}`;
  const ofUser = isRequest && asked.from === 'kubectl' && asked.target.uri === undefined;
  const depth = failed || (ofUser && !isReading(asked.verb)) ? 1 : ofUser ? 2 : 3;
  const merge = ofUser ? 'never' : 'first';
  return told(depth, `answer ${code}`, text.trimEnd(), { form: 'answer', merge, result: failed ? 'failed' : 'ok' });
}

const words: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  422: 'Unprocessable Entity',
};
const wordOf = (code: number) => words[code] ?? '';

export function tellStore({ change, key, actor, object, previous }: StoreDetails): Told {
  const verb = change === 'DELETED' ? 'delete' : 'put';
  if (object.kind === 'Event') return told(3, 'put event', `${verb} ${key}`);
  const news = podNews(object, previous);
  const text = `${verb} ${key}${news ? ` (${news})` : ''}`;
  const ofUser = programOf(actor) === 'kubectl';
  return told(ofUser ? 1 : 2, `${verb} ${object.kind}`, text, { merge: ofUser ? 'never' : 'first' });
}

/** What a write says of a Pod that a reader waits for: its node, or a new phase. */
function podNews(object: KubeObject, previous: KubeObject | undefined): string | undefined {
  if (object.kind !== 'Pod' || !previous) return undefined;
  const [now, before] = [object as Pod, previous as Pod];
  if (now.spec?.nodeName !== before.spec?.nodeName) return `nodeName: ${now.spec?.nodeName}`;
  return now.status?.phase === before.status?.phase ? undefined : `phase: ${now.status?.phase}`;
}

/** That somebody is told of an object is how one program's work becomes the next one's. */
export function tellWatch({ change, object, resource }: WatchDetails, to: Participant, background: Background): Told {
  const text = `watch: ${change} ${objectText(object.kind, object.metadata)}`;
  const key = `watch ${change} ${resource}`;
  if (change !== 'ADDED' || object.kind === 'Event') return told(3, key, text);
  const why = reasonToTell(object, programOf(to), background);
  return why === undefined ? told(2, key, text) : told(1, key, `${text}, ${why}`);
}

function reasonToTell({ kind, ...pod }: KubeObject, to: string, { controllersAct }: Background): string | undefined {
  if (kind !== 'Pod') return undefined;
  if (to === 'kube-scheduler' && !(pod as Pod).spec?.nodeName) return 'which has no node yet';
  if (to === 'kubelet') return 'which is given to this node';
  return to === 'kube-controller-manager' && !controllersAct ? 'for which no controller has to do anything' : undefined;
}
