// All objects of a kustomization in the order in which they came (sigs.k8s.io/kustomize/api/resmap).
import { goPattern } from '../../../base/go-pattern.ts';
import { quote } from '../../../api/go-text.ts';
import { matchesRequirement, parseSelector } from '../../../api/label-selector.ts';
import { effectiveNamespace, idText, isSameId, type ResourceId } from './ids.ts';
import type { Selector } from './kustomization.ts';
import { textsOf } from './node.ts';
import { validated } from './objects.ts';
import { notModelled, refuse } from './problem.ts';
import { notes, type Resource, type Texts } from './resource.ts';

export class ResMap {
  #resources: Resource[] = [];

  get resources(): readonly Resource[] {
    return this.#resources;
  }

  append(resource: Resource): void {
    const { id } = resource;
    if (this.#resources.some((one) => isSameId(one.id, id))) {
      refuse(`may not add resource with an already registered id: ${idText(id)}`);
    }
    this.#resources.push(resource);
  }

  appendAll(resources: readonly Resource[]): void {
    for (const resource of resources) this.append(resource);
  }

  /** Takes what a generator has made: as something new, or in the place of what has its name. */
  absorb(resource: Resource): void {
    const { id } = resource;
    const behavior = resource.annotations[notes.behavior] ?? 'unspecified';
    const isChange = behavior === 'merge' || behavior === 'replace';
    const [old, ...more] = this.withId(id);
    const name = `id ${goSyntax(id)}`;
    if (!old) {
      if (isChange) refuse(`${name} does not exist; cannot merge or replace`);
      return this.append(resource);
    }
    if (more.length > 0) refuse(`found multiple objects that could accept merge of ${name}`);
    if (!isChange) refuse(`${name} exists; can not use behavior: '${behavior}', behavior must be merge or replace`);
    resource.takeMetadataFrom(old);
    if (behavior === 'merge') for (const field of ['data', 'binaryData']) mergeTexts(resource, old, field);
    this.#resources[this.#resources.indexOf(old)] = resource;
  }

  /** Those that have or had an id. */
  withId(id: ResourceId): readonly Resource[] {
    return this.matching((one) => isSameId(id, one));
  }

  matching(isMeant: (id: ResourceId) => boolean): readonly Resource[] {
    return this.#resources.filter((one) => one.node && [...one.previousIds, one.id].some(isMeant));
  }

  /** Leaves out what has been deleted. */
  dropDeleted(): void {
    this.#resources = this.#resources.filter(({ node }) => node && Object.keys(node).length > 0);
  }

  /** Leaves out what is only for kustomize; all must have a kind and a name by now. */
  dropLocal(): void {
    for (const { node } of this.#resources) validated(node);
    this.#resources = this.#resources.filter(({ annotations }) =>
      ['false', undefined].includes(annotations['config.kubernetes.io/local-config']),
    );
  }

  /** Whether two objects have one id. */
  get hasTwins(): boolean {
    return this.#resources.some((one, i) => this.#resources.some((other, j) => j < i && isSameId(one.id, other.id)));
  }

  replaceAll(resources: readonly Resource[]): void {
    this.#resources = [];
    this.appendAll(resources);
  }

  select(selector: Selector): readonly Resource[] {
    return this.#resources.filter((one) => {
      const { id, originalId, gvk } = one;
      return (
        matchesPattern(selector.namespace, effectiveNamespace(originalId), effectiveNamespace(id)) &&
        matchesPattern(selector.name, originalId.name, id.name) &&
        matchesPattern(selector.group, gvk.group) &&
        matchesPattern(selector.version, gvk.version) &&
        matchesPattern(selector.kind, gvk.kind) &&
        hasTexts(selector.labelSelector, one.labels) &&
        hasTexts(selector.annotationSelector, one.annotations)
      );
    });
  }
}

/** Go's `%#v` of an id. */
const goSyntax = ({ gvk: { group, version, kind }, name, namespace, isClusterScoped }: ResourceId) =>
  `resid.ResId{Gvk:resid.Gvk{Group:${quote(group)}, Version:${quote(version)}, Kind:${quote(kind)}, isClusterScoped:${isClusterScoped}}, Name:${quote(name)}, Namespace:${quote(namespace)}}`;

function mergeTexts(resource: Resource, old: Resource, field: string): void {
  const { node } = resource;
  if (!node) return;
  const merged = { ...textsOf(old.node?.[field]), ...textsOf(node[field]) };
  delete node[field];
  if (Object.keys(merged).length > 0) node[field] = merged;
}

/** Whether any of the texts is all that a pattern says; without one, all are. */
export const matchesPattern = (pattern: string | undefined, ...texts: readonly string[]) =>
  !pattern || texts.some((text) => anchored(pattern).test(text));

const anchored = (pattern: string) => goPattern(`^(?:${pattern})$`) ?? notModelled(`the pattern ${pattern}`);

export function hasTexts(selector: string | undefined, texts: Texts): boolean {
  if (!selector) return true;
  const requirements = parseSelector(selector) ?? notModelled(`the selector ${selector}`);
  return requirements.every((requirement) => matchesRequirement(requirement, texts));
}
