// References by name are rewritten when what they refer to has been renamed (sigs.k8s.io/kustomize/api/filters/nameref, internal/accumulator).
import { changeField, type FieldSpec } from './field-specs.ts';
import { effectiveNamespace, idText, isSameNamespace, isSelected, type GvkSelector, type ResourceId } from './ids.ts';
import { referenceSpecs } from './reference-specs.ts';
import { isFields, isNull, textOf, type Fields } from './node.ts';
import { notModelled, refuse, within } from './problem.ts';
import { notes, type Resource } from './resource.ts';

/** Rewrites the references of all objects to each other. */
export function fixNameReferences(resources: readonly Resource[]): void {
  const original = new Map(resources.map((one) => [one, one.originalId]));
  for (const referrer of resources) {
    const gvk = original.get(referrer)?.gvk;
    if (!gvk) continue;
    const own = referenceSpecs().flatMap(({ target, referrers }) =>
      referrers.filter((spec) => isSelected(gvk, spec)).map(({ path }) => ({ target, path })),
    );
    if (own.length === 0) continue;
    const candidates = reachable(referrer, resources);
    for (const { target, path } of own) rewrite(referrer, path, target, candidates);
  }
}

function rewrite(referrer: Resource, path: string, target: GvkSelector, candidates: readonly Resource[]): void {
  const reference = new Reference(referrer, path, target, candidates);
  const spec: FieldSpec = { path };
  within(`updating name reference in '${path}' field of '${idText(referrer.id)}'`, () =>
    changeField(referrer, spec, (value) => reference.renamed(value)),
  );
}

/** What an object can refer to at all: what has no namespace, what is in its own, and the ServiceAccounts that a RoleBinding names. */
function reachable(referrer: Resource, resources: readonly Resource[]): readonly Resource[] {
  const { id } = referrer;
  if (id.isClusterScoped) return resources;
  const others = boundNamespaces(referrer);
  return resources.filter((one) => one.id.isClusterScoped || isSameNamespace(one.id, id) || others.has(one.namespace));
}

function boundNamespaces({ kind, node }: Resource): ReadonlySet<string> {
  const subjects = kind === 'RoleBinding' ? node?.['subjects'] : undefined;
  if (!Array.isArray(subjects)) return new Set();
  if (!subjects.every(isFields)) return notModelled('subjects that are no objects');
  const accounts = subjects.filter((subject) => textOf(subject['kind']) === 'ServiceAccount');
  return new Set(accounts.filter((subject) => 'namespace' in subject).map(({ namespace }) => textOf(namespace)));
}

class Reference {
  readonly #referrer: Resource;
  readonly #path: string;
  readonly #target: GvkSelector;
  readonly #candidates: readonly Resource[];

  constructor(referrer: Resource, path: string, target: GvkSelector, candidates: readonly Resource[]) {
    this.#referrer = referrer;
    this.#path = path;
    this.#target = target;
    this.#candidates = candidates;
  }

  /** The reference with the name of now: a name, an object with a name, or a list of these. */
  renamed(value: unknown): unknown {
    if (isNull(value)) return value;
    if (Array.isArray(value)) return value.map((item: unknown) => (isNull(item) ? item : this.#renamedOne(item)));
    return this.#renamedOne(value);
  }

  #renamedOne(value: unknown): unknown {
    if (isFields(value)) return this.#renamedObject(value);
    if (Array.isArray(value)) return notModelled('a list in the place of a name');
    return this.#find(textOf(value), this.#candidates, ['name'])?.name ?? value;
  }

  #renamedObject(value: Fields): Fields {
    if (!('name' in value)) return refuse("path config error; no 'name' field in node");
    const name = textOf(value['name']);
    const found = this.#find(name, this.#inNamespaceOf(value), ['name', 'namespace']);
    if (!found || (found.name === name && found.namespace === '')) return value;
    value['name'] = found.name;
    if (found.namespace !== '') value['namespace'] = found.namespace;
    return value;
  }

  #inNamespaceOf({ namespace }: Fields): readonly Resource[] {
    if (namespace === undefined) return this.#candidates;
    const wanted = textOf(namespace);
    const within = (idOf: (resource: Resource) => ResourceId) =>
      this.#candidates.filter((one) => {
        const where = effectiveNamespace(idOf(one));
        return where === wanted && where !== '_non_namespaceable_';
      });
    const before = within(({ originalId }) => originalId);
    return before.length > 0 ? before : within(({ id }) => id);
  }

  #find(name: string, candidates: readonly Resource[], same: readonly ('name' | 'namespace')[]): Resource | undefined {
    const role = this.#role();
    const meant = candidates.filter(
      (one) =>
        one.previousIds.some((id) => id.name === name) &&
        one.previousIds.some(({ gvk }) => isSelected(gvk, this.#target)) &&
        (!role || one.previousIds.some(({ gvk }) => isSelected(gvk, role))) &&
        this.#isNear(one),
    );
    if (meant.length === 1) return meant[0];
    let close = meant.filter((one) => isOfSameLayer(one, this.#referrer, true));
    if (close.length > 1) close = close.filter((one) => isOfSameLayer(one, this.#referrer, false));
    const [first] = close;
    if (!first || close.every((one) => same.every((part) => one[part] === first[part]))) return first;
    // the objects themselves follow, which is a long text
    return refuse(`found multiple possible referrals: ${close.map(({ id }) => idText(id)).join(', ')}`);
  }

  /** What a binding's roleRef says of the role. */
  #role(): GvkSelector | undefined {
    if (!this.#path.endsWith('roleRef/name')) return undefined;
    const role = this.#referrer.node?.['roleRef'];
    if (!isFields(role) || isNull(role['apiGroup']) || isNull(role['kind'])) return undefined;
    return { group: textOf(role['apiGroup']), kind: textOf(role['kind']) };
  }

  #isNear(one: Resource): boolean {
    const { id } = this.#referrer;
    return id.isClusterScoped || one.id.isClusterScoped || one.kind === 'ServiceAccount' || isSameNamespace(id, one.id);
  }
}

/** Whether two objects got the same prefixes and suffixes, as far as both have any. */
function isOfSameLayer(a: Resource, b: Resource, mayBeEmpty: boolean): boolean {
  return [notes.prefixes, notes.suffixes].every((note) => {
    const [own, others] = [a.noted(note), b.noted(note)];
    if (mayBeEmpty && (own.length === 0 || others.length === 0)) return true;
    return endsAlike(own, others);
  });
}

/** Whether the shorter one is the end of the longer; nothing is the end of nothing alone (utils.SameEndingSubSlice). */
function endsAlike(a: readonly string[], b: readonly string[]): boolean {
  const length = Math.min(a.length, b.length);
  if (length === 0) return a.length === b.length;
  return a.slice(a.length - length).every((value, i) => value === b[b.length - length + i]);
}
