// One object of `kubectl apply`: created if it is not there, patched if it is (applyOneObject in k8s.io/kubectl/pkg/cmd/apply/apply.go).
import { applyJsonMergePatch } from '../../../api/json-merge-patch.ts';
import type { KubeObject } from '../../../api/object.ts';
import { patchSchemaOf } from '../../../api/patch-schema.ts';
import { apiVersionOf, resourceByQualifiedName } from '../../../api/resources.ts';
import { failure } from '../../../api/status.ts';
import type { JsonMap } from '../../../api/merge-elements.ts';
import { applyStrategicMergePatch } from '../../../api/strategic-merge.ts';
import { isObject } from '../../../base/json.ts';
import type { WriteOptions } from '../../client/client.ts';
import { statusFailure, textFailure, whenDoing, type Failure } from '../failure.ts';
import type { Info } from '../manifests/infos.ts';
import type { Session, Steps } from '../session.ts';
import { deleteAndWait } from '../deletion.ts';
import type { Applied, ApplyOptions } from './apply-options.ts';
import { lastAppliedKey, withLastApplied, withoutNulls } from './last-applied.ts';
import { applyOnServer } from './server-side.ts';
import { infoText, isEmpty, patchFor, patchObject, type Patch } from './patcher.ts';

export function* applyObject(session: Session, info: Info, options: ApplyOptions): Steps<Applied | Failure> {
  const generated = isObject(info.object.metadata) ? info.object.metadata.generateName : undefined;
  if (info.name === '' && typeof generated === 'string' && generated !== '') {
    return textFailure(`from ${generated}: cannot use generate name with apply`);
  }
  if (options.serverSide) return yield* applyOnServer(session, info, options);
  const modified = withLastApplied(info.object);
  if (info.name === '') return whenRetrieving(info, textFailure('resource name may not be empty'));
  const live = isServed(info)
    ? yield* session.get<KubeObject>(info)
    : { ok: false as const, code: 404, status: notServed };
  if (live.ok) return yield* patchLive(session, info, live.object, modified, options);
  if (live.code !== 404) return whenRetrieving(info, statusFailure(live.status));
  return yield* create(session, info, modified, options);
}

/** An object without an apiVersion is mapped to a resource, but its requests go nowhere. */
const isServed = ({ object }: Info) => object.apiVersion !== '';
const notServed = failure(404, 'NotFound', 'the server could not find the requested resource');

const whenRetrieving = (info: Info, why: Failure) =>
  whenDoing(`retrieving current configuration of:\n${infoText(info)}\nfrom server for:`, info.source, why);

const writeOptions = ({ dryRun, fieldManager, fieldValidation }: ApplyOptions): WriteOptions => ({
  fieldManager,
  fieldValidation,
  ...(dryRun === 'server' && { dryRun: true }),
});

function* create(session: Session, info: Info, modified: JsonMap, options: ApplyOptions): Steps<Applied | Failure> {
  const { resource, namespace, source } = info;
  const namespaces = resourceByQualifiedName('namespaces');
  if (resource.namespaced && namespace !== undefined && namespace !== 'default' && namespaces) {
    // kubectl looks whether the namespace is there, and goes on whatever the answer is.
    yield* session.get({ resource: namespaces, name: namespace });
  }
  const body = withoutNulls(modified);
  if (options.dryRun === 'client') return { object: body as unknown as KubeObject, operation: 'created' };
  if (!isServed(info)) return whenDoing('creating', source, statusFailure(notServed));
  const response = yield* session.create<KubeObject>(resource, namespace, body, writeOptions(options));
  if (!response.ok) return whenDoing('creating', source, statusFailure(response.status));
  return { object: response.object, operation: 'created' };
}

function* patchLive(
  session: Session,
  info: Info,
  live: KubeObject,
  modified: JsonMap,
  options: ApplyOptions,
): Steps<Applied | Failure> {
  if (live.metadata.annotations?.[lastAppliedKey] === undefined) session.warn(missingAnnotation(info));
  if (options.dryRun === 'client') return dryPatch(info, live, modified);
  const patched = yield* patchObject(session, info, { live, modified }, writeOptions(options));
  if ('type' in patched) {
    return options.force && isRefusal(patched) ? yield* replace(session, info, modified, options) : patched;
  }
  if (patched.object.metadata.deletionTimestamp) {
    session.warn(`Detected changes to resource ${info.name} which is currently being deleted.`);
  }
  return { object: patched.object, operation: isEmpty(patched.patch) ? 'unchanged' : 'configured' };
}

const missingAnnotation = ({ resource, name }: Info) =>
  `resource ${resource.plural}/${name} is missing the ${lastAppliedKey} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.`;

/** What the patch would make of the object, without asking the server. */
function dryPatch(info: Info, live: KubeObject, modified: JsonMap): Applied | Failure {
  const patch = patchFor(live, modified);
  if ('error' in patch) return whenDoing('patching', info.source, textFailure(patch.error));
  const object = patchedLocally(live, patch) as unknown as KubeObject;
  return { object, operation: isEmpty(patch) ? 'unchanged' : 'configured' };
}

function patchedLocally(live: KubeObject, patch: Patch): JsonMap {
  const original = live as unknown as JsonMap;
  const schema = patchSchemaOf(live.apiVersion, live.kind);
  if (patch.type !== 'strategic' || !schema) return applyJsonMergePatch(original, patch.value) as JsonMap;
  const result = applyStrategicMergePatch(original, patch.value, schema);
  return 'value' in result ? result.value : original;
}

/** With `--force`: whether the server's no can be got round by creating the object anew. */
const isRefusal = (refused: Failure) =>
  refused.type === 'status' && (refused.status.reason === 'Invalid' || refused.status.reason === 'Conflict');

function* replace(session: Session, info: Info, modified: JsonMap, options: ApplyOptions): Steps<Applied | Failure> {
  const problem = yield* deleteAndWait(session, info, { propagationPolicy: 'Background' });
  if (problem) return problem;
  const { resource, namespace, source } = info;
  const body = { ...withoutNulls(modified), apiVersion: apiVersionOf(resource) };
  const response = yield* session.create<KubeObject>(resource, namespace, body, writeOptions(options));
  if (!response.ok) return whenDoing('creating', source, statusFailure(response.status));
  return { object: response.object, operation: 'configured' };
}
