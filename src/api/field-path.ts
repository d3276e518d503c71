// Field paths as k8s.io/apimachinery/pkg/util/validation/field prints them: spec.containers[0].image, metadata.labels[app].

/** One step into an object: a field's name, a list index, or the key of a map. */
export type PathSegment = { readonly field: string } | { readonly index: number } | { readonly key: string };

/** A chain built while a validator walks down; cheap to extend, printed only when something is wrong. */
export class FieldPath {
  readonly parent: FieldPath | undefined;
  readonly segment: PathSegment;

  private constructor(parent: FieldPath | undefined, segment: PathSegment) {
    this.parent = parent;
    this.segment = segment;
  }

  static of(first: string, ...more: string[]): FieldPath {
    return more.reduce<FieldPath>((path, name) => path.child(name), new FieldPath(undefined, { field: first }));
  }

  child(name: string, ...more: string[]): FieldPath {
    let path = new FieldPath(this, { field: name });
    for (const field of more) path = new FieldPath(path, { field });
    return path;
  }

  index(index: number): FieldPath {
    return new FieldPath(this, { index });
  }

  key(key: string): FieldPath {
    return new FieldPath(this, { key });
  }

  segments(): PathSegment[] {
    return this.parent ? [...this.parent.segments(), this.segment] : [this.segment];
  }

  toString(): string {
    const before = this.parent?.toString() ?? '';
    if ('field' in this.segment) return before ? `${before}.${this.segment.field}` : this.segment.field;
    return 'index' in this.segment ? `${before}[${this.segment.index}]` : `${before}[${this.segment.key}]`;
  }
}
