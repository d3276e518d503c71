// `kubectl get`: objects by name or by resource, as tables or in a format.
import type { KubeObject } from '../../../api/object.ts';
import type { ApiResource } from '../../../api/resources.ts';
import { commonFlags, type Flags } from '../arguments.ts';
import { namespaceOf, type Command, type Outcome } from '../command.ts';
import { statusFailure, textFailure, together, unknownFailure, type Failure } from '../failure.ts';
import { infosOf } from '../manifests/infos.ts';
import { isFailure, selectionsOf, type Selection } from '../named-objects.ts';
import { printObjects, type PrintableObject } from '../printing/output.ts';
import { printTable, type TableOptions } from '../printing/table.ts';
import { tablePrinterOf } from '../printing/tables/registry.ts';
import { printedKind } from '../resource-names.ts';
import type { Session, Steps } from '../session.ts';
import { fileFlags, filesProblem, namesFiles, requestOf } from '../shared-flags.ts';

const missingType =
  'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n';

export const get: Command = {
  flags: {
    ...commonFlags,
    ...fileFlags,
    'all-namespaces': { short: 'A', kind: 'switch' },
    output: { short: 'o', kind: 'text' },
    'field-selector': { kind: 'text' },
    'show-labels': { kind: 'switch' },
    'no-headers': { kind: 'switch' },
    'ignore-not-found': { kind: 'switch' },
  },
  *run(session, positional, flags) {
    yield* session.discover();
    if (namesFiles(flags)) return yield* getFiles(session, positional, flags);
    const found = selectionsOf(positional, missingType, session.cache.customResources);
    if (isFailure(found)) return found;
    const { objects, failures } = yield* fetchObjects(session, found.selections, flags);
    const single = found.byName && found.selections.length === 1 && found.selections[0]?.names.length === 1;
    const problem = print(session, objects, found.selections.length > 1, !single, flags);
    const isRefused = failures.length > 0 || session.refusals.length > 0;
    if (objects.length === 0 && !isRefused && !flags.switched('ignore-not-found') && !problem) {
      session.print('stderr', nothingFound(found.selections, flags));
    }
    return together([...failures, ...(problem ? [problem] : [])]);
  },
};

/** `-f` and `-k`: the objects that files declare, as they are in the cluster. */
function* getFiles(session: Session, [first]: readonly string[], flags: Flags): Steps<Outcome> {
  const misnamed = filesProblem(flags);
  if (misnamed) return misnamed;
  if (first !== undefined) {
    return textFailure(
      'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
    );
  }
  const request = { ...requestOf(flags, false), isFetched: true };
  const { order, infos, failures: unread, isMisnamed } = yield* infosOf(session, request);
  if (isMisnamed) return together(unread);
  const objects: PrintableObject[] = [];
  const failures: Failure[] = [];
  for (const info of order) {
    if (isFailure(info)) {
      failures.push(info);
      continue;
    }
    const response = yield* session.getNamed<KubeObject>(info);
    if (response.ok) objects.push({ resource: info.resource, object: response.object });
    else if (response.code !== 404 || !flags.switched('ignore-not-found'))
      failures.push(statusFailure(response.status));
  }
  const kinds = new Set(objects.map(({ resource }) => resource)).size;
  const [path = ''] = request.filenames;
  const isFile = request.filenames.length < 2 && path !== '-' && session.files.kindOf(path) !== 'folder';
  const problem = print(session, objects, kinds > 1, !isFile || infos.length !== 1, flags);
  const all = [...failures, ...(problem ? [problem] : [])];
  return unread.length > 0 && all.length === 1 ? { type: 'several', failures: all } : together(all);
}

function print(
  session: Session,
  objects: readonly PrintableObject[],
  several: boolean,
  asList: boolean,
  flags: Flags,
): Outcome {
  const format = flags.text('output') ?? '';
  const isTable = format === '' || format === 'wide';
  return isTable ? printTables(session, objects, several, flags) : printFormatted(session, format, objects, asList);
}

function* fetchObjects(session: Session, selections: readonly Selection[], flags: Flags) {
  const objects: PrintableObject[] = [];
  const failures: Failure[] = [];
  for (const { resource, names } of selections) {
    if (names.length === 0) {
      const items = yield* session.list(resource, listOptions(resource, flags));
      objects.push(...items.map((object) => ({ resource, object })));
    }
    for (const name of names) {
      const response = yield* session.getNamed<KubeObject>({ resource, namespace: namespaceOf(flags), name });
      if (response.ok) objects.push({ resource, object: response.object });
      else if (response.code !== 404 || !flags.switched('ignore-not-found')) {
        failures.push(statusFailure(response.status));
      }
    }
  }
  return { objects, failures };
}

function listOptions(resource: ApiResource, flags: Flags) {
  const labelSelector = flags.text('selector');
  const fieldSelector = flags.text('field-selector');
  return {
    ...(resource.namespaced && !flags.switched('all-namespaces') && { namespace: namespaceOf(flags) }),
    ...(labelSelector && { labelSelector }),
    ...(fieldSelector && { fieldSelector }),
  };
}

/** A table for each resource that has objects, with an empty line between tables. */
function printTables(session: Session, objects: readonly PrintableObject[], several: boolean, flags: Flags): Outcome {
  const resources = [...new Set(objects.map(({ resource }) => resource))];
  const tables: string[] = [];
  for (const resource of resources) {
    const printer = tablePrinterOf(resource);
    if (!printer) return unknownFailure(`the table of ${resource.plural}`);
    const rows = objects.filter((each) => each.resource === resource).map(({ object }) => object);
    tables.push(printTable(printer, rows, tableOptions(session, resource, several, flags)));
  }
  session.print('stdout', tables.join('\n'));
  return undefined;
}

function tableOptions(session: Session, resource: ApiResource, several: boolean, flags: Flags): TableOptions {
  return {
    now: session.now,
    wide: flags.text('output') === 'wide',
    withNamespace: flags.switched('all-namespaces') && resource.namespaced,
    withLabels: flags.switched('show-labels'),
    withHeaders: !flags.switched('no-headers'),
    ...(several && { namePrefix: `${printedKind(resource)}/` }),
  };
}

function printFormatted(
  session: Session,
  format: string,
  objects: readonly PrintableObject[],
  asList: boolean,
): Outcome {
  if (objects.length === 0 && !asList) return undefined;
  const printed = printObjects(format, objects, asList);
  if (isFailure(printed)) return printed;
  session.print('stdout', printed.text);
  return undefined;
}

function nothingFound(selections: readonly Selection[], flags: Flags): string {
  const namespaced = selections.some(({ resource }) => resource.namespaced);
  if (!namespaced || flags.switched('all-namespaces')) return 'No resources found\n';
  return `No resources found in ${namespaceOf(flags)} namespace.\n`;
}
