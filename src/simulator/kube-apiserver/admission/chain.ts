// Asks the admission plugins one after the other: first those that may change the object, later those that look at the result.
import type { KubeObject } from '../../../api/object.ts';
import type { ApiStatus } from '../../../api/status.ts';
import { invariant } from '../../../base/invariant.ts';
import { admissionOrder } from './order.ts';
import type { AdmissionContext, AdmissionPlugin, AdmissionRequest } from './plugin.ts';
import { admissionPlugins } from './registry.ts';

/** What is told of each plugin that had something to say. */
export interface AdmissionNote {
  readonly plugin: string;
  readonly changed?: readonly string[];
  readonly refusal?: ApiStatus;
  readonly unknown?: string;
  readonly path?: string;
}

export interface AdmissionResult {
  readonly object: KubeObject;
  readonly refusal?: ApiStatus;
}

export type AdmissionPhase = 'admit' | 'validate';

function pluginsOf(phase: AdmissionPhase): readonly AdmissionPlugin[] {
  return admissionOrder
    .map((name) => {
      const plugin = admissionPlugins.get(name);
      invariant(plugin, `no admission plugin ${name}`);
      return plugin;
    })
    .filter((plugin) => plugin[phase]);
}

const chains = { admit: pluginsOf('admit'), validate: pluginsOf('validate') };

/** The object as the plugins leave it, or the first refusal. `note` is called for each plugin that said something. */
export function runAdmission(
  phase: AdmissionPhase,
  request: AdmissionRequest,
  context: AdmissionContext,
  note: (note: AdmissionNote, object: KubeObject) => void,
): AdmissionResult {
  let current = request;
  for (const plugin of chains[phase]) {
    const verdict = plugin[phase]?.(current, context);
    if (!verdict) continue;
    if ('object' in verdict) current = { ...current, object: verdict.object };
    const { object: _, ...rest } = { object: undefined, ...verdict };
    note({ plugin: plugin.name, ...rest }, current.object);
    if ('refusal' in verdict) return { object: current.object, refusal: verdict.refusal };
  }
  return { object: current.object };
}
