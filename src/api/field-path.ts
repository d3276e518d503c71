// Field paths as k8s.io/apimachinery/pkg/util/validation/field prints them: spec.containers[0].image, metadata.labels[app].

/** One step into an object: a field's name, a list index, or the key of a map. */
export type PathSegment = { readonly field: string } | { readonly index: number } | { readonly key: string };

/** A chain built while a validator walks down; cheap to extend, printed only when something is wrong. */
export class FieldPath {
  readonly parent: FieldPath | undefined;
  readonly #form: 'field' | 'index' | 'key';
  readonly #name: string | number;

  private constructor(parent: FieldPath | undefined, form: 'field' | 'index' | 'key', name: string | number) {
    this.parent = parent;
    this.#form = form;
    this.#name = name;
  }

  static of(first: string, ...more: string[]): FieldPath {
    return more.reduce<FieldPath>((path, name) => path.child(name), new FieldPath(undefined, 'field', first));
  }

  child(name: string, ...more: string[]): FieldPath {
    let path = new FieldPath(this, 'field', name);
    for (const field of more) path = new FieldPath(path, 'field', field);
    return path;
  }

  index(index: number): FieldPath {
    return new FieldPath(this, 'index', index);
  }

  key(key: string): FieldPath {
    return new FieldPath(this, 'key', key);
  }

  segments(): PathSegment[] {
    const own = { [this.#form]: this.#name } as PathSegment;
    return this.parent ? [...this.parent.segments(), own] : [own];
  }

  toString(): string {
    const before = this.parent?.toString() ?? '';
    if (this.#form !== 'field') return `${before}[${this.#name}]`;
    return before ? `${before}.${this.#name}` : String(this.#name);
  }
}
