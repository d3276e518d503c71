// A controller cannot create the Pods of a workload: the template went in, but what is made of it is refused.
import type { ReplicaSet } from '../../api/object.ts';
import { refOf } from '../../api/object.ts';
import type { Finding, Rule } from '../finding.ts';
import { placeOfForbidden } from '../forbidden.ts';
import { missingForPod } from '../missing-reference.ts';
import { attribute, finalKey } from '../subject.ts';

export const podCreation: Rule = {
  ids: ['pod-creation'],
  find: (evidence) => {
    return [...evidence.final.values()].flatMap((object): Finding[] => {
      if (object.kind !== 'ReplicaSet' || !lacksPods(object as ReplicaSet)) return [];
      const warning = (evidence.warnings.get(finalKey(refOf(object))) ?? []).findLast(
        ({ reason }) => reason === 'FailedCreate',
      );
      if (!warning) return [];
      const { subject, path } = attribute(object, evidence);
      const missing = missingForPod(warning.message);
      const { template } = (object as ReplicaSet).spec ?? {};
      const place = missing ?? placeOfForbidden(warning.message, template, object.metadata.namespace);
      const says = place && 'explanation' in place ? place : undefined;
      return [
        {
          ...{ id: 'pod-creation', severity: 'error', subject, related: says?.related ?? [], dependsOn: 'objects' },
          field: { path: path(`spec.template${place?.path ? `.${place.path}` : ''}`) },
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

const lacksPods = ({ spec, status }: ReplicaSet) => (status?.replicas ?? 0) < (spec?.replicas ?? 1);
