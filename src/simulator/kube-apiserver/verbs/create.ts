// POST: an object comes into being (k8s.io/apiserver registry/generic/registry/store.go, Create, Kubernetes 1.36).
import { copyWith } from '../../../base/copy.ts';
import type { KubeObject } from '../../../api/object.ts';
import { alreadyExists, type ApiStatus } from '../../../api/status.ts';
import type { Storage } from '../registry/storage.ts';
import { isStatus, type StrategyContext } from '../registry/strategy.ts';
import { accepted, refused, type Answer, type Stage, type WriteRequest } from '../request.ts';
import { mutatingAdmission, validatingAdmission } from '../stages/admission.ts';
import { applyDefaults } from '../stages/default.ts';
import { encode } from '../stages/encode.ts';
import { matchNamespace, newMetadata } from '../stages/meta.ts';
import { runStages } from '../stages/run.ts';
import { validate } from '../stages/validate.ts';
import type { Store } from '../store.ts';

const beforeNaming: readonly Stage[] = [matchNamespace, applyDefaults, mutatingAdmission];
const beforeStoring: readonly Stage[] = [validate, validatingAdmission, encode];

/** A generated name that is taken is generated anew, this often. */
const attempts = 8;

export function create(store: Store, storage: Storage, request: WriteRequest): Answer {
  const { kernel } = store;
  const refusal = runStages(request, store, beforeNaming);
  if (refusal) return refused(refusal);
  const given = request.object;
  const generates = !given.metadata.name && given.metadata.generateName !== undefined;
  const counted = storage.strategy.changesGeneration !== undefined;
  for (let attempt = 1; ; attempt++) {
    request.object = copyWith(given, { metadata: newMetadata(request, kernel, counted) });
    const failure = prepare(store, storage, request) ?? runStages(request, store, beforeStoring);
    if (failure) return refused(failure);
    const { name = '', namespace } = request.object.metadata;
    const key = storage.key(namespace, name);
    const there = store.etcd.get(key)?.value;
    if (!there) {
      if (request.options.dryRun) return accepted(201, request.object);
      const tooLarge = store.refusal(key, undefined, request);
      if (tooLarge) return refused(tooLarge);
      return accepted(201, store.put(storage, key, request.object, request.actor));
    }
    if (!generates || attempt === attempts) return refused(exists(storage, there));
    request.object = given;
  }
}

function exists({ resource }: Storage, { metadata }: KubeObject): ApiStatus {
  const status = alreadyExists(resource, metadata.name ?? '');
  return metadata.deletionTimestamp ? { ...status, message: `object is being deleted: ${status.message}` } : status;
}

/** The strategy's part: allocation comes before everything else, so that validation sees what was allocated. */
function prepare(store: Store, { strategy }: Storage, request: WriteRequest): ApiStatus | undefined {
  const context: StrategyContext = store.strategyContext(request.options.dryRun);
  const allocated = strategy.allocate?.(request.object, undefined, context) ?? request.object;
  if (isStatus(allocated)) return allocated;
  request.warnings.push(...(strategy.warningsBeforeCreate?.(allocated) ?? []));
  request.object = strategy.prepareForCreate?.(allocated, context, request.user) ?? allocated;
  return undefined;
}
