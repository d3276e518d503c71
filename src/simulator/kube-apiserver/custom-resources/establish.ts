// What the server does behind a new CustomResourceDefinition: its names are accepted, and its objects are served
// (apiextensions-apiserver/pkg/controller: status/naming_controller.go, establish; Kubernetes 1.36).
import type {
  CustomResourceDefinition,
  CustomResourceDefinitionCondition,
  CustomResourceDefinitionNames,
} from '../../../api/object.ts';
import { serverName } from '../server-name.ts';
import type { Store } from '../store.ts';
import { definitionsResource } from './custom-kind.ts';

/** Virtual milliseconds from a change of a definition to the step that answers it. */
const delay = 10;

type Condition = Omit<CustomResourceDefinitionCondition, 'lastTransitionTime'>;

const namesAccepted: Condition = {
  type: 'NamesAccepted',
  status: 'True',
  reason: 'NoConflicts',
  message: 'no conflicts found',
};
const installing: Condition = {
  type: 'Established',
  status: 'False',
  reason: 'Installing',
  message: 'the initial names have been accepted',
};
const established: Condition = { ...installing, status: 'True', reason: 'InitialNamesAccepted' };

/** Looks after the definitions that are not served yet. */
export function establishDefinitions(store: Store): void {
  for (const definition of store.reader.list<CustomResourceDefinition>(definitionsResource)) {
    if (next(store, definition)) store.kernel.after(delay, serverName, () => proceed(store, definition));
  }
}

function proceed(store: Store, { metadata: { name = '' } }: CustomResourceDefinition): void {
  const definition = store.reader.get<CustomResourceDefinition>(definitionsResource, undefined, name);
  const conditions = definition && next(store, definition);
  if (!conditions) return;
  const storage = store.storage(definitionsResource);
  const status = {
    ...definition.status,
    conditions: conditions.map((condition) => stamped(condition, definition, store.kernel.timestamp())),
    acceptedNames: acceptedNames(definition),
  };
  store.put(storage, storage.key(undefined, name), { ...definition, status } as CustomResourceDefinition, serverName);
}

/** The conditions that a definition is to have next; undefined if it has them all, or another one has its names. */
function next(store: Store, definition: CustomResourceDefinition): readonly Condition[] | undefined {
  const { metadata, status } = definition;
  const is = (wanted: string) => status?.conditions?.some(({ type, status: on }) => type === wanted && on === 'True');
  if (metadata.deletionTimestamp || is('Established')) return undefined;
  if (is('NamesAccepted')) return [namesAccepted, established];
  return isTaken(store, definition) ? undefined : [namesAccepted, installing];
}

/** Whether another definition of the group has one of the names: what comes of that is not modelled. */
function isTaken({ reader }: Store, { metadata, spec }: CustomResourceDefinition): boolean {
  const namesOf = ({ kind, listKind, plural, singular, shortNames = [] }: CustomResourceDefinitionNames) =>
    [kind, listKind, plural, singular, ...shortNames].filter(Boolean);
  const wanted = namesOf(spec.names);
  return reader
    .list<CustomResourceDefinition>(definitionsResource)
    .filter((other) => other.metadata.name !== metadata.name && other.spec.group === spec.group)
    .some((other) => namesOf(other.spec.names).some((name) => wanted.includes(name)));
}

function stamped(condition: Condition, { status }: CustomResourceDefinition, now: string) {
  const { type, status: on, ...rest } = condition;
  const before = status?.conditions?.find((other) => other.type === type);
  const lastTransitionTime = before?.status === on ? (before.lastTransitionTime ?? now) : now;
  return { lastTransitionTime, type, status: on, ...rest };
}

function acceptedNames({ spec }: CustomResourceDefinition): CustomResourceDefinitionNames {
  const { plural, singular, shortNames, kind, listKind, categories } = spec.names;
  return {
    plural,
    ...(singular && { singular }),
    ...(shortNames && { shortNames }),
    kind,
    ...(listKind && { listKind }),
    ...(categories && { categories }),
  };
}

/** A definition of a cluster that is there already: its objects are served. */
export function asEstablished(definition: CustomResourceDefinition, time: string): CustomResourceDefinition {
  if (definition.status?.conditions?.length) return definition;
  const conditions = [namesAccepted, established].map((condition) => stamped(condition, definition, time));
  const storedVersions = (definition.spec.versions ?? []).filter(({ storage }) => storage).map(({ name }) => name);
  return { ...definition, status: { conditions, acceptedNames: acceptedNames(definition), storedVersions } };
}
