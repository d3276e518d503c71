// `kubectl get nodes`.
import type { Node } from '../../../../api/object.ts';
import { compareBytes } from '../../../../base/order.ts';
import { tablePrinter } from '../table.ts';
import { ageOf, nameOf, none } from './cells.ts';

const unknown = '<unknown>';

export const nodePrinter = tablePrinter<Node>(
  [
    'Name',
    'Status',
    'Roles',
    'Age',
    'Version',
    '[Internal-IP]',
    '[External-IP]',
    '[OS-Image]',
    '[Kernel-Version]',
    '[Container-Runtime]',
  ],
  (node, moment) => {
    const info = node.status?.nodeInfo;
    return [
      nameOf(node),
      statusOf(node),
      rolesOf(node).join(',') || none,
      ageOf(node, moment),
      info?.kubeletVersion ?? '',
      addressOf(node, 'InternalIP'),
      addressOf(node, 'ExternalIP'),
      info?.osImage || unknown,
      info?.kernelVersion || unknown,
      info?.containerRuntimeVersion || unknown,
    ];
  },
);

function statusOf({ spec, status }: Node): string {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  const word = !ready ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady';
  return spec?.unschedulable ? `${word},SchedulingDisabled` : word;
}

const rolePrefix = 'node-role.kubernetes.io/';

/** The roles that a node's labels give it, sorted. */
export function rolesOf({ metadata: { labels = {} } }: Node): string[] {
  const roles = Object.entries(labels).flatMap(([key, value]) => {
    if (key.startsWith(rolePrefix)) return key.slice(rolePrefix.length) || [];
    return key === 'kubernetes.io/role' && value ? value : [];
  });
  return [...new Set(roles)].sort(compareBytes);
}

const addressOf = ({ status }: Node, type: string) =>
  status?.addresses?.find((address) => address.type === type)?.address ?? none;
