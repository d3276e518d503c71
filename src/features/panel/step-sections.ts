// What a step carries: request, response, object, difference, decision, each as a titled text.
import type { KubeObject } from '../../api/object.ts';
import { apiVersionOf, resourceByQualifiedName } from '../../api/resources.ts';
import { printYaml } from '../../simulator/index.ts';
import type { Decision, RequestDetails, ResponseDetails, StoreDetails, TraceEntry } from '../../simulator/trace.ts';
import type { Section } from '../../protocol/panel.ts';
import { diffText } from './line-diff.ts';
import type { PanelRun } from './panel-run.ts';
import { schedulingText } from './scheduling-text.ts';

export function sectionsOf(run: PanelRun, entry: TraceEntry): Section[] {
  switch (entry.type) {
    case 'request': {
      const response = run.applied.trace.find((one) => one.type === 'response' && one.request === entry.seq);
      return [...requestSections(entry), ...(response?.type === 'response' ? responseSections(response) : [])];
    }
    case 'response': {
      const request = run.entry(entry.request);
      return [...responseSections(entry), ...(request?.type === 'request' ? requestSections(request) : [])];
    }
    case 'store':
      return storeSections(entry);
    case 'watch':
      return [yaml(`${entry.change} ${entry.resource}`, withoutManagedFields(entry.object))];
    case 'decision':
      return [...decisionSections(entry.decision), ...otherDecisions(run, entry)];
    case 'action':
      return [yaml('What was done', entry.action)];
    case 'unknown':
      return [text('Not modelled', [entry.path, entry.reason].filter(Boolean).join(': '))];
    case 'command':
      return [text('Command', `kubectl ${entry.args.join(' ')}`)];
    case 'output':
      return [text('Printed', entry.text)];
  }
}

const text = (title: string, content: string): Section => ({ title, language: 'text', text: content.trimEnd() });
const yaml = (title: string, value: unknown): Section => ({
  title,
  language: 'yaml',
  text: printYaml(value).trimEnd(),
});

const methods = {
  get: 'GET',
  list: 'GET',
  watch: 'GET',
  create: 'POST',
  update: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  deletecollection: 'DELETE',
};

/** `POST /api/v1/namespaces/default/pods?fieldManager=…` */
function requestLine({ verb, target, query }: RequestDetails): string {
  const parameters = [query, verb === 'watch' && 'watch=true'].filter(Boolean).join('&');
  return `${methods[verb]} ${pathOf(target, verb)}${parameters ? `?${parameters}` : ''}`;
}

function pathOf({ resource, namespace, name, subresource, uri }: RequestDetails['target'], verb: string): string {
  if (uri !== undefined) return uri;
  const found = resourceByQualifiedName(resource);
  const [plural = resource, ...group] = resource.split('.');
  const version = found ? apiVersionOf(found) : group.join('.');
  const isNamed = name !== undefined && (verb !== 'create' || subresource !== undefined);
  return [
    version.includes('/') ? '/apis' : '/api',
    version,
    ...(namespace ? ['namespaces', namespace] : []),
    plural,
    ...(isNamed ? [name] : []),
    ...(subresource ? [subresource] : []),
  ].join('/');
}

function requestSections(request: RequestDetails): Section[] {
  const body = request.body === undefined ? [] : [yaml('Body', request.body)];
  return [text('Request', requestLine(request)), ...body];
}

function responseSections({ code, body, warnings }: ResponseDetails): Section[] {
  return [
    text('Response', [String(code), ...(warnings ?? []).map((warning) => `Warning: ${warning}`)].join('\n')),
    ...(body ? [yaml('Answer', 'metadata' in body ? withoutManagedFields(body as KubeObject) : body)] : []),
  ];
}

function storeSections({ change, key, revision, object, previous }: StoreDetails): Section[] {
  const head = text('Written to etcd', `${change} ${key}\nrevision ${revision}`);
  const [now, before] = [
    printYaml(withoutManagedFields(object)),
    previous && printYaml(withoutManagedFields(previous)),
  ];
  if (before === undefined || change === 'DELETED') return [head, yaml('Object', withoutManagedFields(object))];
  return [head, { title: 'What changed', language: 'diff', text: diffText(before, now) }];
}

/** As kubectl shows objects: who manages which field is noise here. */
export function withoutManagedFields<T extends KubeObject>(object: T): T {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function decisionSections(decision: Decision): Section[] {
  switch (decision.type) {
    case 'scheduling':
      return [text('Decision', schedulingText(decision))];
    case 'authentication':
      return [text('Who asks', [decision.user, ...decision.groups.map((group) => `  ${group}`)].join('\n'))];
    case 'authorization':
      return [text(decision.allowed ? 'Allowed' : 'Not allowed', decision.reason || '(no reason is given)')];
    case 'validation':
      return decision.status ? [yaml('Refused', decision.status)] : [];
    case 'admission':
    case 'kubelet-admission':
      return [];
  }
}

/** What else was decided about the same request: who asked, whether they may, who completed the object. */
function otherDecisions(run: PanelRun, entry: TraceEntry): Section[] {
  const request = entry.cause === undefined ? undefined : run.entry(entry.cause);
  if (request?.type !== 'request') return [];
  const rows = run.applied.trace.flatMap((one) =>
    one.type === 'decision' && one.cause === request.seq ? [rowOf(one.decision)] : [],
  );
  const width = rows.reduce((widest, [name]) => Math.max(widest, name.length), 0);
  const lines = rows.map(([name, said]) => `${name.padEnd(width)}  ${said}`);
  return [text('On the way through kube-apiserver', [requestLine(request), '', ...lines].join('\n'))];
}

function rowOf(decision: Decision): [string, string] {
  const verdict = 'allowed' in decision && !decision.allowed ? '✗ ' : '✓ ';
  switch (decision.type) {
    case 'authentication':
      return ['authentication', `✓ ${decision.user}`];
    case 'authorization':
      return ['authorization', verdict + decision.reason];
    case 'admission':
      return [decision.plugin, verdict + (decision.message ?? `sets ${decision.changed?.join(', ') || 'nothing'}`)];
    case 'validation':
      return ['validation', verdict + (decision.status?.message ?? 'valid')];
    default:
      return [decision.type, verdict.trim()];
  }
}
