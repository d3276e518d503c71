// Where objects and their fields stand in documents that an editor can open.
import type { KubeObject, ObjectRef } from '../../api/object.ts';
import type { TextRange } from '../../manifest/index.ts';
import type { Place, Position } from '../../protocol/panel.ts';
import { rangeIn, type LocatedFinding } from '../locate.ts';
import { DeclarationIndex, type ParsedFile } from '../sources.ts';

export class Places {
  readonly #files: readonly ParsedFile[];
  readonly #index: DeclarationIndex;
  readonly #uriOf: (file: string) => string | undefined;

  constructor(files: readonly ParsedFile[], uriOf: (file: string) => string | undefined, namespace?: string) {
    this.#files = files;
    this.#uriOf = uriOf;
    this.#index = new DeclarationIndex(files, namespace);
  }

  /** The place of a field, or of the nearest thing around it that is written; undefined for an object that is written nowhere. */
  ofField(object: Pick<ObjectRef, 'apiVersion' | 'kind' | 'namespace' | 'name'>, path = ''): Place | undefined {
    const declared = this.#index.find(object);
    return declared && this.#at(declared.file, rangeIn(declared, { path }));
  }

  /** The object as it is written. */
  declared(object: ObjectRef): KubeObject | undefined {
    return this.#index.find(object)?.object;
  }

  ofFinding({ file, start, end }: LocatedFinding): Place | undefined {
    const parsed = this.#files.find(({ name }) => name === file);
    return parsed && this.#at(parsed, { start, end });
  }

  #at({ name, manifest: { lineIndex } }: ParsedFile, { start, end }: TextRange): Place | undefined {
    const uri = this.#uriOf(name);
    const position = (offset: number): Position => {
      const { line, column } = lineIndex.positionAt(offset);
      return { line, character: column };
    };
    return uri === undefined ? undefined : { uri, range: { start: position(start), end: position(end) } };
  }
}
