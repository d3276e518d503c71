// Asks the admission plugins one after the other: first those that may change the object, later those that look at the result.
import type { KubeObject } from '../../../api/object.ts';
import type { ApiStatus } from '../../../api/status.ts';
import { invariant } from '../../../base/invariant.ts';
import { remembering } from '../../../base/remembering.ts';
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

/** The plugins that look at a resource, by its name. */
const chainOf = (phase: AdmissionPhase) => {
  const all = pluginsOf(phase);
  return remembering(500, (resource) => all.filter(({ resources }) => resources?.includes(resource) ?? true));
};

const chains = { admit: chainOf('admit'), validate: chainOf('validate') };

type Note = (note: AdmissionNote, object: KubeObject) => void;

/** Leaves the object of the request as the plugins make it; returns the first refusal. `note` hears what each plugin says. */
export function runAdmission(
  phase: AdmissionPhase,
  request: AdmittedRequest,
  context: AdmissionContext,
  note: Note,
): ApiStatus | undefined {
  const first = pass(phase, request, context, note);
  if (first.refusal || !first.again) return first.refusal;
  // What is not known of the request was said the first time (apiserver/pkg/admission/reinvocation.go).
  return pass(phase, request, context, ({ unknown: _, ...said }, object) => note(said, object)).refusal;
}

function pass(phase: AdmissionPhase, request: AdmittedRequest, context: AdmissionContext, note: Note) {
  let again = false;
  for (const plugin of chains[phase](request.resourceName)) {
    const verdict = plugin[phase]?.(request, context);
    if (!verdict) continue;
    if ('object' in verdict) {
      const { object, again: asksAgain = false, ...said } = verdict;
      request.object = object;
      again ||= asksAgain;
      note({ plugin: plugin.name, ...said }, object);
      continue;
    }
    note({ plugin: plugin.name, ...verdict }, request.object);
    if ('refusal' in verdict) return { refusal: verdict.refusal, again };
  }
  return { refusal: undefined, again };
}
