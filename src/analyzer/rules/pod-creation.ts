// A controller cannot create the Pods of a workload: the template went in, but what is made of it is refused.
import {
  refOf,
  type DaemonSet,
  type Job,
  type KubeObject,
  type ReplicaSet,
  type ReplicationController,
  type StatefulSet,
} from '../../api/object.ts';
import type { Finding, Rule } from '../finding.ts';
import { isDecreed, placeOfForbidden } from '../forbidden.ts';
import { missingForPod } from '../missing-reference.ts';
import { attribute, finalKey } from '../subject.ts';

export const podCreation: Rule = {
  ids: ['pod-creation'],
  find: (evidence) => {
    return [...evidence.final.values()].flatMap((object): Finding[] => {
      if (!lacksPods[object.kind]?.(object)) return [];
      const warning = (evidence.warnings.get(finalKey(refOf(object))) ?? []).findLast(
        ({ reason }) => reason === 'FailedCreate',
      );
      if (!warning) return [];
      const { subject, path } = attribute(object, evidence);
      const missing = missingForPod(warning.message);
      const invalid = /^Error creating: Pod "[^"]*" is invalid: \[?(spec\.[^:]+?)(?:(?<=\])\[\d+\])?: /.exec(
        warning.message,
      )?.[1];
      const { template } = (object as Controller).spec ?? {};
      const place = missing ?? placeOfForbidden(warning.message, template, object.metadata.namespace);
      const says = place && 'explanation' in place ? place : undefined;
      return [
        {
          id: 'pod-creation',
          severity: 'error',
          subject,
          related: says?.related ?? [],
          ...(!isDecreed(warning.message) && { dependsOn: 'objects' as const }),
          field: { path: path(`spec.template${place?.path || invalid ? `.${place?.path || invalid}` : ''}`) },
          message: warning.message,
          explanation: missing
            ? `The cluster has no ${missing.what}: create it first, or correct the name.`
            : (says?.explanation ?? 'The API server refuses the Pods that are made from this template.'),
          steps: [warning.seq],
        },
      ];
    });
  },
};

type Controller = ReplicaSet | StatefulSet | DaemonSet | Job;

const hasTooFew = ({ spec, status }: ReplicaSet | ReplicationController | StatefulSet) =>
  (status?.replicas ?? 0) < (spec?.replicas ?? 1);

/** Whether a controller is still without Pods that it wants, by kind. */
const lacksPods: Readonly<Record<string, (object: KubeObject) => boolean>> = {
  ReplicaSet: (object) => hasTooFew(object as ReplicaSet),
  ReplicationController: (object) => hasTooFew(object as ReplicationController),
  StatefulSet: (object) => hasTooFew(object as StatefulSet),
  DaemonSet: (object) => {
    const { currentNumberScheduled = 0, desiredNumberScheduled = 0 } = (object as DaemonSet).status ?? {};
    return currentNumberScheduled < desiredNumberScheduled;
  },
  Job: (object) => {
    const { spec, status: { conditions = [], active = 0, succeeded = 0 } = {} } = object as Job;
    const hasEnded = conditions.some(({ type, status }) => /^(Complete|Failed)$/.test(type) && status === 'True');
    return !hasEnded && active < Math.min(spec?.parallelism ?? 1, (spec?.completions ?? Infinity) - succeeded);
  },
};
