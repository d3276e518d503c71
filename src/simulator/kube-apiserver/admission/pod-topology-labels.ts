// A Pod carries the zone and the region of its node as labels, from the moment it has a node
// (plugin/pkg/admission/podtopologylabels, Kubernetes 1.36).
import type { Binding, KubeObject, Node, Pod } from '../../../api/object.ts';
import { withMetadata } from '../registry/object-meta.ts';
import { isPod, type AdmissionPlugin, type AdmissionRequest } from './plugin.ts';

const copied = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region'];

/** The node the request gives a Pod to, if it does. */
function nodeNameOf(request: AdmissionRequest): string | undefined {
  const { subresource, object, operation } = request;
  if (operation !== 'CREATE') return undefined;
  if (isPod(request)) return (object as Pod).spec?.nodeName;
  if (subresource !== 'binding') return undefined;
  const { kind = 'Node', name } = (object as Binding).target;
  return kind === 'Node' ? name : undefined;
}

function withLabels(object: KubeObject, labels: Readonly<Record<string, string>>): KubeObject {
  return withMetadata(object, { labels: { ...object.metadata.labels, ...labels } });
}

export const podTopologyLabels: AdmissionPlugin = {
  name: 'PodTopologyLabels',
  resources: ['pods'],
  admit(request, { reader }) {
    const nodeName = nodeNameOf(request);
    if (!nodeName) return undefined;
    const { labels = {} } = reader.get<Node>('nodes', undefined, nodeName)?.metadata ?? {};
    const found = copied.flatMap((key) => (labels[key] === undefined ? [] : [[key, labels[key]] as const]));
    if (found.length === 0) return undefined;
    const object = withLabels(request.object, Object.fromEntries(found));
    return { object, changed: found.map(([key]) => `metadata.labels[${key}]`) };
  },
};
