// The diagrams that were drawn last. A page that is opened again, or shown after it was hidden, need not draw what it did before.
import type { Picture } from '../../protocol/webview.ts';

/** As many as somebody goes back and forth between; each has some 40 KB. */
const most = 8;

export class Pictures {
  readonly #kept = new Map<string, Picture>();

  /** `key` names what the diagram is of. */
  of(key: string): Picture | undefined {
    return this.#kept.get(key);
  }

  keep(key: string, picture: Picture): void {
    this.#kept.delete(key);
    this.#kept.set(key, picture);
    for (const old of [...this.#kept.keys()].slice(0, -most)) this.#kept.delete(old);
  }
}
