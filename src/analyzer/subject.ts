// Attributes what happens to an object that a controller made to the object the user wrote.
import { controllerOf, refOf, type KubeObject, type ObjectRef } from '../api/object.ts';
import type { Evidence } from './finding.ts';

/** The key of `Evidence.final`. */
export function finalKey({ kind, namespace, name }: Pick<ObjectRef, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace ?? ''}/${name}`;
}

/** Where a Pod's fields stand in the object that has its template. */
const templatePaths: Readonly<Record<string, string>> = {
  Deployment: 'spec.template',
  ReplicaSet: 'spec.template',
  ReplicationController: 'spec.template',
  StatefulSet: 'spec.template',
  DaemonSet: 'spec.template',
  Job: 'spec.template',
  CronJob: 'spec.jobTemplate.spec.template',
};

export interface Attribution {
  readonly subject: ObjectRef;
  /** The path in the subject of a path in the object. */
  path(own: string): string;
}

/** The applied object that an object stems from: itself, or the first of its owners that was applied. */
export function attribute(object: KubeObject, { applied, final }: Evidence): Attribution {
  const isApplied = (candidate: KubeObject) =>
    applied.some(
      ({ kind, metadata }) =>
        kind === candidate.kind &&
        metadata.name === candidate.metadata.name &&
        (metadata.namespace ?? 'default') === (candidate.metadata.namespace ?? 'default'),
    );
  let current: KubeObject | undefined = object;
  const seen = new Set<KubeObject>();
  while (current && !isApplied(current) && !seen.has(current)) {
    seen.add(current);
    const owner = controllerOf(current);
    current = owner && final.get(finalKey({ ...owner, namespace: current.metadata.namespace }));
  }
  const subject = current ?? object;
  const template = object.kind === 'Pod' && subject !== object ? templatePaths[subject.kind] : undefined;
  return { subject: refOf(subject), path: (own) => (template ? `${template}.${own}` : own) };
}
