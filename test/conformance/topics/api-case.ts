// Asks the simulated server what a recorded case asks the real one: objects are created before, then one request is made, as kubectl
// would make it, and the answer is written with the recordings' placeholders.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../../src/api/object.ts';
import { qualifiedName, resourceOfKind } from '../../../src/api/resources.ts';
import { isObject } from '../../../src/base/json.ts';
import type { ApiResponse } from '../../../src/simulator/client/client.ts';
import { Etcd, type Snapshot } from '../../../src/simulator/etcd/etcd.ts';
import { Kernel } from '../../../src/simulator/kernel/kernel.ts';
import { wireForm } from '../../../src/simulator/kube-apiserver/decoding/decode.ts';
import { registryPrefix } from '../../../src/simulator/kube-apiserver/registry/keys.ts';
import { Server } from '../../../src/simulator/kube-apiserver/server.ts';

export interface ApiQuestion {
  readonly id: string;
  readonly base: string;
  readonly op: string;
  readonly namespace: string;
  readonly setup?: readonly string[];
  readonly manifest: string;
  readonly contentType?: string;
}

const presets = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../../media/clusters');

/** A cluster to which nothing was done yet, with what its controllers make in the first second. */
function freshObjects(): KubeObject[] {
  const text = readFileSync(path.join(presets, 'empty.yaml'), 'utf8');
  const objects = parseAllDocuments(text).map((document) => document.toJS() as KubeObject);
  const inNamespace = objects.flatMap(({ kind, metadata: { name: namespace } }): KubeObject[] => {
    if (kind !== 'Namespace') return [];
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } };
    const ca = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kube-root-ca.crt', namespace } };
    return [account, ca];
  });
  return [...objects, ...inNamespace];
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

const recordedTime = /"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"/g;

/** What was made up by the server is hidden, as in the recordings. */
function hidden(response: ApiResponse<KubeObject>, { manifest }: ApiQuestion, body: KubeObject): unknown {
  if (!response.ok) {
    const { reason, message, details } = response.status;
    return { code: response.code, status: { message, ...(reason && { reason }), ...(details && { details }) } };
  }
  const object = structuredClone(wireForm(response.object)) as KubeObject & {
    metadata: Record<string, unknown>;
    spec?: { clusterIP?: string; clusterIPs?: string[]; ports?: { nodePort?: number }[] };
  };
  const { metadata, spec } = object;
  if (metadata.uid !== body.metadata.uid || !manifest.includes('uid')) metadata['uid'] = '<uid>';
  delete (metadata as Record<string, unknown>)['managedFields'];
  if (metadata.resourceVersion) metadata['resourceVersion'] = '<rv>';
  if (!body.metadata.name) metadata['name'] = '<generated>';
  if (object.kind === 'Service' && spec) hideAllocated(spec, (body as typeof object).spec ?? {});
  const text = JSON.stringify(object)
    .replace(recordedTime, (time) => (manifest.includes(time.slice(1, -1)) ? time : '"<time>"'))
    .replace(/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-<5>');
  return { code: response.code, object: JSON.parse(text.replaceAll(`"${response.object.metadata.uid}"`, '"<uid>"')) };
}

type Allocated = {
  clusterIP?: string;
  clusterIPs?: string[];
  ports?: { nodePort?: number }[];
  healthCheckNodePort?: number;
};

function hideAllocated(spec: Allocated, given: Allocated): void {
  const hide = spec as Record<string, unknown>;
  const wanted = given.clusterIP || given.clusterIPs?.[0];
  if (!wanted && spec.clusterIP) {
    hide['clusterIP'] = '<clusterIP>';
    hide['clusterIPs'] = spec.clusterIPs?.map(() => '<clusterIP>');
  }
  spec.ports?.forEach((port, i) => {
    if (port.nodePort && !given.ports?.[i]?.nodePort) (port as Record<string, unknown>)['nodePort'] = '<nodePort>';
  });
  if (spec.healthCheckNodePort && !given.healthCheckNodePort) hide['healthCheckNodePort'] = '<nodePort>';
}

const read = (text: string) => parse(text, { version: '1.1', uniqueKeys: false }) as unknown;

export function answerCreate(question: ApiQuestion): unknown {
  const { id, base, manifest, contentType, setup = [], op } = question;
  if (op !== 'create') return { id, unknown: `${op} is not asked yet` };
  const kernel = new Kernel({ seed: 1, time: 0 });
  const server = new Server(kernel, new Etcd(freshCluster()));
  const client = server.connect('kubectl');
  const make = (text: string, dryRun: boolean) => {
    const body = read(text) as KubeObject;
    const [apiVersion, kind] = contentType ? base.split(' ') : [body.apiVersion, body.kind];
    const resource = resourceOfKind(String(apiVersion), String(kind));
    if (!resource || !isObject(body)) return undefined;
    const namespace = resource.namespaced ? body.metadata?.namespace || question.namespace : undefined;
    const options = { dryRun, fieldManager: 'kubectl-client-side-apply', fieldValidation: 'Strict' } as const;
    const target = { resource: qualifiedName(resource), ...(namespace && { namespace }) };
    return { response: client.create<KubeObject>(target, body, options), body };
  };
  for (const text of setup) make(text, false);
  const begin = kernel.trace.length;
  const made = make(manifest, true);
  if (!made) return { id, unknown: 'not a built-in kind' };
  const unknown = kernel.trace.slice(begin).find(({ type }) => type === 'unknown');
  if (unknown?.type === 'unknown') return { id, unknown: `${unknown.path ?? ''} ${unknown.reason}`.trim() };
  const { warnings } = made.response;
  const expect = hidden(made.response, question, made.body) as object;
  return { id, expect: { ...expect, ...(warnings.length > 0 && { warnings }) } };
}
