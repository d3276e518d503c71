// What a claim's status says of the devices that were chosen for it (resource.k8s.io AllocationResult).
import type {
  AllocationResult,
  DeviceAllocationConfiguration,
  DeviceRequestAllocationResult,
  NodeSelector,
  NodeSelectorRequirement,
} from '../../../../api/object.ts';
import { formatQuantity } from '../../../../api/quantity.ts';
import { deepEqual } from '../../../../base/json.ts';
import { compareBytes } from '../../../../base/order.ts';
import { sha256 } from '../../../../base/sha256.ts';
import type { ChosenDevice, ClaimAllocation, PreparedAsk } from './allocation.ts';

export function allocationResult({ claim, devices }: ClaimAllocation, nodeName: string): AllocationResult {
  const config = [...classConfig({ claim, devices }), ...claimConfig({ claim, devices })];
  const nodeSelector = nodeSelectorOf(devices, nodeName);
  const uid = claim.claim.metadata.uid ?? '';
  return {
    devices: { results: devices.map((device) => resultOf(device, uid)), ...(config.length > 0 && { config }) },
    ...(nodeSelector && { nodeSelector }),
  };
}

function resultOf({ id, device, pool, ask, consumed }: ChosenDevice, claimUid: string): DeviceRequestAllocationResult {
  const { bindingConditions, bindingFailureConditions, allowMultipleAllocations } = device;
  const consumedCapacity =
    consumed && Object.fromEntries([...consumed].map(([name, amount]) => [name, formatQuantity(amount)]));
  return {
    request: ask.fullName,
    driver: pool.driver,
    pool: pool.name,
    device: device.name,
    ...(ask.adminAccess && { adminAccess: true }),
    ...(ask.tolerations && { tolerations: ask.tolerations }),
    ...(bindingConditions && { bindingConditions }),
    ...(bindingFailureConditions && { bindingFailureConditions }),
    ...(allowMultipleAllocations && { shareID: uuidOf(`${claimUid} ${ask.fullName} ${id}`) }),
    ...(consumedCapacity && { consumedCapacity }),
  };
}

/** Tells shares of a device apart: random in the real scheduler, here the same for the same share. */
function uuidOf(text: string): string {
  const hex = sha256(text);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** The chosen alternative of each request. */
function chosenAsks({ claim, devices }: ClaimAllocation): readonly PreparedAsk[] {
  return claim.requests.flatMap((asks) => asks.find((ask) => devices.some((one) => one.ask === ask)) ?? asks[0] ?? []);
}

/** What classes configure, each class once for all requests of it. */
function classConfig(allocation: ClaimAllocation): readonly DeviceAllocationConfiguration[] {
  const requests = new Map<PreparedAsk['deviceClass'], string[]>();
  for (const { deviceClass, fullName } of chosenAsks(allocation)) {
    requests.set(deviceClass, [...(requests.get(deviceClass) ?? []), fullName]);
  }
  return [...requests].flatMap(([{ spec }, names]) =>
    (spec.config ?? []).map((config) => ({ source: 'FromClass', requests: names, ...config })),
  );
}

/** What the claim configures for the requests that were taken. */
function claimConfig(allocation: ClaimAllocation): readonly DeviceAllocationConfiguration[] {
  const asks = chosenAsks(allocation);
  return (allocation.claim.claim.spec.devices.config ?? []).flatMap((config) => {
    const { requests = [] } = config;
    const concerned = asks.filter(
      ({ name, parent, fullName }) => requests.includes(parent ?? name) || requests.includes(fullName),
    );
    const times = requests.length === 0 ? 1 : concerned.length;
    return Array.from({ length: times }, () => ({ source: 'FromClaim', ...config }));
  });
}

/** createNodeSelector: where the devices can be reached. Undefined: everywhere. */
function nodeSelectorOf(devices: readonly ChosenDevice[], nodeName: string): NodeSelector | undefined {
  const matchExpressions: NodeSelectorRequirement[] = [];
  const matchFields: NodeSelectorRequirement[] = [];
  for (const { device, slice } of devices) {
    const reach = slice.spec.perDeviceNodeSelection ? device : slice.spec;
    if (reach.nodeName !== undefined || device.bindsToNode) {
      const only = [{ key: 'metadata.name', operator: 'In', values: [nodeName] }];
      return { nodeSelectorTerms: [{ matchFields: only }] };
    }
    const [term] = reach.nodeSelector?.nodeSelectorTerms ?? [];
    addNew(matchExpressions, term?.matchExpressions);
    addNew(matchFields, term?.matchFields);
  }
  if (matchExpressions.length === 0 && matchFields.length === 0) return undefined;
  const term = {
    ...(matchExpressions.length > 0 && { matchExpressions }),
    ...(matchFields.length > 0 && { matchFields }),
  };
  return { nodeSelectorTerms: [term] };
}

function addNew(all: NodeSelectorRequirement[], more: readonly NodeSelectorRequirement[] = []): void {
  for (const one of more) if (!all.some((other) => isSame(one, other))) all.push(one);
}

function isSame(a: NodeSelectorRequirement, b: NodeSelectorRequirement): boolean {
  if (a.key !== b.key || a.operator !== b.operator) return false;
  const sorted = ({ values = [] }: NodeSelectorRequirement) => [...new Set(values)].sort(compareBytes);
  return deepEqual(sorted(a), sorted(b));
}
