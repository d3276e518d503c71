// `kubectl create` and `kubectl replace`: of files, and of a few kinds by their name.
import type { KubeObject } from '../../../api/object.ts';
import { resourceOfKind } from '../../../api/resources.ts';
import { isObject } from '../../../base/json.ts';
import { commonFlags, type Flags } from '../arguments.ts';
import { namespaceOf, type Command } from '../command.ts';
import { statusFailure, textFailure, together, unknownFailure, whenDoing, type Failure } from '../failure.ts';
import { infosOf, type Info } from '../manifests/infos.ts';
import { isFailure } from '../named-objects.ts';
import { printedKind } from '../resource-names.ts';
import type { Session, Steps } from '../session.ts';
import { fileFlags, dryRunOf, drySuffix, missingFiles, requestOf, validationOf, type DryRun } from '../shared-flags.ts';

const flags = {
  ...commonFlags,
  ...fileFlags,
  validate: { kind: 'text', bare: 'strict' },
  'dry-run': { kind: 'text', bare: 'unchanged' },
  'from-literal': { kind: 'list' },
} as const;

export const create: Command = {
  flags,
  *run(session, positional, given) {
    const [kind = '', name = '', ...more] = positional;
    if (kind !== '' && given.has('dry-run')) return unknownFailure(`kubectl create ${kind} --dry-run`);
    if (kind !== '') return yield* createNamed(session, [kind, name, ...more], given);
    return yield* forEachInfo(session, given, 'creating', createOne);
  },
};

const createOne: Work = function* (session, info, { dryRun, ...options }) {
  const told = (made: string) => session.out(`${printedKind(info.resource)}/${made} created${drySuffix[dryRun]}`);
  if (dryRun === 'client') {
    told(info.name);
    return undefined;
  }
  const response = yield* session.create<KubeObject>(info.resource, info.namespace, info.object, {
    ...options,
    fieldManager: 'kubectl-create',
    dryRun: dryRun === 'server',
  });
  if (response.ok) told(response.object.metadata.name ?? '');
  return response.ok ? undefined : statusFailure(response.status);
};

export const replace: Command = {
  flags,
  *run(session, _, given) {
    return yield* forEachInfo(session, given, 'replacing', replaceOne);
  },
};

const replaceOne: Work = function* (session, info, { dryRun, ...options }) {
  const told = () => session.out(`${printedKind(info.resource)}/${info.name} replaced${drySuffix[dryRun]}`);
  if (dryRun === 'client') {
    told();
    return undefined;
  }
  const live = yield* session.get<KubeObject>(info);
  if (!live.ok) return statusFailure(live.status);
  const metadata = isObject(info.object.metadata) ? info.object.metadata : {};
  const version = metadata.resourceVersion ?? live.object.metadata.resourceVersion;
  const body = { ...info.object, metadata: { ...metadata, resourceVersion: version } } as unknown as KubeObject;
  const response = yield* session.update(info, body, {
    ...options,
    fieldManager: 'kubectl-replace',
    dryRun: dryRun === 'server',
  });
  if (response.ok) told();
  return response.ok ? undefined : statusFailure(response.status);
};

type Work = (
  session: Session,
  info: Info,
  options: { readonly fieldValidation: 'Strict' | 'Warn' | 'Ignore'; readonly dryRun: DryRun },
) => Steps<Failure | undefined>;

function* forEachInfo(session: Session, given: Flags, doing: string, work: Work): Steps<Failure | undefined> {
  const problem = missingFiles(given);
  if (problem) return problem;
  const fieldValidation = validationOf(given);
  if (typeof fieldValidation !== 'string') return fieldValidation;
  const dryRun = dryRunOf(given);
  if (typeof dryRun !== 'string') return dryRun;
  const found = yield* infosOf(session, requestOf(given, fieldValidation !== 'Ignore'));
  const failures: Failure[] = [];
  for (const info of found.order) {
    if (isFailure(info)) {
      failures.push(info);
      continue;
    }
    const failure = yield* work(session, info, { fieldValidation, dryRun });
    if (failure) failures.push(whenDoing(doing, info.source, failure));
  }
  if (found.order.length === 0) return textFailure(`no objects passed to ${doing.replace(/ing$/, 'e')}`);
  return together(failures);
}

/** Kinds that a name, and literals for a ConfigMap, say enough about. */
const named: Readonly<Record<string, { readonly apiVersion: string; readonly kind: string }>> = {
  configmap: { apiVersion: 'v1', kind: 'ConfigMap' },
  cm: { apiVersion: 'v1', kind: 'ConfigMap' },
  namespace: { apiVersion: 'v1', kind: 'Namespace' },
  ns: { apiVersion: 'v1', kind: 'Namespace' },
  serviceaccount: { apiVersion: 'v1', kind: 'ServiceAccount' },
  sa: { apiVersion: 'v1', kind: 'ServiceAccount' },
};

function* createNamed(session: Session, words: readonly string[], given: Flags): Steps<Failure | undefined> {
  const [type = '', name = '', ...more] = words;
  const head = named[type];
  const resource = head && resourceOfKind(head.apiVersion, head.kind);
  if (!resource || name === '' || more.length > 0) return unknownFailure(`kubectl create ${words.join(' ')}`);
  yield* session.discover();
  const namespace = resource.namespaced ? namespaceOf(given) : undefined;
  const literals = given.list('from-literal').map((text) => [text.replace(/=.*/s, ''), text.replace(/^[^=]*=/s, '')]);
  const body = {
    ...head,
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    ...(literals.length > 0 && { data: Object.fromEntries(literals) as Record<string, string> }),
  };
  const options = { fieldManager: 'kubectl-create', fieldValidation: 'Strict' } as const;
  const response = yield* session.create<KubeObject>(resource, namespace, body, options);
  if (!response.ok) return textFailure(`failed to create ${resource.singular}: ${response.status.message}`);
  session.out(`${printedKind(resource)}/${name} created`);
  return undefined;
}
