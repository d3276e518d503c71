// PATCH with a configuration of the object: server-side apply (k8s.io/apiserver/pkg/endpoints/handlers/patch.go, applyPatcher).
import { refOf, type KubeObject } from '../../../api/object.ts';
import { badRequest, failure, type ApiStatus } from '../../../api/status.ts';
import { isObject } from '../../../base/json.ts';
import { applied, firstOwner, type Application } from '../managed-fields/apply.ts';
import { structureOfKind } from '../managed-fields/kind-structure.ts';
import type { Structure } from '../managed-fields/structure.ts';
import { problemsText, structureProblems } from '../managed-fields/validate.ts';
import { isStatus } from '../registry/strategy.ts';
import type { Storage } from '../registry/storage.ts';
import { refused, writeRequest, type Answer, type WriteTarget } from '../request.ts';
import { serverName } from '../server-name.ts';
import type { Store } from '../store.ts';
import { create } from './create.ts';
import { update } from './update.ts';

/** Reads a body as the object of the request's kind. */
export type Read = (body: unknown) => KubeObject | ApiStatus;

export function applyBody(store: Store, storage: Storage, target: WriteTarget, config: unknown, read: Read): Answer {
  const { namespace, name, options } = target;
  if (!isObject(config)) return refused(badRequest('error decoding YAML: the configuration is no object'));
  const apiVersion = String(config.apiVersion);
  const kind = String(config.kind);
  const structure = structureOfKind(target.custom, apiVersion, kind);
  if (!structure) return unknown(store, config, `server-side apply as ${apiVersion} ${kind} is not modelled`);
  const metadata = isObject(config.metadata) ? config.metadata : {};
  if (metadata.managedFields !== undefined) return refused(badRequest('metadata.managedFields must be nil'));
  const what = `(${namespace ?? ''}/${name}; ${apiVersion.includes('/') ? '' : '/'}${apiVersion}, Kind=${kind})`;
  const isSecret = storage.name === 'secrets';
  const problems = structureProblems(config, structure).map((text) => (isSecret ? hidden(text) : text));
  if (problems.length > 0) {
    return refused(failure(500, '', `failed to create typed patch object ${what}: ${problemsText(problems)}`));
  }
  const writer = { manager: options.fieldManager ?? '', operation: 'Apply', apiVersion };
  const application = { config, writer, force: options.force ?? false, time: store.kernel.timestamp() };
  const request = { target, application, structure, what, read };
  return store.etcd.get(storage.key(namespace, name))
    ? onLive(store, storage, request)
    : asNew(store, storage, request);
}

interface ApplyRequest {
  readonly target: WriteTarget;
  readonly application: Application;
  readonly structure: Structure;
  /** `(namespace/name; group/version, Kind=kind)`. */
  readonly what: string;
  readonly read: Read;
}

function asNew(store: Store, storage: Storage, { target, application, structure, what, read }: ApplyRequest): Answer {
  const object = read(application.config);
  if (isStatus(object)) return unconverted(store, application.config, what, object);
  const managedFields = firstOwner(application, structure);
  return create(store, storage, { ...writeRequest(target, undefined, object), managedFields });
}

function onLive(store: Store, storage: Storage, request: ApplyRequest): Answer {
  const { target, application, structure, what, read } = request;
  let stopped: Answer | undefined;
  const answer = update(store, storage, { ...target, applies: true }, (current) => {
    const result = applied(current, application, structure);
    if ('status' in result) return result.status;
    if ('unknown' in result) {
      stopped = unknown(store, application.config, result.unknown);
      return unmodelled();
    }
    const object = read(result.object);
    if (!isStatus(object)) return { ...object, metadata: { ...object.metadata, managedFields: result.managedFields } };
    stopped = unconverted(store, application.config, what, object);
    return object;
  });
  return stopped ?? answer;
}

/** What a Secret holds is not shown, though the real server shows it. */
const hidden = (problem: string) => problem.replace(/^(\.(?:data|stringData)\b.*: expected \w+, got ).*$/s, '$1…');

const unmodelled = () => failure(500, 'InternalError', 'not simulated');

function unknown({ kernel }: Store, config: Readonly<Record<string, unknown>>, reason: string): Answer {
  const subject = refOf(config as unknown as KubeObject);
  kernel.record(serverName, serverName, { type: 'unknown', subject, reason });
  return refused(unmodelled());
}

/** What converting says, after the decoder's own text. */
const conversions: readonly (readonly [RegExp, string])[] = [
  [/^json: cannot unmarshal number \S+ into Go .* of type (u?int\d*)$/, 'cannot convert float64 to $1'],
  [/^(illegal base64 data at input byte \d+)$/, 'error decoding from json: $1'],
  [/^(quantities must match the regular expression .*|unable to parse quantity's suffix|parsing time .*)$/, '$1'],
];

/** A configuration whose values do not go into their types. */
function unconverted(store: Store, config: Readonly<Record<string, unknown>>, what: string, why: ApiStatus): Answer {
  const text = why.message.replace(/^.*? cannot be handled as a \S+: /, '');
  const [shape, told] = conversions.find(([pattern]) => pattern.test(text)) ?? [];
  if (!shape || told === undefined) return unknown(store, config, `what converting says to: ${text}`);
  const kind = /; (.*)\)$/.exec(what)?.[1] ?? '';
  const converting = `unable to convert unstructured object to ${kind}: ${text.replace(shape, told)}`;
  return refused(failure(500, '', `failed to convert new object ${what} to proper version: ${converting}`));
}
