// Runs what the open manifests ask for, the one that was edited last first, in slices: what is typed meanwhile is taken in, and ends the run
// of what it makes old.
import type { Told } from '../features/editor.ts';
import type { Settings } from '../protocol/settings.ts';
import type { Judgement, Task, Workspace } from './workspace.ts';

export interface TellerOptions {
  readonly workspace: Workspace;
  readonly settingsFor: (uri: string) => Promise<Settings>;
  /** Lets the messages that have arrived be taken in. */
  readonly pause: () => Promise<void>;
  /** Something is known of a manifest; undefined: it is none. */
  readonly onJudged: (uri: string, judgement: Judgement | undefined) => Promise<void>;
  /** Everything that was touched has been told. */
  readonly onIdle: () => void;
  readonly onProblem: (error: unknown) => void;
}

/** Milliseconds of work between two looks at what has arrived. */
const slice = 8;

export class Teller {
  readonly #options: TellerOptions;
  /** Manifests about which something may have changed, the one that was edited last at the end. */
  readonly #dirty = new Set<string>();
  readonly #judged = new Map<string, Judgement | undefined>();
  readonly #waiting = new Map<string, (() => void)[]>();
  #touches = 0;
  #working = false;

  constructor(options: TellerOptions) {
    this.#options = options;
  }

  /** Something has changed that every open manifest may hang on; one that was edited itself is served first. */
  touch(edited?: string): void {
    for (const uri of this.#options.workspace.files.openUris) this.#dirty.add(uri);
    if (edited !== undefined) {
      this.#dirty.delete(edited);
      this.#dirty.add(edited);
    }
    this.#touches++;
    void this.#work();
  }

  closed(uri: string): void {
    this.#dirty.delete(uri);
    this.#judged.delete(uri);
    this.#wake(uri);
    this.touch();
  }

  /** What is known of a manifest as it is now, be it for the moment; with `whole` in the end. */
  async judgement(uri: string, { whole = false } = {}): Promise<Judgement | undefined> {
    for (;;) {
      if (!this.#options.workspace.files.openFile(uri)) return undefined;
      const judged = this.#judged.get(uri);
      if (!this.#dirty.has(uri) && this.#judged.has(uri) && (!whole || judged?.told?.isWhole !== false)) return judged;
      await new Promise<void>((resolve) => {
        this.#waiting.set(uri, [...(this.#waiting.get(uri) ?? []), resolve]);
        void this.#work();
      });
    }
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    try {
      for (;;) {
        await this.#takeIn();
        const uri = [...this.#dirty].at(-1);
        if (uri === undefined) break;
        this.#judged.delete(uri);
        this.#dirty.delete(uri);
        await this.#judge(uri);
      }
    } finally {
      this.#working = false;
      this.#options.onIdle();
    }
  }

  /** Until the messages that have arrived are taken in: of several edits at once only the last is judged. */
  async #takeIn(): Promise<void> {
    for (let before = -1; before !== this.#touches;) {
      before = this.#touches;
      await this.#options.pause();
      await this.#options.pause();
    }
  }

  async #judge(uri: string): Promise<void> {
    const { workspace, settingsFor, onProblem } = this.#options;
    try {
      const task = await workspace.taskFor(uri, await settingsFor(uri));
      if (this.#dirty.has(uri)) return;
      if (task) await this.#run(task);
      else await this.#told(uri, undefined);
    } catch (error) {
      // what goes wrong in one manifest must not end the server
      onProblem(error);
      await this.#told(uri, undefined);
    }
  }

  async #run(task: Task): Promise<void> {
    const touches = this.#touches;
    let deadline = 0;
    const work = task.live.tell(task.request, () => performance.now() > deadline);
    for (;;) {
      deadline = performance.now() + slice;
      const { value: told, done } = work.next();
      if (told ?? done) await this.#told(task.uri, { task, told: told as Told | undefined });
      if (done) return;
      await this.#options.pause();
      // whatever was touched, this manifest may hang on it: what is being run is old
      if (this.#touches !== touches) return;
    }
  }

  async #told(uri: string, judgement: Judgement | undefined): Promise<void> {
    if (!this.#options.workspace.files.openFile(uri)) return;
    this.#judged.set(uri, judgement);
    await this.#options.onJudged(uri, judgement);
    this.#wake(uri);
  }

  #wake(uri: string): void {
    const waiting = this.#waiting.get(uri) ?? [];
    this.#waiting.delete(uri);
    for (const resolve of waiting) resolve();
  }
}
