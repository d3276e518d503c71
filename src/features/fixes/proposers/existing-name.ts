// A name that nothing has: the nearest one that something has.
import { nearest } from '../../../analyzer/suggest.ts';
import { valueAt } from '../../../analyzer/value-places.ts';
import { isObject } from '../../../base/json.ts';
import { nodeAt } from '../../../manifest/index.ts';
import type { KubeObject } from '../../../api/object.ts';
import { segmentsOf } from '../../locate.ts';
import { lastName, set } from '../change.ts';
import type { FixContext, Proposer } from '../proposer.ts';

/** Resources by the field that names one of theirs. */
const resources: readonly (readonly [RegExp, resource: string])[] = [
  [/^metadata\.namespace$/, 'namespaces'],
  [/\.serviceAccountName$/, 'serviceaccounts'],
  [/\.priorityClassName$/, 'priorityclasses.scheduling.k8s.io'],
  [/\.runtimeClassName$/, 'runtimeclasses.node.k8s.io'],
  [/\.nodeName$/, 'nodes'],
  [/(configMap|configMapRef|configMapKeyRef)\.name$/, 'configmaps'],
  [/(secretRef|secretKeyRef)\.name$|\.secretName$/, 'secrets'],
  [/[bB]ackend\.service\.name$/, 'services'],
  [/\.ingressClassName$/, 'ingressclasses.networking.k8s.io'],
  [/\.storageClassName$/, 'storageclasses.storage.k8s.io'],
  [/\.persistentVolumeClaim\.claimName$/, 'persistentvolumeclaims'],
  [/\.resourceClaimName$/, 'resourceclaims.resource.k8s.io'],
];

export const existingName: Proposer = {
  findings: [
    'namespace-missing',
    'reference-missing',
    'pod-creation',
    'container-create',
    'volume-mount',
    'node-missing',
    'invalid-field',
    'ingress-backend',
    'ingress-class',
    'claim-unbound',
    'unschedulable',
    'scheduling-gated',
  ],
  propose(context) {
    const { declared, finding } = context;
    const { path } = finding.field;
    const node = nodeAt(declared.document, segmentsOf(declared, path));
    if (node?.kind !== 'scalar') return [];
    const meant = nearest(node.text, candidates(context, path));
    if (meant === undefined || meant === node.text) return [];
    return [
      {
        id: `set ${path} ${meant}`,
        title: `Correct ${lastName(path)} to ${meant}`,
        cost: 1,
        risk: 0,
        edits: [set(declared, path, meant)],
      },
    ];
  },
};

function candidates({ applied, declared, finding }: FixContext, path: string): string[] {
  const namespace = finding.subject.namespace ?? 'default';
  const isNear = ({ metadata }: KubeObject) => metadata.namespace === undefined || metadata.namespace === namespace;
  const resource = resources.find(([names]) => names.test(path))?.[1];
  if (resource)
    return applied
      .objects(resource)
      .filter(isNear)
      .map(({ metadata }) => metadata.name ?? '');
  const [, spec] = /^(.*)\.(?:containers|initContainers)\[\d+\]\.volumeMounts\[\d+\]\.name$/.exec(path) ?? [];
  return spec === undefined ? [] : volumeNames(declared.object, spec);
}

function volumeNames(object: unknown, spec: string): string[] {
  const volumes = valueAt(object, `${spec}.volumes`);
  return (Array.isArray(volumes) ? volumes : []).flatMap((volume: unknown) =>
    isObject(volume) && typeof volume.name === 'string' ? [volume.name] : [],
  );
}
