// `kubectl delete`: of files, by name, or by label; it waits until what it deleted is gone.
import type { DeleteOptions } from '../../client/client.ts';
import { commonFlags, type Flags } from '../arguments.ts';
import type { Command } from '../command.ts';
import { waitUntilGone } from '../deletion.ts';
import { statusFailure, together, whenDoing, type Failure } from '../failure.ts';
import { isFailure } from '../named-objects.ts';
import { placesOf } from '../places.ts';
import { printedKind } from '../resource-names.ts';
import type { Place, Session } from '../session.ts';
import { dryRunOf, drySuffix, fileFlags } from '../shared-flags.ts';

export const remove: Command = {
  flags: {
    ...commonFlags,
    ...fileFlags,
    all: { kind: 'switch' },
    wait: { kind: 'switch' },
    now: { kind: 'switch' },
    force: { kind: 'switch' },
    cascade: { kind: 'text', bare: 'background' },
    'grace-period': { kind: 'text' },
    'ignore-not-found': { kind: 'switch' },
    'dry-run': { kind: 'text', bare: 'unchanged' },
    output: { short: 'o', kind: 'text' },
  },
  *run(session, positional, flags) {
    const dryRun = dryRunOf(flags);
    if (typeof dryRun !== 'string') return dryRun;
    const { places, failures: unread, order = [...unread, ...places] } = yield* placesOf(session, positional, flags);
    const failures: Failure[] = [];
    const deleted: { readonly place: Place; readonly uid: string | undefined }[] = [];
    for (const place of order) {
      if (isFailure(place)) {
        failures.push(place);
        continue;
      }
      if (dryRun === 'none') {
        const response = yield* session.delete(place, deleteOptions(flags));
        if (!response.ok) {
          const failure = statusFailure(response.status);
          if (response.code === 404 && flags.switched('ignore-not-found')) continue;
          failures.push(place.source === undefined ? failure : whenDoing('deleting', place.source, failure));
          continue;
        }
        deleted.push({ place, uid: response.object.metadata?.uid });
      }
      report(session, place, drySuffix[dryRun], flags);
    }
    if (flags.switched('wait', true)) {
      for (const { place, uid } of deleted) yield* waitUntilGone(session, place, uid);
    }
    if (places.length === 0 && failures.length === 0) session.out('No resources found');
    return together(failures);
  },
};

const policies = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan' } as const;

function deleteOptions(flags: Flags): DeleteOptions {
  const cascade = flags.text('cascade') as keyof typeof policies | undefined;
  const propagationPolicy = policies[cascade ?? 'background'];
  const grace = flags.text('grace-period');
  if (flags.switched('now')) return { propagationPolicy, gracePeriodSeconds: 1 };
  if (flags.switched('force') && grace === undefined) return { propagationPolicy, gracePeriodSeconds: 0 };
  return grace === undefined ? { propagationPolicy } : { propagationPolicy, gracePeriodSeconds: Number(grace) };
}

function report(session: Session, { resource, namespace, name }: Place, suffix: string, flags: Flags): void {
  const kind = printedKind(resource);
  if (flags.text('output') === 'name') session.out(`${kind}/${name}`);
  else {
    const where = resource.namespaced && namespace !== undefined ? ` from ${namespace} namespace` : '';
    const how = flags.switched('force') ? 'force deleted' : 'deleted';
    session.out(`${kind} "${name}" ${how}${where}${suffix}`);
  }
}
