// Ports of a Service that has several need names.
import { isObject } from '../../../base/json.ts';
import { set } from '../change.ts';
import type { Proposer } from '../proposer.ts';

/** What people call ports by their number. */
const usual: Readonly<Record<number, string>> = { 53: 'dns', 80: 'http', 443: 'https', 9090: 'metrics' };

export const portNames: Proposer = {
  findings: ['invalid-field'],
  propose({ declared, finding: { field, message } }) {
    const { spec } = declared.object as { spec?: unknown };
    if (!/^spec\.ports\[\d+\]\.name$/.test(field.path) || !message.endsWith('Required value')) return [];
    const ports: readonly unknown[] = isObject(spec) && Array.isArray(spec.ports) ? spec.ports : [];
    const taken = new Set(ports.map((port) => (isObject(port) ? port.name : undefined)));
    const named = ports.flatMap((port, i) => {
      if (!isObject(port) || port.name !== undefined || typeof port.port !== 'number') return [];
      const wanted = usual[port.port] ?? `port-${port.port}`;
      const protocol = typeof port.protocol === 'string' ? `-${port.protocol.toLowerCase()}` : `-${i}`;
      const name = taken.has(wanted) ? wanted + protocol : wanted;
      taken.add(name);
      return [{ name, edit: set(declared, `spec.ports[${i}].name`, name) }];
    });
    const names = named.map(({ name }) => name).join(', ');
    const change = { id: `name ports ${names}`, title: `Name the ports ${names}`, cost: named.length, risk: 1 };
    return [{ ...change, edits: named.map(({ edit }) => edit) }];
  },
};
