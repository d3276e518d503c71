// What will go wrong in a set of files: each as an apply of its own, in the light of what the others declare.
import type { KubeObject } from '../api/object.ts';
import { isObject } from '../base/json.ts';
import { loadObjects, withoutObjects } from '../simulator/index.ts';
import { applyFiles, type ApplyRequest } from './apply.ts';
import type { Cluster } from './cluster.ts';
import type { LocatedFinding } from './locate.ts';
import type { ParsedFile } from './sources.ts';

type CheckRequest = Omit<ApplyRequest, 'files' | 'then'>;

/** Kinds that run something: those of other files are not there yet when a file is applied on its own. */
const workloads = new Set([
  'Pod',
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
]);
/** Kinds that no run of another object looks at, so they need not be there. */
const withoutEffect = new Set([
  'Service',
  'Ingress',
  'IngressClass',
  'HorizontalPodAutoscaler',
  'Endpoints',
  'EndpointSlice',
  'Event',
]);
/** Kinds that matter to an object only where it names them. */
const namedOnly = new Set([
  'ConfigMap',
  'Secret',
  'ServiceAccount',
  'PersistentVolumeClaim',
  'PriorityClass',
  'RuntimeClass',
  'StorageClass',
]);

/** What files declare that is there when another file is applied. */
export class Surroundings {
  readonly #always: { file: string; object: KubeObject }[] = [];
  readonly #byName = new Map<string, { file: string; object: KubeObject }[]>();

  add(file: ParsedFile): void {
    for (const { object } of file.declared) {
      if (workloads.has(object.kind) || withoutEffect.has(object.kind)) continue;
      const one = { file: file.name, object };
      if (!namedOnly.has(object.kind)) this.#always.push(one);
      else {
        const name = object.metadata.name ?? '';
        const list = this.#byName.get(name);
        if (list) list.push(one);
        else this.#byName.set(name, [one]);
      }
    }
  }

  /** The objects of other files that an apply of this one can meet. */
  around(file: ParsedFile): KubeObject[] {
    const named = new Set<string>();
    for (const { object } of file.declared) strings(object, named);
    const met = [...this.#always, ...[...named].flatMap((name) => this.#byName.get(name) ?? [])];
    return met.filter((one) => one.file !== file.name).map(({ object }) => object);
  }
}

function strings(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') into.add(value);
  else if (Array.isArray(value)) for (const item of value) strings(item, into);
  else if (isObject(value)) for (const key in value) strings(value[key], into);
}

/** Judges one file as an apply of its own. */
export function checkFile(
  file: ParsedFile,
  surroundings: Surroundings,
  request: CheckRequest,
): readonly LocatedFinding[] {
  if (!file.manifest.documents.some((document) => document.isKubernetes || document.isTemplate)) return [];
  const around = surroundings.around(file);
  const cluster = around.length ? inhabited(request.cluster, around, file) : request.cluster;
  return applyFiles({ ...request, cluster, files: [file] }).findings;
}

/** The cluster with the objects around a file, and without the file's own. */
function inhabited(cluster: Cluster, around: readonly KubeObject[], file: ParsedFile): Cluster {
  const { snapshot } = loadObjects(cluster.state, around);
  const state = withoutObjects(
    { ...cluster.state, snapshot },
    file.declared.map(({ object }) => object),
  );
  return { ...cluster, objects: [...cluster.objects, ...around], state };
}

/** Judges all files as one apply. */
export function checkTogether(files: readonly ParsedFile[], request: CheckRequest): readonly LocatedFinding[] {
  const manifests = files.filter(({ manifest }) =>
    manifest.documents.some((document) => document.isKubernetes || document.isTemplate),
  );
  return manifests.length ? applyFiles({ ...request, files: manifests }).findings : [];
}
