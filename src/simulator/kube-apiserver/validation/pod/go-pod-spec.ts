// The spec of a Pod as the server holds it. Three of its structs are arranged otherwise than in the API: what concerns namespaces of
// the node lies in the security context, and the older name of the ServiceAccount is gone (pkg/apis/core/types.go, Kubernetes 1.36).
import { structJson } from '../../../../api/go-text.ts';
import type { PodSpec } from '../../../../api/object.ts';
import { isObject } from '../../../../base/json.ts';
import { goStruct } from '../go-struct.ts';

type Struct = Readonly<Record<string, unknown>>;

/** Go names in the server's order where that is not the API's: moved behind the field after the colon. */
const specMoves = ['SetHostnameAsFQDN:Subdomain', 'PreemptionPolicy:Priority', 'Overhead:RuntimeClassName'];
const notInSpec = [
  'DeprecatedServiceAccount',
  'HostNetwork',
  'HostPID',
  'HostIPC',
  'ShareProcessNamespace',
  'HostUsers',
];
const ofContext = ['HostNetwork', 'HostPID', 'HostIPC', 'ShareProcessNamespace', 'HostUsers'];

function moved(struct: Struct, moves: readonly string[]): Struct {
  const names = Object.keys(struct);
  for (const move of moves) {
    const [name = '', after = ''] = move.split(':');
    names.splice(names.indexOf(name), 1);
    names.splice(names.indexOf(after) + 1, 0, name);
  }
  return Object.fromEntries(names.map((name) => [name, struct[name]]));
}

function goVolume(volume: unknown): unknown {
  return isObject(volume) ? moved(volume, ['Quobyte:RBD']) : volume;
}

/** The lines of the indented JSON in which messages compare two specs. */
export const goPodSpecLines = (spec: PodSpec): string[] => structJson(goPodSpec(spec), 1).split('\n');

/** The spec as a message shows it. */
export function goPodSpec(spec: PodSpec): unknown {
  const struct = goStruct('core/v1.PodSpec', spec) as Struct;
  const context = (struct['SecurityContext'] ?? goStruct('core/v1.PodSecurityContext', {})) as Struct;
  const namespaces = Object.fromEntries(ofContext.map((name) => [name, struct[name]]));
  const kept = Object.fromEntries(Object.entries(struct).filter(([name]) => !notInSpec.includes(name)));
  const arranged = moved(kept, specMoves);
  const volumes = arranged['Volumes'];
  return {
    ...arranged,
    Volumes: Array.isArray(volumes) ? volumes.map(goVolume) : volumes,
    SecurityContext: { ...namespaces, ...moved(context, ['FSGroupChangePolicy:FSGroup']) },
  };
}
