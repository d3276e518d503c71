// What may be tried, with what stands now: taints, shapes of nodes, replicas and requests.
import { templatePathOf } from '../../analyzer/template-paths.ts';
import type { Container, Deployment, KubeObject, Node } from '../../api/object.ts';
import { refOf } from '../../api/object.ts';
import { taintText } from '../../api/tolerations.ts';
import { isObject } from '../../base/json.ts';
import { objectsAt } from '../../simulator/index.ts';
import type { WhatIfView } from '../../protocol/panel.ts';
import { Capacities, capacityText } from './capacities.ts';
import { keyOfRef } from './keys.ts';
import type { PanelRun } from './panel-run.ts';

export function whatIfView(run: PanelRun): WhatIfView {
  const { apply, whatIf } = run.request;
  const off = new Set(whatIf?.untaint?.map(({ node, taint }) => `${node} ${taint}`));
  const before = objectsAt<Node>(apply.cluster.state, 'nodes');
  const state = run.applied.stateAt(run.applied.begin);
  const capacities = new Capacities(objectsAt(state, 'pods'));
  return {
    taints: before.flatMap(({ metadata: { name = '' }, spec }) =>
      (spec?.taints ?? []).map(taintText).map((taint) => ({ node: name, taint, on: !off.has(`${name} ${taint}`) })),
    ),
    nodes: objectsAt<Node>(state, 'nodes').map((node) => {
      const { name = '' } = node.metadata;
      return { name, detail: capacityText(node, capacities.podsOn(name)) };
    }),
    fields: run.applied.sent.flatMap(fieldsOf),
  };
}

type Field = WhatIfView['fields'][number];

/** Kinds that say how many they want. */
const replicated = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController']);

function fieldsOf(object: KubeObject): Field[] {
  const key = keyOfRef(refOf(object));
  const { name = '' } = object.metadata;
  const replicas: Field[] = replicated.has(object.kind)
    ? [
        {
          object: key,
          path: 'spec.replicas',
          label: `${name}: replicas`,
          value: (object as Deployment).spec?.replicas ?? 1,
        },
      ]
    : [];
  const template = object.kind === 'Pod' ? '' : templatePathOf(object.kind);
  if (template === undefined) return replicas;
  const prefix = template ? `${template}.` : '';
  const containers = valueAt(object, `${prefix}spec.containers`);
  return [
    ...replicas,
    ...(Array.isArray(containers) ? containers : []).flatMap((container: Container, index) =>
      isObject(container)
        ? requestsOf(container, index).map((field) => ({ ...field, object: key, path: prefix + field.path }))
        : [],
    ),
  ];
}

function requestsOf({ name, resources }: Container, index: number) {
  return ['cpu', 'memory'].map((resource) => ({
    path: `spec.containers[${index}].resources.requests.${resource}`,
    label: `${name}: ${resource} request`,
    value: String(resources?.requests?.[resource] ?? ''),
  }));
}

function valueAt(object: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, field) => (isObject(value) ? value[field] : undefined), object);
}
