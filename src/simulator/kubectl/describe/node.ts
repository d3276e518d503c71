// `kubectl describe node`.
import type { Lease, Node, NodeSystemInfo, Pod, Taint } from '../../../api/object.ts';
import { formatQuantity, milliValue, parseQuantity, value, type Quantity } from '../../../api/quantity.ts';
import { compareBytes, sortedKeys } from '../../../base/order.ts';
import type { ApiStatus } from '../../../api/status.ts';
import { longTime } from '../human-duration.ts';
import type { Moment } from '../printing/table.ts';
import { ageOf, quantityText } from '../printing/tables/cells.ts';
import { rolesOf } from '../printing/tables/nodes.ts';
import { builtin, describer, writeLabels } from './describer.ts';
import type { Description } from './description.ts';
import { podAmounts, sum, type Amounts } from './pod-resources.ts';

interface NodeContext {
  readonly pods: readonly Pod[];
  readonly lease: Lease | ApiStatus;
}

export const nodeDescriber = describer<Node, NodeContext>({
  events: 'of node',
  *related(session, { metadata: { name = '' } }) {
    const fieldSelector = `spec.nodeName=${name},status.phase!=Failed,status.phase!=Succeeded`;
    const pods = yield* session.list<Pod>(builtin('pods'), { fieldSelector });
    const place = { resource: builtin('leases.coordination.k8s.io'), namespace: 'kube-node-lease', name };
    const response = yield* session.get<Lease>(place);
    return { pods, lease: response.ok ? response.object : response.status };
  },
  write(description, node, { pods, lease }, moment) {
    const { metadata, spec } = node;
    description.field('Name', metadata.name ?? '');
    description.field('Roles', rolesOf(node).join(',') || '<none>');
    writeLabels(description, node);
    description.field('CreationTimestamp', longTime(metadata.creationTimestamp));
    const taints = [...(spec?.taints ?? [])].sort((a, b) =>
      compareBytes(`${a.effect},${a.key}`, `${b.effect},${b.key}`),
    );
    description.fields('Taints', taints.map(taintText));
    description.field('Unschedulable', spec?.unschedulable ?? false);
    describeLease(description, lease);
    describeStatus(description, node);
    if (spec?.podCIDR) description.field('PodCIDR', spec.podCIDR);
    if (spec?.podCIDRs?.length) description.field('PodCIDRs', spec.podCIDRs.join(','));
    if (spec?.providerID) description.field('ProviderID', spec.providerID);
    describePods(description, node, pods, moment);
    describeAllocated(description, node, pods);
  },
});

/** Taint.ToString: `key=value:Effect`, shorter for what is empty. */
export function taintText({ key, value: text = '', effect }: Taint): string {
  if (!effect) return text ? `${key}=${text}:` : key;
  return text ? `${key}=${text}:${effect}` : `${key}:${effect}`;
}

function describeLease(description: Description, lease: Lease | ApiStatus): void {
  if (!('spec' in lease)) {
    const why = 'message' in lease ? lease.message : 'it has no spec';
    description.field('Lease', `Failed to get lease: ${why}`);
    return;
  }
  const { holderIdentity = '<unset>', acquireTime, renewTime } = lease.spec ?? {};
  description.line('Lease:');
  description.field('HolderIdentity', holderIdentity, 1);
  description.field('AcquireTime', acquireTime ? longTime(acquireTime) : '<unset>', 1);
  description.field('RenewTime', renewTime ? longTime(renewTime) : '<unset>', 1);
}

function describeStatus(description: Description, { status = {} }: Node): void {
  const conditions = status.conditions ?? [];
  if (conditions.length > 0) {
    description.line('Conditions:');
    const rows = conditions.map(
      ({ type, status: word, lastHeartbeatTime, lastTransitionTime, reason = '', message = '' }) =>
        [type, word, longTime(lastHeartbeatTime), longTime(lastTransitionTime), reason]
          .map((cell) => `${cell} `)
          .concat(message),
    );
    const titles = ['Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message'];
    description.table(titles, rows);
  }
  description.line('Addresses:');
  for (const { type, address } of status.addresses ?? []) description.field(type, address, 1);
  for (const [title, list = {}] of [
    ['Capacity', status.capacity],
    ['Allocatable', status.allocatable],
  ] as const) {
    const names = sortedKeys(list);
    if (names.length > 0) description.line(`${title}:`);
    for (const name of names) description.field(name, quantityText(list[name]), 1);
  }
  describeSystem(description, status.nodeInfo);
}

function describeSystem(description: Description, info: NodeSystemInfo | undefined): void {
  description.line('System Info:');
  for (const [title, text = ''] of [
    ['Machine ID', info?.machineID],
    ['System UUID', info?.systemUUID],
    ['Boot ID', info?.bootID],
    ['Kernel Version', info?.kernelVersion],
    ['OS Image', info?.osImage],
    ['Operating System', info?.operatingSystem],
    ['Architecture', info?.architecture],
    ['Container Runtime Version', info?.containerRuntimeVersion],
    ['Kubelet Version', info?.kubeletVersion],
  ] as const) {
    description.field(title, text, 1);
  }
}

/** `100m (5%)`: the amount, and how much of the node's it is. */
function share(
  amount: Quantity | undefined,
  whole: Quantity | undefined,
  measure: (quantity: Quantity) => number,
): string {
  const text = amount ? formatQuantity(amount) : '0';
  const all = whole ? measure(whole) : 0;
  return `${text} (${all === 0 || !amount ? 0 : Math.trunc((measure(amount) / all) * 100)}%)`;
}

const allocatableOf = ({ status }: Node, name: string): Quantity | undefined => {
  const list = status?.allocatable ?? status?.capacity ?? {};
  return parseQuantity(list[name] ?? 0);
};

function describePods(description: Description, node: Node, pods: readonly Pod[], moment: Moment): void {
  description.field('Non-terminated Pods', `(${pods.length} in total)`);
  const cpu = allocatableOf(node, 'cpu');
  const memory = allocatableOf(node, 'memory');
  const rows = pods.map((pod) => {
    const requests = podAmounts(pod, 'requests');
    const limits = podAmounts(pod, 'limits');
    return [
      pod.metadata.namespace ?? '',
      pod.metadata.name ?? '',
      '',
      share(requests.get('cpu'), cpu, milliValue),
      share(limits.get('cpu'), cpu, milliValue),
      share(requests.get('memory'), memory, value),
      share(limits.get('memory'), memory, value),
      ageOf(pod, moment),
    ];
  });
  const titles = ['Namespace', 'Name', '', 'CPU Requests', 'CPU Limits', 'Memory Requests', 'Memory Limits', 'Age'];
  description.table(titles, rows);
}

function describeAllocated(description: Description, node: Node, pods: readonly Pod[]): void {
  const requests = sum(pods.map((pod) => podAmounts(pod, 'requests')));
  const limits = sum(pods.map((pod) => podAmounts(pod, 'limits')));
  const names = sortedKeys(node.status?.allocatable ?? node.status?.capacity ?? {});
  const huge = names.filter((name) => name.startsWith('hugepages-'));
  const extended = names.filter((name) => !standard.has(name) && !huge.includes(name));
  description.line('Allocated resources:');
  description.line('(Total limits may be over 100 percent, i.e., overcommitted.)', 1);
  description.table(
    ['Resource', 'Requests', 'Limits'],
    [
      ...['cpu', 'memory', 'ephemeral-storage', ...huge].map((name) => {
        const whole = allocatableOf(node, name);
        const measure = name === 'cpu' ? milliValue : value;
        return [name, share(requests.get(name), whole, measure), share(limits.get(name), whole, measure)];
      }),
      ...extended.map((name) => [name, amountText(requests, name), amountText(limits, name)]),
    ],
  );
}

const standard = new Set(['cpu', 'memory', 'ephemeral-storage', 'pods']);

function amountText(amounts: Amounts, name: string): string {
  const amount = amounts.get(name);
  return amount ? formatQuantity(amount) : '0';
}
