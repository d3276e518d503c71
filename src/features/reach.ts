// The end of the story: the Pods run, so one of them asks for a Service by name.
import type { KubeObject, Pod, Service } from '../api/object.ts';
import type { Simulation } from '../simulator/index.ts';

/** How many Services a story follows to their Pods. */
const most = 3;

/** Traces a connection to every applied Service; without one, to the API server's, which every Pod can reach. */
export function reachServices(simulation: Simulation, applied: readonly KubeObject[]): void {
  const running = simulation.objects<Pod>('pods').filter(({ status }) => status?.phase === 'Running' && status.podIP);
  const services = simulation.objects<Service>('services');
  const own = services.filter(({ metadata }) =>
    applied.some((object) => object.kind === 'Service' && object.metadata.name === metadata.name),
  );
  const isKubernetes = ({ metadata }: Service) => metadata.name === 'kubernetes' && metadata.namespace === 'default';
  const asked = own.length ? own.slice(0, most) : services.filter(isKubernetes);
  for (const service of asked) {
    const pod = running.find(({ metadata }) => metadata.namespace === service.metadata.namespace) ?? running[0];
    if (pod) simulation.reach(pod, service);
  }
}
