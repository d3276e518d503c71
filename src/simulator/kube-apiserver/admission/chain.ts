// Asks the admission plugins one after the other: first those that may change the object, later those that look at the result.
import type { KubeObject } from '../../../api/object.ts';
import type { ApiStatus } from '../../../api/status.ts';
import { invariant } from '../../../base/invariant.ts';
import { admissionOrder } from './order.ts';
import type { AdmissionContext, AdmissionPlugin, AdmittedRequest } from './plugin.ts';
import { admissionPlugins } from './registry.ts';

/** What is told of each plugin that had something to say. */
export interface AdmissionNote {
  readonly plugin: string;
  readonly changed?: readonly string[];
  readonly refusal?: ApiStatus;
  readonly warnings?: readonly string[];
  readonly unknown?: string;
  readonly path?: string;
}

export type AdmissionPhase = 'admit' | 'validate';

function pluginsOf(phase: AdmissionPhase): readonly AdmissionPlugin[] {
  return admissionOrder
    .map((name) => {
      const plugin = admissionPlugins.get(name);
      invariant(plugin, `no admission plugin ${name}`);
      return plugin;
    })
    .filter((plugin) => phase in plugin);
}

const chains = { admit: pluginsOf('admit'), validate: pluginsOf('validate') };

/** Leaves the object of the request as the plugins make it; returns the first refusal. `note` hears what each plugin says. */
export function runAdmission(
  phase: AdmissionPhase,
  request: AdmittedRequest,
  context: AdmissionContext,
  note: (note: AdmissionNote, object: KubeObject) => void,
): ApiStatus | undefined {
  for (const plugin of chains[phase]) {
    const verdict = plugin[phase]?.(request, context);
    if (!verdict) continue;
    if ('object' in verdict) {
      request.object = verdict.object;
      note({ plugin: plugin.name, changed: verdict.changed }, verdict.object);
      continue;
    }
    note({ plugin: plugin.name, ...verdict }, request.object);
    if ('refusal' in verdict) return verdict.refusal;
  }
  return undefined;
}
