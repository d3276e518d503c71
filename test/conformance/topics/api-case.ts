// Asks the simulated server what a recorded case asks the real one: objects are created before, then one request is made, as kubectl
// would make it, and the answer is written with the recordings' placeholders.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';
import type { CustomResourceDefinition, KubeObject, ResourceQuota } from '../../../src/api/object.ts';
import { countUsage } from '../../../src/api/quota/count.ts';
import { amountsOf } from '../../../src/api/quota/usage.ts';
import {
  apiVersionOf,
  qualifiedName,
  resourceByQualifiedName,
  resourceOfKind,
  type ApiResource,
} from '../../../src/api/resources.ts';
import { patchSchemaOf } from '../../../src/api/patch-schema.ts';
import { createThreeWayMergePatch } from '../../../src/api/strategic-merge-diff.ts';
import { goJson, isObject } from '../../../src/base/json.ts';
import type { ApiResponse } from '../../../src/simulator/client/client.ts';
import { Etcd, type Snapshot } from '../../../src/simulator/etcd/etcd.ts';
import { Kernel } from '../../../src/simulator/kernel/kernel.ts';
import { customKindsOf } from '../../../src/simulator/kube-apiserver/custom-resources/custom-kind.ts';
import { wireForm } from '../../../src/simulator/kube-apiserver/decoding/decode.ts';
import { registryPrefix } from '../../../src/simulator/kube-apiserver/registry/keys.ts';
import { Server } from '../../../src/simulator/kube-apiserver/server.ts';

export interface ApiQuestion {
  readonly id: string;
  readonly base: string;
  readonly change: string;
  readonly op: string;
  readonly namespace: string;
  readonly setup?: readonly string[];
  readonly manifest: string;
  readonly contentType?: string;
}

const presets = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../../media/clusters');

/** What controllers make in a new namespace in its first second. */
function madeInNamespace({ kind, metadata }: KubeObject): KubeObject[] {
  if (kind !== 'Namespace') return [];
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: metadata.name } };
  const ca = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kube-root-ca.crt', namespace: metadata.name } };
  return [account, ca] as KubeObject[];
}

/** A cluster to which nothing was done yet, with what its controllers make in the first second. */
function freshObjects(): KubeObject[] {
  const text = readFileSync(path.join(presets, 'empty.yaml'), 'utf8');
  const objects = parseAllDocuments(text).map((document) => document.toJS() as KubeObject);
  return [...objects, ...objects.flatMap(madeInNamespace)];
}

let fresh: Snapshot | undefined;

function freshCluster(): Snapshot {
  if (fresh) return fresh;
  const etcd = new Etcd();
  for (const object of freshObjects()) {
    const resource = resourceOfKind(object.apiVersion, object.kind);
    if (!resource) continue;
    const { namespace = 'default', name = '' } = object.metadata;
    const key = registryPrefix(resource) + (resource.namespaced ? `${namespace}/${name}` : name);
    etcd.put(key, 0, (revision) => ({
      ...object,
      metadata: { ...object.metadata, ...(resource.namespaced && { namespace }), resourceVersion: String(revision) },
    }));
  }
  fresh = etcd.snapshot();
  return fresh;
}

const withoutSuffixes = (text: string) => text.replace(/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-<5>');

const uid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

const recordedTime = /"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"/g;

/** What was made up by the server is hidden, as in the recordings. */
function hidden(response: ApiResponse<KubeObject>, { manifest }: ApiQuestion, body: KubeObject): object {
  if (!response.ok) {
    const { reason, message, details } = response.status;
    const status = { message, ...(reason && { reason }), ...(details && { details }) };
    const text = JSON.stringify(status).replace(uid, (made) => (manifest.includes(made) ? made : '<uid>'));
    return { code: response.code, status: JSON.parse(withoutSuffixes(text)) as unknown };
  }
  const object = structuredClone(wireForm(response.object)) as unknown as MutableObject;
  const { metadata, spec } = object;
  metadata['uid'] = '<uid>';
  delete metadata['managedFields'];
  if (metadata['resourceVersion']) metadata['resourceVersion'] = '<rv>';
  if (!body.metadata?.name) metadata['name'] = '<generated>';
  if (object.kind === 'Service' && spec) hideAllocated(spec, (body as unknown as MutableObject).spec ?? {});
  const text = JSON.stringify(object)
    .replace(recordedTime, (time) => (manifest.includes(time.slice(1, -1)) ? time : '"<time>"'))
    .replaceAll(`"${response.object.metadata.uid}"`, '"<uid>"');
  return { code: response.code, object: JSON.parse(withoutSuffixes(text)) as unknown };
}

interface MutableObject {
  kind: string;
  metadata: Record<string, unknown>;
  spec?: Allocated;
}

interface Allocated {
  clusterIP?: string;
  clusterIPs?: string[];
  ports?: { nodePort?: unknown }[];
  healthCheckNodePort?: unknown;
}

/** Addresses and ports that were not asked for are the server's choice. */
function hideAllocated(spec: Allocated, given: Allocated): void {
  if (!given.clusterIP && !given.clusterIPs?.length && spec.clusterIP) {
    spec.clusterIP = '<clusterIP>';
    spec.clusterIPs = spec.clusterIPs?.map(() => '<clusterIP>') ?? [];
  }
  spec.ports?.forEach((port, i) => {
    if (port.nodePort && !given.ports?.[i]?.nodePort) port.nodePort = '<nodePort>';
  });
  if (spec.healthCheckNodePort && !given.healthCheckNodePort) spec.healthCheckNodePort = '<nodePort>';
}

const read = (text: string) => parse(text, { version: '1.1', uniqueKeys: false }) as unknown;

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
const options = { fieldManager: 'kubectl-client-side-apply', fieldValidation: 'Strict' } as const;

/** A server with nothing but what a fresh cluster has, and the user's client. */
class Asked {
  readonly kernel = new Kernel({ seed: 1, time: 0 });
  readonly client = new Server(this.kernel, new Etcd(freshCluster())).connect('kubectl');
  readonly #question: ApiQuestion;

  constructor(question: ApiQuestion) {
    this.#question = question;
  }

  /** The body of a manifest, and the resource it is sent to; undefined if the kind is not built in. */
  read(text: string): Sent | undefined {
    const { base, contentType, namespace } = this.#question;
    // a YAML body may have nothing in it: the path says what it is read as
    const body = (contentType ? (read(text) ?? {}) : read(text)) as KubeObject;
    const [apiVersion, kind] = contentType ? base.split(' ') : [body.apiVersion, body.kind];
    const resource = resourceOfKind(String(apiVersion), String(kind)) ?? this.#customResource(String(apiVersion), kind);
    if (!resource || !isObject(body)) return undefined;
    const within = resource.namespaced ? body.metadata?.namespace || namespace : undefined;
    const name = qualifiedName(resource);
    const isOlder = (resourceByQualifiedName(name)?.version ?? resource.version) !== resource.version;
    const version = isOlder && { apiVersion: apiVersionOf(resource) };
    return { body, target: { resource: name, ...(within && { namespace: within }), ...version } };
  }

  /** The resource that a CustomResourceDefinition of the setup makes known. */
  #customResource(apiVersion: string, kind: unknown): ApiResource | undefined {
    const { items } = this.client.list<CustomResourceDefinition>('customresourcedefinitions.apiextensions.k8s.io');
    const kinds = items.flatMap((definition) => customKindsOf(definition)).map(({ resource }) => resource);
    return kinds.find((resource) => resource.kind === kind && apiVersionOf(resource) === apiVersion);
  }

  /** Creates an object that was there before the question, and what controllers make because of it. */
  prepare(text: string): void {
    const sent = this.read(text);
    if (!sent) return;
    const response = this.create(sent, false);
    if (response.ok) this.#count(response.object);
    for (const made of madeInNamespace(sent.body)) {
      this.create(
        { body: made, target: { resource: `${made.kind.toLowerCase()}s`, namespace: sent.body.metadata.name ?? '' } },
        false,
      );
    }
  }

  /** Sets the status of a quota, as its controller does. */
  #count(object: KubeObject): void {
    const { hard } = (object as ResourceQuota).spec ?? {};
    if (object.kind !== 'ResourceQuota' || !hard) return;
    const { name = '', namespace = '' } = object.metadata;
    const counted = countUsage(object, (resource) => this.client.list<KubeObject>(qualifiedName(resource)).items);
    const used = amountsOf(counted);
    const target = { resource: 'resourcequotas', namespace, name, subresource: 'status' };
    this.client.update(target, { ...object, status: { hard, used } });
  }

  create({ target, body }: Sent, dryRun: boolean): ApiResponse<KubeObject> {
    return this.client.create<KubeObject>(target, body, { ...options, dryRun });
  }

  /** Waits for what the server makes of what it has: a definition becomes established, policies are read. */
  settle(): void {
    this.kernel.runTo(1000, 1000);
  }

  /** Creates the object and waits for what the server itself makes of it: a definition becomes established. */
  createAndSettle(sent: Sent): ApiResponse<KubeObject> {
    const created = this.create(sent, false);
    this.settle();
    const { name = '' } = sent.body.metadata ?? {};
    const settled = created.ok ? this.client.get<KubeObject>({ ...sent.target, name }) : undefined;
    return settled?.ok ? { ...created, ...settled, warnings: created.warnings } : created;
  }

  /** Why the answer is open, if something since then was met that is not modelled. */
  unknownSince(begin: number): string | undefined {
    const unknown = this.kernel.trace.slice(begin).find(({ type }) => type === 'unknown');
    return unknown?.type === 'unknown' ? `${unknown.path ?? ''} ${unknown.reason}`.trim() : undefined;
  }
}

interface Sent {
  readonly body: KubeObject;
  readonly target: { readonly resource: string; readonly namespace?: string; readonly apiVersion?: string };
}

/** The answer to creating the object, as a dry run. */
export function answerCreate(question: ApiQuestion): unknown {
  const { id, manifest, setup = [] } = question;
  const asked = new Asked(question);
  for (const text of setup) asked.prepare(text);
  asked.settle();
  const begin = asked.kernel.trace.length;
  const sent = asked.read(manifest);
  if (!sent) return { id, unknown: 'not a built-in kind' };
  const response = asked.create(sent, true);
  const unknown = asked.unknownSince(begin);
  if (unknown !== undefined) return { id, unknown };
  return { id, expect: withWarnings(hidden(response, question, sent.body), response) };
}

function withWarnings(expect: object, { warnings }: ApiResponse<KubeObject>): object {
  return { ...expect, ...(warnings.length > 0 && { warnings }) };
}

/** The object with itself in an annotation, as `kubectl apply` sends it. */
function applied(body: KubeObject, namespace: string | undefined): KubeObject {
  const { annotations, ...metadata } = body.metadata ?? {};
  const { [lastApplied]: _, ...others } = annotations ?? {};
  const plain = { ...body, metadata: { ...metadata, ...(namespace && { namespace }), annotations: others } };
  const text = `${goJson(plain)}\n`;
  return { ...plain, metadata: { ...plain.metadata, annotations: { ...others, [lastApplied]: text } } };
}

/** The answer to applying the object over the one that was applied before, and the patch that is sent for it. */
export function answerUpdate(question: ApiQuestion): unknown {
  const { id, manifest, setup = [] } = question;
  const asked = new Asked(question);
  const [before, now] = [setup[0], manifest].map((text) => (text === undefined ? undefined : asked.read(text)));
  if (!before || !now) return { id, unknown: 'not a built-in kind' };
  const original = applied(before.body, before.target.namespace);
  const created = asked.createAndSettle({ ...before, body: original });
  const name = before.body.metadata?.name ?? '';
  const schema = patchSchemaOf(before.body.apiVersion, before.body.kind);
  if (!created.ok || !schema) return { id, unknown: 'the object that is to be updated is refused' };
  const modified = applied(now.body, before.target.namespace);
  const made = createThreeWayMergePatch(asMap(original), asMap(modified), asMap(wireForm(created.object)), schema);
  if ('error' in made) return { id, unknown: made.error };
  const patch = made.value;
  if (Object.keys(patch).length === 0) return { id, expect: { unchanged: true } };
  const begin = asked.kernel.trace.length;
  const target = { ...before.target, name };
  const response = asked.client.patch<KubeObject>(target, 'strategic', patch, { ...options, dryRun: true });
  const unknown = asked.unknownSince(begin);
  if (unknown !== undefined) return { id, unknown };
  const expect = hidden(response, question, before.body);
  const hide = (key: string, value: unknown) => (key === lastApplied ? '<last-applied>' : value);
  const shown = JSON.parse(JSON.stringify({ ...expect, patch }), hide) as { object?: unknown };
  if (!keepsObject(question)) delete shown.object;
  return { id, expect: withWarnings(shown, response) };
}

/** To keep the recordings small, three in four hold no object where an update succeeds: which of them, a hash of the manifest tells. */
function keepsObject({ manifest, change }: ApiQuestion): boolean {
  return change.includes(' => ') || (createHash('sha256').update(manifest).digest()[0] ?? 0) % 4 === 0;
}

const asMap = (object: KubeObject) => object as unknown as Record<string, unknown>;
