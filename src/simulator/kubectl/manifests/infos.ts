// The objects of the files on a command line, in the order in which kubectl comes to them
// (k8s.io/cli-runtime/pkg/resource: Builder, StreamVisitor, FlattenListVisitor, SetNamespace).
import { copyWith } from '../../../base/copy.ts';
import { matchesRequirement, parseSelector } from '../../../api/label-selector.ts';
import { quote } from '../../../api/go-text.ts';
import { apiVersionOf, type ApiResource } from '../../../api/resources.ts';
import { goJson, isObject } from '../../../base/json.ts';
import { textFailure, together, unknownFailure, type Failure } from '../failure.ts';
import { isFailure } from '../named-objects.ts';
import type { FileDocument } from '../ports.ts';
import type { Session, Steps } from '../session.ts';
import { headProblem, hasHead, headOf } from './head.ts';
import { itemsOf, mappingOf } from './mapping.ts';
import { metadataProblem } from './metadata.ts';
import { ownProblem } from './own-validation.ts';
import { pathsOf } from './paths.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** An object that a file declares, ready to be sent. */
export interface Info {
  /** The file, `STDIN` for standard input. */
  readonly source: string;
  readonly resource: ApiResource;
  /** Absent for what has none. */
  readonly namespace?: string;
  readonly name: string;
  readonly object: JsonObject;
}

export interface Request {
  readonly filenames: readonly string[];
  readonly recursive: boolean;
  readonly namespace: string;
  /** The namespace was asked for: objects of another one are refused. */
  readonly enforceNamespace: boolean;
  /** Whether documents are looked at before they are sent, and the server is asked whether it validates fields. */
  readonly validate: boolean;
  readonly selector?: string;
  /** The folder of a kustomization, in the place of files. */
  readonly kustomization?: string;
  /** Objects are fetched while files are read, so that what cannot be read is told in between. */
  readonly isFetched?: boolean;
}

export interface Found {
  readonly infos: readonly Info[];
  readonly failures: readonly Failure[];
  /** Both, as they came. */
  readonly order: readonly (Info | Failure)[];
  /** Nothing was read, because what is named is not there. */
  readonly isMisnamed?: boolean;
}

/** Reads the files. What cannot be read or is refused does not stop the others. */
export function* infosOf(session: Session, request: Request): Steps<Found> {
  const read =
    request.kustomization === undefined ? filesOf(session, request) : kustomized(session, request.kustomization);
  if (isFailure(read)) {
    return { infos: [], failures: [read], order: [read], isMisnamed: request.kustomization === undefined };
  }
  const order: (Info | Failure)[] = [];
  // what does not become an object is told behind all that is refused or done
  const unread: (Info | Failure)[] = [];
  const late = request.isFetched ? order : unread;
  for (const { source, documents } of read) {
    for (const document of documents()) {
      const problem = yield* visit(session, request, source, document, order, late);
      if (!problem) continue;
      // What cannot be parsed or validated ends its file.
      late.push(problem);
      break;
    }
  }
  const isAlone = !order.some((one) => isFailure(one));
  const behind = unread.filter((one): one is Failure => isFailure(one));
  order.push(...(isAlone || behind.length < 2 ? behind : [{ type: 'several', failures: behind } as const]));
  const failures = order.filter((one): one is Failure => isFailure(one));
  return { infos: order.filter((one): one is Info => !isFailure(one)), failures, order };
}

/** Documents by what they come from. */
type Read = readonly { readonly source: string; readonly documents: () => readonly FileDocument[] }[];

function filesOf({ files }: Session, { filenames, recursive }: Request): Read | Failure {
  const paths = pathsOf(files, filenames, recursive);
  if (paths.failures.length > 0) return together(paths.failures) ?? [];
  return paths.files.map((path) => ({ source: path === '-' ? 'STDIN' : path, documents: () => files.read(path) }));
}

function kustomized(session: Session, folder: string): Read | Failure {
  const built = session.files.kustomization?.(folder);
  if (!built) return unknownFailure(`-k ${folder}: nothing is built here`);
  if (built.warnings) session.print('stderr', built.warnings);
  if ('unknown' in built) return unknownFailure(`-k ${folder}: ${built.unknown}`);
  return 'error' in built ? textFailure(built.error) : [{ source: folder, documents: () => built.documents }];
}

function* visit(
  session: Session,
  request: Request,
  source: string,
  document: FileDocument,
  order: (Info | Failure)[],
  unread: (Info | Failure)[],
): Steps<Failure | undefined> {
  if ('error' in document) return textFailure(`error parsing ${source}: ${document.error}`);
  const { value } = document;
  if (value === null || value === undefined) return undefined;
  if (request.validate) {
    const problem = headProblem(value) ?? ownProblem(value);
    if (problem !== undefined) return textFailure(invalid(source, problem));
    yield* session.fetchOpenApi(mappingOf(headOf(value)));
  }
  const items = itemsOf(value);
  const refused: Failure[] = [];
  const unrecognized: Failure[] = [];
  for (const object of items ?? [value]) {
    const info = yield* infoOf(session, request, source, object);
    if ('unmatched' in info)
      unrecognized.push(textFailure(items ? `unable to recognize ${info.unmatched}` : info.text));
    else if ('misplaced' in info) (items ? refused : order).push(info.misplaced);
    else if (!('object' in info)) refused.push(info);
    else if (isSelected(info.object, request.selector)) order.push(info);
  }
  const wrong = [...refused, ...unrecognized];
  if (wrong.length > 0) unread.push(...(items ? [{ type: 'several', failures: wrong } as const] : wrong));
  return undefined;
}

/** An object of a kind that the server does not serve. */
interface Unmatched {
  readonly unmatched: string;
  /** The sentence, where the object is no item of a List. */
  readonly text: string;
}

/** An object of another namespace than the one that was asked for. */
interface Misplaced {
  readonly misplaced: Failure;
}

const invalid = (source: string, problem: string) =>
  `error validating ${quote(source)}: error validating data: ${problem}; if you choose to ignore these errors, turn validation off with --validate=false`;

function* infoOf(
  session: Session,
  request: Request,
  source: string,
  object: unknown,
): Steps<Info | Unmatched | Misplaced | Failure> {
  const problem = hasHead(object) ? metadataProblem(object.metadata) : undefined;
  if (problem !== undefined || !hasHead(object)) {
    return textFailure(`unable to decode ${quote(source)}: ${problem ?? headlessText(object)}`);
  }
  yield* session.discover();
  const { name, namespace } = namesOf(object);
  const { apiVersion, kind } = headOf(object);
  const isMeant = (custom: ApiResource) => custom.kind === kind && apiVersionOf(custom) === apiVersion;
  const resource = mappingOf(headOf(object)) ?? (yield* session.customResource(isMeant));
  if (!resource) {
    const subject = `name: ${quote(name)} namespace: ${quote(namespace)} from ${quote(source)}`;
    const unmatched = `no matches for kind ${quote(kind)} in version ${quote(apiVersion)}`;
    const text = `resource mapping not found for ${subject}: ${unmatched}\nensure CRDs are installed first`;
    return { unmatched, text };
  }
  if (!resource.namespaced) return { source, resource, name, object, ...(namespace && { namespace }) };
  if (request.enforceNamespace && namespace && namespace !== request.namespace) {
    const misplaced = textFailure(
      `the namespace from the provided object ${quote(namespace)} does not match the namespace ${quote(request.namespace)}. You must pass '--namespace=${namespace}' to perform this operation.`,
    );
    return { misplaced };
  }
  if (namespace) return { source, resource, name, namespace, object };
  const given = isObject(object.metadata) ? object.metadata : {};
  const metadata = copyWith(given, { namespace: request.namespace });
  return { source, resource, name, namespace: request.namespace, object: copyWith(object, { metadata }) };
}

function namesOf({ metadata }: JsonObject): { name: string; namespace: string } {
  const { name, namespace } = isObject(metadata) ? metadata : {};
  return { name: typeof name === 'string' ? name : '', namespace: typeof namespace === 'string' ? namespace : '' };
}

/** Why an object without apiVersion and kind cannot be decoded. */
function headlessText(object: unknown): string {
  if (!isObject(object)) {
    return 'couldn\'t get version/kind; json parse error: json: cannot unmarshal into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';
  }
  const missing = typeof object.kind === 'string' && object.kind !== '' ? 'apiVersion' : 'Kind';
  return `Object '${missing}' is missing in '${goJson(object)}'`;
}

function isSelected({ metadata }: JsonObject, selector: string | undefined): boolean {
  const requirements = selector === undefined ? [] : (parseSelector(selector) ?? []);
  const labels = isObject(metadata) && isObject(metadata.labels) ? metadata.labels : {};
  return requirements.every((requirement) => matchesRequirement(requirement, labels as Record<string, string>));
}
