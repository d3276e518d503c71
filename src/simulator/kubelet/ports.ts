// Ports as probes and hooks name them.
import type { Container } from '../../api/object.ts';

/** The number of a port given by number or by the name of one of the container's ports; 0: there is none of that name. */
export function portNumber({ ports = [] }: Container, port: string | number): number {
  if (typeof port === 'number') return port;
  return ports.find(({ name }) => name === port)?.containerPort ?? (/^[0-9]+$/.test(port) ? Number(port) : 0);
}
