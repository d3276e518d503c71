// What a field may name because it exists: one row a field.
import { isObject } from '../../base/json.ts';
import type { KubeObject, Node, Service } from '../../api/object.ts';
import { describedPodOf } from '../../analyzer/pod-templates.ts';
import { distinct, objectIn, type Existing } from './known.ts';
import { around, within, type Site } from './site.ts';

type Row = (site: Site) => readonly Existing[];

const named =
  (resource: string): Row =>
  ({ known, namespace }) =>
    known.names(resource, namespace);

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const texts = (values: readonly unknown[], where: string): Existing[] =>
  distinct(values.map((value) => ({ value: typeof value === 'string' ? value : undefined, where })));

const keysOf =
  (resource: 'configmaps' | 'secrets', levels = 0): Row =>
  (site) => {
    const source = around(site, levels);
    return site.known.keysOf(resource, source.name ?? source.secretName, site.namespace);
  };

/** A key of a file in a volume: of what the volume is made of. */
const keyToPath: Row = (site) =>
  site.steps.some(({ row }) => /Secret(?:VolumeSource|Projection)\.items$/.test(row))
    ? keysOf('secrets', 1)(site)
    : keysOf('configmaps', 1)(site);

const nodeLabelKeys: Row = ({ known }) =>
  distinct(
    known.nodes.flatMap((node) =>
      Object.keys(node.metadata.labels ?? {}).map((value) => ({ value, where: 'label of nodes' })),
    ),
  );

function nodeLabelValues({ known }: Site, key: unknown): Existing[] {
  return distinct(
    known.nodes.map((node) => ({
      value: typeof key === 'string' ? node.metadata.labels?.[key] : undefined,
      where: nodesWith(known.nodes, key, typeof key === 'string' ? node.metadata.labels?.[key] : undefined),
    })),
  );
}

/** `gpu-1, gpu-2`. */
function nodesWith(nodes: readonly Node[], key: unknown, value: unknown): string {
  const names = nodes
    .filter(({ metadata }) => metadata.labels?.[String(key)] === value)
    .map((one) => one.metadata.name);
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

const taints = ({ known }: Site) =>
  known.nodes.flatMap((node) =>
    (node.spec?.taints ?? []).map((taint) => ({ taint, where: `taint of ${node.metadata.name}` })),
  );

const taintPart =
  (part: 'key' | 'value'): Row =>
  (site) => {
    const { key } = around(site);
    return distinct(
      taints(site)
        .filter(({ taint }) => part === 'key' || key === undefined || taint.key === key)
        .map(({ taint, where }) => ({ value: taint[part], where })),
    );
  };

/** The Pods that files describe and those of the cluster. */
const workloads = ['pods', 'deployments.apps', 'statefulsets.apps', 'daemonsets.apps', 'jobs.batch'];

function podLabels({ known, namespace, steps }: Site): { labels: Readonly<Record<string, string>>; where: string }[] {
  const own = steps[0]?.value as KubeObject | undefined;
  const mine = isObject(own)
    ? describedPodOf({ ...own, metadata: objectIn(own, 'metadata') } as KubeObject)
    : undefined;
  const others = workloads.flatMap((resource) =>
    known.objects(resource, namespace).flatMap(({ object }) => {
      const found = describedPodOf(object);
      return found ? [{ labels: found.labels, where: `${object.kind} ${object.metadata.name}` }] : [];
    }),
  );
  return [...(mine ? [{ labels: mine.labels, where: 'this template' }] : []), ...others];
}

const podLabelKeys: Row = (site) =>
  distinct(podLabels(site).flatMap(({ labels, where }) => Object.keys(labels).map((value) => ({ value, where }))));

const podLabelValues = (site: Site, key: unknown) =>
  distinct(podLabels(site).map(({ labels, where }) => ({ value: labels[String(key)], where })));

/** What a workload selects is what its template has to carry. */
const selectorOf = ({ steps }: Site) =>
  objectIn(objectIn(objectIn(steps[0]?.value, 'spec'), 'selector'), 'matchLabels');

const isTemplate = ({ steps }: Site) => steps.some(({ shape }) => shape.key === 'core/v1.PodTemplateSpec');

/** The key of the map entry that is being written: the stand-in is the text of its value. */
function entryKey(site: Site): string | undefined {
  const map = around(site);
  const value = site.steps.at(-1)?.value;
  return Object.keys(map).find((key) => map[key] === value);
}

const portNames: Row = (site) =>
  texts(
    itemsOf(within(site, 'core/v1.Container').ports).map((port) => (isObject(port) ? port.name : undefined)),
    'port of this container',
  );

const volumes: Row = (site) =>
  texts(
    itemsOf(within(site, 'core/v1.PodSpec').volumes).map((volume) => (isObject(volume) ? volume.name : undefined)),
    'volume of this Pod',
  );

const servicePorts =
  (part: 'name' | 'port'): Row =>
  (site) =>
    distinct(
      site.known
        .objects<Service>('services', site.namespace)
        .filter(({ object }) => object.metadata.name === around(site, 1).name)
        .flatMap(({ object, where }) =>
          itemsOf(object.spec?.ports).map((port) => {
            const value = isObject(port) ? port[part] : undefined;
            return { value: value === undefined ? undefined : String(value as string | number), where };
          }),
        ),
    );

/** What a role binding, a scaler or an owner names, by the kind beside it. */
const resourcesByKind: Readonly<Record<string, string>> = {
  Deployment: 'deployments.apps',
  StatefulSet: 'statefulsets.apps',
  ReplicaSet: 'replicasets.apps',
  Role: 'roles.rbac.authorization.k8s.io',
  ClusterRole: 'clusterroles.rbac.authorization.k8s.io',
  ServiceAccount: 'serviceaccounts',
};

const ofKindBeside: Row = (site) => {
  const { kind, namespace } = around(site);
  const resource = typeof kind === 'string' ? resourcesByKind[kind] : undefined;
  return resource ? site.known.names(resource, typeof namespace === 'string' ? namespace : site.namespace) : [];
};

const resourceNames: Row = ({ known }) =>
  distinct([
    ...['cpu', 'memory', 'ephemeral-storage'].map((value) => ({ value, where: '' })),
    ...known.nodes.flatMap((node) =>
      Object.keys(node.status?.allocatable ?? {})
        .filter((value) => value.includes('/'))
        .map((value) => ({ value, where: `on ${node.metadata.name}` })),
    ),
  ]);

const configMaps = named('configmaps');
const secrets = named('secrets');
const storageClasses = named('storageclasses.storage.k8s.io');
const services = named('services');

/** By the field that names; of a map by the field for its keys, with `.*` for its values. */
const rows: Readonly<Record<string, Row>> = {
  'meta/v1.ObjectMeta.namespace': named('namespaces'),
  'meta/v1.ObjectMeta.labels': (site) => (isTemplate(site) ? texts(Object.keys(selectorOf(site)), 'the selector') : []),
  'meta/v1.ObjectMeta.labels.*': (site) =>
    isTemplate(site) ? texts([selectorOf(site)[entryKey(site) ?? '']], 'the selector') : [],
  'meta/v1.LabelSelector.matchLabels': podLabelKeys,
  'meta/v1.LabelSelector.matchLabels.*': (site) => podLabelValues(site, entryKey(site)),
  'meta/v1.LabelSelectorRequirement.key': podLabelKeys,
  'meta/v1.LabelSelectorRequirement.values': (site) => podLabelValues(site, around(site).key),
  'core/v1.ServiceSpec.selector': podLabelKeys,
  'core/v1.ServiceSpec.selector.*': (site) => podLabelValues(site, entryKey(site)),
  'core/v1.ConfigMapKeySelector.name': configMaps,
  'core/v1.ConfigMapKeySelector.key': keysOf('configmaps'),
  'core/v1.ConfigMapEnvSource.name': configMaps,
  'core/v1.ConfigMapVolumeSource.name': configMaps,
  'core/v1.ConfigMapProjection.name': configMaps,
  'core/v1.SecretKeySelector.name': secrets,
  'core/v1.SecretKeySelector.key': keysOf('secrets'),
  'core/v1.SecretEnvSource.name': secrets,
  'core/v1.SecretProjection.name': secrets,
  'core/v1.SecretVolumeSource.secretName': secrets,
  'core/v1.LocalObjectReference.name': secrets,
  'core/v1.KeyToPath.key': keyToPath,
  'core/v1.PersistentVolumeClaimVolumeSource.claimName': named('persistentvolumeclaims'),
  'core/v1.PersistentVolumeClaimSpec.storageClassName': storageClasses,
  'core/v1.PersistentVolumeClaimSpec.volumeName': named('persistentvolumes'),
  'core/v1.PersistentVolumeSpec.storageClassName': storageClasses,
  'core/v1.PodSpec.serviceAccountName': named('serviceaccounts'),
  'core/v1.PodSpec.priorityClassName': named('priorityclasses.scheduling.k8s.io'),
  'core/v1.PodSpec.runtimeClassName': named('runtimeclasses.node.k8s.io'),
  'core/v1.PodSpec.nodeName': named('nodes'),
  'core/v1.PodSpec.nodeSelector': nodeLabelKeys,
  'core/v1.PodSpec.nodeSelector.*': (site) => nodeLabelValues(site, entryKey(site)),
  'core/v1.NodeSelectorRequirement.key': nodeLabelKeys,
  'core/v1.NodeSelectorRequirement.values': (site) => nodeLabelValues(site, around(site).key),
  'core/v1.TopologySpreadConstraint.topologyKey': nodeLabelKeys,
  'core/v1.PodAffinityTerm.topologyKey': nodeLabelKeys,
  'core/v1.PodAffinityTerm.namespaces': named('namespaces'),
  'core/v1.Toleration.key': taintPart('key'),
  'core/v1.Toleration.value': taintPart('value'),
  'core/v1.ResourceRequirements.requests': resourceNames,
  'core/v1.ResourceRequirements.limits': resourceNames,
  'core/v1.VolumeResourceRequirements.requests': () => [{ value: 'storage', where: '' }],
  'core/v1.VolumeMount.name': volumes,
  'core/v1.VolumeDevice.name': volumes,
  'core/v1.HTTPGetAction.port': portNames,
  'core/v1.TCPSocketAction.port': portNames,
  'apps/v1.StatefulSetSpec.serviceName': services,
  'autoscaling/v2.CrossVersionObjectReference.name': ofKindBeside,
  'rbac/v1.RoleRef.name': ofKindBeside,
  'rbac/v1.Subject.name': ofKindBeside,
  'networking/v1.IngressSpec.ingressClassName': named('ingressclasses.networking.k8s.io'),
  'networking/v1.IngressServiceBackend.name': services,
  'networking/v1.ServiceBackendPort.name': servicePorts('name'),
  'networking/v1.ServiceBackendPort.number': servicePorts('port'),
  'networking/v1.IngressTLS.secretName': secrets,
};

/** What exists and may be named at a place, or be a key of the map there. */
export function referencesAt(site: Site): readonly Existing[] {
  const { row = '' } = site.steps.at(-1) ?? {};
  return rows[row]?.(site) ?? [];
}

export const hasReferences = (row: string): boolean => row in rows;

/** Whole items of a list that fit to what exists: a toleration for each taint. */
export function itemsAt(site: Site): readonly { label: string; where: string; fields: readonly [string, string][] }[] {
  if (site.steps.at(-1)?.row !== 'core/v1.PodSpec.tolerations') return [];
  const byText = new Map<string, { label: string; where: string; fields: readonly [string, string][] }>();
  for (const { taint, where } of taints(site)) {
    const { key, value, effect } = taint;
    const label = `${key}${value ? `=${value}` : ''}:${effect}`;
    const fields: [string, string][] = value ? [['value', value]] : [['operator', 'Exists']];
    if (!byText.has(label)) byText.set(label, { label, where, fields: [['key', key], ...fields, ['effect', effect]] });
  }
  return [...byText.values()];
}
