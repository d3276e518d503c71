// One object on its way through a kustomization. What kustomize notes of it (former names, prefixes, whether a hash is due) it notes in annotations of
// the object itself, where a patch may meet them; so do we (sigs.k8s.io/kustomize/api/resource/resource.go).
import { sortedKeys } from '../../../base/order.ts';
import { currentId, effectiveNamespace, groupVersionOf, type Gvk, type ResourceId } from './ids.ts';
import { copied, fieldsAt, isEmpty, isFields, textOf, textsOf, type Fields } from './node.ts';

const domain = 'internal.config.kubernetes.io';

/** The annotations of kustomize's own, which are gone in the end. */
export const notes = {
  previousKinds: `${domain}/previousKinds`,
  previousNames: `${domain}/previousNames`,
  previousNamespaces: `${domain}/previousNamespaces`,
  prefixes: `${domain}/prefixes`,
  suffixes: `${domain}/suffixes`,
  mayChangeName: `${domain}/allowNameChange`,
  mayChangeKind: `${domain}/allowKindChange`,
  behavior: `${domain}/generatorBehavior`,
  needsHash: `${domain}/needsHashSuffix`,
} as const;

/** Others whose annotations are taken for kustomize's. */
const buildAnnotations: readonly string[] = [
  ...Object.values(notes),
  ...['refBy', 'path', 'index', 'seqindent', 'id', 'annotations-migration-resource-id', 'helm-generated'].map(
    (name) => `${domain}/${name}`,
  ),
  ...['config.kubernetes.io/path', 'config.kubernetes.io/index', 'config.k8s.io/id'],
];
const origins = ['config.kubernetes.io/origin', 'alpha.config.kubernetes.io/transformations'];

export type Texts = Readonly<Record<string, string>>;

export class Resource {
  /** Undefined once a patch has deleted the object. */
  node: Fields | undefined;

  constructor(node: Fields) {
    this.node = node;
  }

  copy(): Resource {
    return new Resource(copied(this.node ?? {}));
  }

  get #metadata(): Fields | undefined {
    const metadata = this.node?.['metadata'];
    return isFields(metadata) && !isEmpty(metadata) ? metadata : undefined;
  }

  #metadataText(field: string): string {
    const value = this.#metadata?.[field];
    return isEmpty(value) ? '' : textOf(value);
  }

  get kind(): string {
    return textOf(this.node?.['kind'] ?? '');
  }

  get apiVersion(): string {
    return textOf(this.node?.['apiVersion'] ?? '');
  }

  get gvk(): Gvk {
    return { ...groupVersionOf(this.apiVersion), kind: this.kind };
  }

  get name(): string {
    return this.#metadataText('name');
  }

  get namespace(): string {
    return this.#metadataText('namespace');
  }

  get labels(): Record<string, string> {
    return textsOf(this.#metadata?.['labels']);
  }

  get annotations(): Record<string, string> {
    return textsOf(this.#metadata?.['annotations']);
  }

  setKind(kind: string): void {
    if (this.node) this.node['kind'] = kind;
  }

  setName(name: string): void {
    if (this.node) fieldsAt(this.node, 'metadata')['name'] = name;
  }

  setNamespace(namespace: string): void {
    if (!this.node) return;
    if (namespace) fieldsAt(this.node, 'metadata')['namespace'] = namespace;
    else if (isFields(this.node['metadata'])) delete this.node['metadata']['namespace'];
  }

  setLabels(labels: Texts): void {
    this.#setTexts('labels', labels);
  }

  /** All values become strings, whatever they were; without any, the field goes. */
  setAnnotations(annotations: Texts): void {
    this.#setTexts('annotations', annotations);
  }

  #setTexts(field: string, texts: Texts): void {
    if (!this.node) return;
    const metadata = fieldsAt(this.node, 'metadata');
    delete metadata[field];
    const keys = sortedKeys(texts);
    if (keys.length > 0) metadata[field] = Object.fromEntries(keys.map((key) => [key, texts[key]]));
  }

  note(annotation: string, value: string): void {
    this.setAnnotations({ ...this.annotations, [annotation]: value });
  }

  isNoted(annotation: string): boolean {
    return this.annotations[annotation] === 'enabled';
  }

  /** The values that were noted one after the other. */
  noted(annotation: string): readonly string[] {
    return this.annotations[annotation]?.split(',') ?? [];
  }

  #add(annotation: string, value: string): void {
    if (value === '' || !this.node) return;
    // only this one: the others stay as they are written
    const annotations = fieldsAt(fieldsAt(this.node, 'metadata'), 'annotations');
    annotations[annotation] = [...this.noted(annotation), value].join(',');
  }

  addPrefix(prefix: string): void {
    this.#add(notes.prefixes, prefix);
  }

  addSuffix(suffix: string): void {
    this.#add(notes.suffixes, suffix);
  }

  get id(): ResourceId {
    return currentId(this.gvk, this.name, this.namespace);
  }

  /** What it was called before, the oldest first. */
  get previousIds(): readonly ResourceId[] {
    const { group, version } = this.gvk;
    const [namespaces, kinds] = [this.noted(notes.previousNamespaces), this.noted(notes.previousKinds)];
    return this.noted(notes.previousNames).map((name, i) => ({
      gvk: { group, version, kind: kinds[i] ?? '' },
      name,
      namespace: namespaces[i] ?? '',
      isClusterScoped: false,
    }));
  }

  get originalId(): ResourceId {
    return this.previousIds[0] ?? this.id;
  }

  rememberId(): void {
    const { id } = this;
    this.#add(notes.previousNames, id.name);
    this.#add(notes.previousNamespaces, effectiveNamespace(id));
    this.#add(notes.previousKinds, id.gvk.kind);
  }

  /** Takes name, namespace, labels and annotations of another, whose own are overridden. */
  takeMetadataFrom(other: Resource): void {
    this.setLabels({ ...other.labels, ...this.labels });
    const needsHash = notes.needsHash in this.annotations;
    const own = Object.entries(this.annotations).filter(([key]) => !buildAnnotations.includes(key));
    const { annotations } = other;
    const theirs = Object.entries(annotations).filter(([key]) => needsHash || key !== notes.needsHash);
    this.setAnnotations(Object.fromEntries([...theirs, ...own]));
    this.setName(other.name);
    this.setNamespace(other.namespace);
  }

  /** In the end there are the author's annotations alone, all of them strings. */
  removeNotes(): void {
    const own = Object.entries(this.annotations).filter(
      ([key]) => !buildAnnotations.includes(key) && !origins.includes(key),
    );
    this.setAnnotations(Object.fromEntries(own));
  }
}
