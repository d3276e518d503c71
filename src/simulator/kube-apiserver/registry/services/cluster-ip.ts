// Cluster IPs come out of 10.96.0.0/12, kubeadm's default. Which are taken is read off the stored Services, so there is nothing to
// repair (pkg/registry/core/service/ipallocator, Kubernetes 1.36).
import { copyWith } from '../../../../base/copy.ts';
import { invalid, invalidStatus } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type { Service } from '../../../../api/object.ts';
import type { ApiStatus } from '../../../../api/status.ts';
import type { StrategyContext } from '../strategy.ts';

const range = '10.96.0.0/12';
const first = 10 * 2 ** 24 + 96 * 2 ** 16;
const size = 2 ** 20;
/** Of a large range the lowest 256 addresses are left to those who ask for one by name. */
const staticAddresses = 256;
const none = 'None';

function toNumber(address: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address);
  if (!match) return undefined;
  return match.slice(1).reduce((number, part) => number * 256 + Number(part), 0);
}

function toAddress(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}

function takenAddresses({ reader }: StrategyContext): Set<string> {
  const taken = new Set<string>();
  for (const { spec } of reader.list<Service>('services')) for (const ip of spec?.clusterIPs ?? []) taken.add(ip);
  return taken;
}

/** A free address, chosen at random as the real allocator does: the first free one from a random place on. */
function free(taken: ReadonlySet<string>, context: StrategyContext): string | undefined {
  const dynamic = size - staticAddresses - 1;
  const start = context.below(dynamic);
  for (let i = 0; i < dynamic; i++) {
    const address = toAddress(first + staticAddresses + ((start + i) % dynamic));
    if (!taken.has(address)) return address;
  }
  return undefined;
}

function refusal(service: Service, address: string, why: string): ApiStatus {
  const detail = `failed to allocate IP ${address}: ${why}`;
  const error = invalid(FieldPath.of('spec', 'clusterIPs'), service.spec?.clusterIPs ?? [address], detail);
  return invalidStatus({ group: '', kind: 'Service' }, service.metadata.name ?? '', [error]);
}

/** The Service with a cluster IP, or why the one it asks for cannot be had. A text that is no address is left to validation. */
export function allocateClusterIp(service: Service, context: StrategyContext): Service | ApiStatus {
  const { spec = {} } = service;
  const wanted = spec.clusterIP || spec.clusterIPs?.[0];
  if (wanted === none) return service;
  if (!wanted) {
    const clusterIP = free(takenAddresses(context), context);
    if (!clusterIP) return refusal(service, '', 'range is full');
    return copyWith(service, { spec: copyWith(spec, { clusterIP, clusterIPs: [clusterIP] }) });
  }
  const number = toNumber(wanted);
  if (number === undefined) return service;
  const named = spec.clusterIPs?.length ? service : { ...service, spec: { ...spec, clusterIPs: [wanted] } };
  if (number <= first || number >= first + size - 1) {
    return refusal(
      named,
      wanted,
      `the provided IP (${wanted}) is not in the valid range. The range of valid IPs is ${range}`,
    );
  }
  // A dry run allocates nothing, so it does not meet what is taken.
  if (!context.dryRun && takenAddresses(context).has(wanted)) {
    return refusal(named, wanted, 'provided IP is already allocated');
  }
  return named;
}
