// `kubectl scale` and `kubectl patch`: one change of named objects.
import { quote } from '../../../api/go-text.ts';
import type { KubeObject } from '../../../api/object.ts';
import { deepEqual } from '../../../base/json.ts';
import type { PatchType } from '../../client/client.ts';
import { commonFlags } from '../arguments.ts';
import { namespaceOf, type Command } from '../command.ts';
import { statusFailure, textFailure, together, unknownFailure, type Failure } from '../failure.ts';
import { isFailure, selectionsOf } from '../named-objects.ts';
import { printedKind } from '../resource-names.ts';

export const scale: Command = {
  flags: { ...commonFlags, replicas: { kind: 'text' } },
  *run(session, positional, flags) {
    const replicas = flags.text('replicas');
    if (replicas === undefined) return textFailure('required flag(s) "replicas" not set');
    const found = selectionsOf(positional, 'you must specify at least one resource');
    if (isFailure(found)) return found;
    yield* session.discover();
    const failures: Failure[] = [];
    for (const { resource, names } of found.selections) {
      for (const name of names) {
        const place = { resource, namespace: namespaceOf(flags), name };
        const response = yield* session.getNamed<KubeObject>(place);
        const patch = { spec: { replicas: Number(replicas) } };
        const scaled = response.ok ? yield* session.patch(place, 'merge', patch, {}, 'scale') : response;
        if (scaled.ok) session.out(`${printedKind(resource)}/${name} scaled`);
        else failures.push(statusFailure(scaled.status));
      }
    }
    return together(failures);
  },
};

const patchTypes: Readonly<Record<string, PatchType>> = { strategic: 'strategic', merge: 'merge', json: 'json' };

export const patch: Command = {
  flags: {
    ...commonFlags,
    patch: { short: 'p', kind: 'text' },
    type: { kind: 'text' },
    subresource: { kind: 'text' },
  },
  *run(session, positional, flags) {
    const type = patchTypes[flags.text('type') ?? 'strategic'];
    if (!type)
      return textFailure(`--type must be one of [json merge strategic], not ${quote(flags.text('type') ?? '')}`);
    const body = parsed(flags.text('patch') ?? '');
    if (body === undefined) return unknownFailure('a patch that is not JSON');
    const found = selectionsOf(
      positional,
      'one or more resources must be specified as <resource> <name> or <resource>/<name>',
    );
    if (isFailure(found)) return found;
    yield* session.discover();
    const failures: Failure[] = [];
    for (const { resource, names } of found.selections) {
      for (const name of names) {
        const place = { resource, namespace: namespaceOf(flags), name };
        const before = yield* session.getNamed<KubeObject>(place);
        const options = { fieldManager: 'kubectl-patch' };
        const after = before.ok
          ? yield* session.patch<KubeObject>(place, type, body, options, flags.text('subresource'))
          : before;
        if (!after.ok) failures.push(statusFailure(after.status));
        else {
          const same = before.ok && deepEqual(before.object, after.object);
          session.out(`${printedKind(resource)}/${name} patched${same ? ' (no change)' : ''}`);
        }
      }
    }
    return together(failures);
  },
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
