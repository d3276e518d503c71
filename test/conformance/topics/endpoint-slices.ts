// network/endpoint-slices: the slices that the endpoint slice controller makes for Services and Pods, from nothing.
import type { EndpointSlice, KubeObject, Node, Pod, Service } from '../../../src/api/object.ts';
import { keyOf } from '../../../src/api/object.ts';
import { compareBytes } from '../../../src/base/order.ts';
import {
  addressTypesOf,
  desiredEndpoints,
  hasManagedSlices,
  selectedPods,
  unmodelledHints,
} from '../../../src/simulator/kube-controller-manager/endpoint-slice/endpoints.ts';
import {
  reconcileSlices,
  type SliceBody,
} from '../../../src/simulator/kube-controller-manager/endpoint-slice/reconcile.ts';
import type { Answer } from './index.ts';

interface Question {
  readonly id: string;
  readonly objects: readonly KubeObject[];
}

export function answer({ id, objects }: Question): Answer {
  const ofKind = <T extends KubeObject>(kind: string) => objects.filter((object) => object.kind === kind) as T[];
  const nodes = new Map(ofKind<Node>('Node').map((node) => [node.metadata.name, node]));
  const pods = ofKind<Pod>('Pod');
  const endpointSlices: unknown[] = [];
  const errors: Record<string, string> = {};
  for (const service of ofKind<Service>('Service').toSorted((a, b) => compareBytes(keyOf(a), keyOf(b)))) {
    if (!hasManagedSlices(service)) continue;
    const unknown = unmodelledHints(service);
    if (unknown) return { id, unknown };
    const bodies: SliceBody[] = [];
    for (const addressType of addressTypesOf(service)) {
      const selected = selectedPods(service, pods);
      const { groups, error } = desiredEndpoints(service, selected, (name) => nodes.get(name), addressType);
      const { create } = reconcileSlices(service, addressType, groups, [], undefined);
      bodies.push(...create);
      if (error !== undefined) errors[keyOf(service)] = error;
    }
    bodies.sort((a, b) => compareBytes(sortKey(a), sortKey(b)));
    endpointSlices.push(...bodies.map((body, i) => normalized(body, `${service.metadata.name}-${i + 1}`)));
  }
  return { id, expect: { endpointSlices, ...(Object.keys(errors).length > 0 && { errors }) } };
}

const sortKey = ({ addressType, ports }: SliceBody) => `${addressType} ${JSON.stringify(ports ?? [])}`;

/** As the recordings have it: names by order, lists where the server has null, nothing that is made up. */
function normalized({ metadata, endpoints, ports, ...slice }: SliceBody, name: string): unknown {
  const { ownerReferences: _owners, generateName: _generateName, ...kept } = metadata;
  const sorted = (endpoints ?? []).toSorted((a, b) => compareBytes(a.addresses[0] ?? '', b.addresses[0] ?? ''));
  return { ...slice, metadata: { ...kept, name }, endpoints: sorted.map(withoutUid), ports: ports ?? [] };
}

function withoutUid(endpoint: EndpointSlice['endpoints'][number]): unknown {
  const { uid: _, ...targetRef } = endpoint.targetRef ?? {};
  return { ...endpoint, targetRef };
}
