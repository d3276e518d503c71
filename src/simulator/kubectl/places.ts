// Which objects a command is about: those of files, those it names, or those with labels.
import type { KubeObject } from '../../api/object.ts';
import type { Flags } from './arguments.ts';
import { namespaceOf } from './command.ts';
import { textFailure, type Failure } from './failure.ts';
import { infosOf } from './manifests/infos.ts';
import { isFailure, selectionsOf } from './named-objects.ts';
import type { Place, Session, Steps } from './session.ts';
import { filesProblem, namesFiles, requestOf } from './shared-flags.ts';

/** An object, and the file that names it. */
export type SourcedPlace = Place & { readonly source?: string };

const noName = 'resource(s) were provided, but no name was specified';
const nothingNamed = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;

/** What the builder says where both are asked for. */
export const allAndSelector = "setting 'all' parameter but found a non empty selector. ";

interface Places {
  readonly places: readonly SourcedPlace[];
  readonly failures: Failure[];
  /** Both, as they came, where files are read. */
  readonly order?: readonly (SourcedPlace | Failure)[];
}

/** Reads `-f`, names and `-l`; whole resources are listed, without a selector only where `wholes` are meant. */
export function* placesOf(
  session: Session,
  positional: readonly string[],
  flags: Flags,
  wholes = flags.switched('all'),
): Steps<Places> {
  yield* session.discover();
  if (flags.has('selector') && flags.switched('all')) return { places: [], failures: [textFailure(allAndSelector)] };
  const problem = filesProblem(flags);
  if (problem) return { places: [], failures: [problem] };
  if (namesFiles(flags)) {
    const { infos, failures, order } = yield* infosOf(session, requestOf(flags, false));
    return { places: infos, failures: [...failures], order };
  }
  const found = selectionsOf(positional, nothingNamed, session.cache.customResources);
  if (isFailure(found)) return { places: [], failures: [found] };
  const places: Place[] = [];
  const labelSelector = flags.text('selector');
  for (const { resource, names } of found.selections) {
    const scope = resource.namespaced ? { namespace: namespaceOf(flags) } : {};
    places.push(...names.map((name) => ({ resource, ...scope, name })));
    if (names.length > 0) continue;
    if (labelSelector === undefined && !wholes) return { places: [], failures: [textFailure(noName)] };
    const items = yield* session.list<KubeObject>(resource, { ...scope, ...(labelSelector && { labelSelector }) });
    places.push(...items.map(({ metadata: { name = '' } }) => ({ resource, ...scope, name })));
  }
  return { places, failures: [] };
}
