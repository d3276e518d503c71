// `kubectl apply view-last-applied`: what the annotation of objects holds (k8s.io/kubectl/pkg/cmd/apply/apply_view_last_applied.go).
import { quote } from '../../../api/go-text.ts';
import type { KubeObject } from '../../../api/object.ts';
import type { JsonMap } from '../../../api/merge-elements.ts';
import type { Flags } from '../arguments.ts';
import type { Outcome } from '../command.ts';
import { statusFailure, textFailure } from '../failure.ts';
import { allAndSelector, placesOf } from '../places.ts';
import { printJson } from '../printing/json.ts';
import { printYaml } from '../printing/yaml.ts';
import type { Session, Steps } from '../session.ts';
import { lastApplied, lastAppliedKey } from './last-applied.ts';

/** Ends with the first object that is not there; one that was not applied is passed over in silence unless a file names it. */
export function* viewLastApplied(session: Session, args: readonly string[], flags: Flags): Steps<Outcome> {
  const format = flags.text('output') ?? 'yaml';
  // the command always has a selector, if only an empty one
  if (flags.switched('all')) return textFailure(allAndSelector);
  const { places, failures } = yield* placesOf(session, args, flags, true);
  if (failures.length > 0) return failures[0];
  const applied: JsonMap[] = [];
  for (const place of places) {
    const response = yield* session.getNamed<KubeObject>(place);
    if (!response.ok) return statusFailure(response.status);
    if (response.object.metadata.annotations?.[lastAppliedKey] !== undefined)
      applied.push(lastApplied(response.object));
    else if (place.source !== undefined) return textFailure(neverApplied(place.name, place.source));
  }
  if (applied.length > 0 && format !== 'yaml' && format !== 'json') return textFailure(unexpected(format));
  const print = (each: JsonMap) => (format === 'json' ? printJson(each, '  ') : printYaml(each));
  session.print('stdout', applied.map(print).join(''));
  return undefined;
}

const neverApplied = (name: string, source: string) =>
  `error when no last-applied-configuration annotation found on resource: ${name}\n ${quote(source)}: <nil>`;

const unexpected = (format: string) =>
  `Unexpected -o output mode: ${format}, the flag 'output' must be one of yaml|json\nSee 'kubectl apply view-last-applied -h' for help and examples`;
