// Node ports come out of 30000-32767; ports of one Service with the same number share one node port
// (pkg/registry/core/service/storage/alloc.go, initNodePorts and updateNodePorts, Kubernetes 1.36).
import { invalid, invalidStatus } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type { Service, ServicePort, ServiceSpec } from '../../../../api/object.ts';
import type { ApiStatus } from '../../../../api/status.ts';
import type { StrategyContext } from '../strategy.ts';

const first = 30_000;
const last = 32_767;
/** The lowest ports are left to those who ask for one by number (the static band of a range of this size). */
const staticPorts = 86;

/** The ports taken by other Services, and those this request takes. */
class PortAllocation {
  readonly #taken: Set<number>;
  readonly #mine = new Set<number>();
  readonly #context: StrategyContext;

  constructor(taken: Set<number>, context: StrategyContext) {
    this.#taken = taken;
    this.#context = context;
  }

  /** Takes a port; a text says why it cannot be had. A dry run allocates nothing, and only sees what it takes itself. */
  take(port: number): string | undefined {
    const { dryRun } = this.#context;
    if (!dryRun && (port < first || port > last)) {
      return `provided port is not in the valid range. The range of valid ports is ${first}-${last}`;
    }
    if (this.#mine.has(port) || (!dryRun && this.#taken.has(port))) return 'provided port is already allocated';
    this.#mine.add(port);
    return undefined;
  }

  takeAny(): number | undefined {
    const dynamic = last - first + 1 - staticPorts;
    const start = this.#context.below(dynamic);
    for (let i = 0; i < dynamic; i++) {
      const port = first + staticPorts + ((start + i) % dynamic);
      if (this.#taken.has(port) || this.#mine.has(port)) continue;
      this.#mine.add(port);
      return port;
    }
    return undefined;
  }
}

const portsOf = (spec: ServiceSpec | undefined) => [
  ...(spec?.ports ?? []).map(({ nodePort }) => nodePort ?? 0),
  spec?.healthCheckNodePort ?? 0,
];

function takenByOthers(service: Service, { reader }: StrategyContext): Set<number> {
  const { namespace, name } = service.metadata;
  const taken = new Set<number>();
  for (const { metadata, spec } of reader.list<Service>('services')) {
    if (metadata.namespace === namespace && metadata.name === name) continue;
    for (const port of portsOf(spec)) if (port) taken.add(port);
  }
  return taken;
}

function refusal(service: Service, path: FieldPath, port: number, why: string): ApiStatus {
  return invalidStatus({ group: '', kind: 'Service' }, service.metadata.name ?? '', [invalid(path, port, why)]);
}

/** Gives each port its node port: the one it asks for, the one that a port of the same number has, or a free one. */
function withNodePorts(
  service: Service,
  held: ReadonlySet<number>,
  allocation: PortAllocation,
  allocates: boolean,
): readonly ServicePort[] | ApiStatus {
  const ports = service.spec?.ports ?? [];
  const byPort = new Map<number, number>();
  const given: ServicePort[] = [];
  for (const [i, port] of ports.entries()) {
    const same = byPort.get(port.port);
    if (!port.nodePort && !allocates) {
      given.push(port);
      continue;
    }
    const wanted = port.nodePort || same || ports.find((other) => other.port === port.port && other.nodePort)?.nodePort;
    if (wanted && wanted !== same && !held.has(wanted)) {
      const why = allocation.take(wanted);
      if (why) return refusal(service, FieldPath.of('spec', 'ports').index(i).child('nodePort'), wanted, why);
    }
    const nodePort = wanted || allocation.takeAny();
    if (nodePort) byPort.set(port.port, same ?? nodePort);
    given.push({ ...port, nodePort });
  }
  return given;
}

/** The Service with the node ports that its type needs, or why one it asks for cannot be had. */
export function allocateNodePorts(
  service: Service,
  old: ServiceSpec | undefined,
  context: StrategyContext,
  needs: { readonly ports: boolean; readonly healthCheck: boolean },
): Service | ApiStatus {
  if (!needs.ports && !needs.healthCheck) return service;
  const { spec = {} } = service;
  const held = new Set(portsOf(old).filter((port) => port > 0));
  const allocation = new PortAllocation(takenByOthers(service, context), context);
  const allocates = spec.type !== 'LoadBalancer' || spec.allocateLoadBalancerNodePorts !== false;
  const ports = withNodePorts(service, held, allocation, allocates);
  if ('code' in ports) return ports;
  let healthCheckNodePort = spec.healthCheckNodePort;
  if (needs.healthCheck && healthCheckNodePort && !held.has(healthCheckNodePort)) {
    const why = allocation.take(healthCheckNodePort);
    if (why) return refusal(service, FieldPath.of('spec', 'healthCheckNodePort'), healthCheckNodePort, why);
  }
  if (needs.healthCheck && !healthCheckNodePort) healthCheckNodePort = allocation.takeAny();
  return { ...service, spec: { ...spec, ports, ...(healthCheckNodePort && { healthCheckNodePort }) } };
}
