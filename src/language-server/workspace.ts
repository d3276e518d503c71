// What the server knows: files, clusters, and which files are one apply.
import { declarationsOf, looksLikeKubernetes, Surroundings, type ParsedFile } from '../features/index.ts';
import { LiveApply, saySame, type KnownRequest, type LiveRequest, type Told } from '../features/editor.ts';
import { isClusterFile } from '../protocol/cluster-files.ts';
import type { Settings } from '../protocol/settings.ts';
import { Clusters, type ChosenCluster, type FoundFile } from './clusters.ts';
import { Files } from './files.ts';
import type { Preset } from './host.ts';
import { patchesNear } from './patch-files.ts';
import { folderOf, isInside } from './uri.ts';

/** An open manifest, and what is applied with it. */
export interface Task {
  readonly uri: string;
  /** As it is now. */
  readonly file: ParsedFile;
  readonly chosen: ChosenCluster;
  readonly request: LiveRequest;
  readonly live: LiveApply;
  /** Files beside it that are not applied. */
  readonly around: readonly ParsedFile[];
  /** All that is applied, in order. */
  readonly uris: readonly string[];
}

/** What is known of a manifest as it is now. */
export interface Judgement {
  readonly task: Task;
  /** Undefined if there is nothing to apply. */
  readonly told: Told | undefined;
}

interface Neighbours {
  readonly files: readonly FoundFile[];
  readonly surroundings: Surroundings;
}

export class Workspace {
  readonly files = new Files();
  readonly clusters: Clusters;
  readonly #lives = new Map<string, LiveApply>();
  readonly #neighbours = new Map<string, Neighbours>();

  constructor(presets: Readonly<Record<string, Preset>>) {
    this.clusters = new Clusters(this.files, presets);
  }

  /** What is to be run for an open manifest; undefined for what is none. */
  async taskFor(uri: string, settings: Settings): Promise<Task | undefined> {
    const file = this.files.openFile(uri)?.file;
    if (!file || isClusterFile(uri) || !looksLikeKubernetes(file.manifest.text)) return undefined;
    const { scope, namespace } = settings;
    if (scope === 'file' && (await this.#patches(uri)).has(uri)) return undefined;
    const chosen = await this.clusters.chosenFor(uri, settings);
    const { cluster, preset } = chosen;
    const beside = await this.#around(uri, scope);
    const others = withoutOwn(beside, uri, chosen);
    const isAlone = scope === 'file';
    const files = isAlone ? [{ uri, file }] : [...others, { uri, file }].sort((a, b) => (a.uri < b.uri ? -1 : 1));
    const key = isAlone ? uri : `${scope} ${files.map((one) => one.uri).join(' ')}`;
    const live = this.#lives.get(key) ?? new LiveApply();
    this.#lives.set(key, live);
    const request: LiveRequest = {
      cluster,
      preset,
      namespace,
      files: files.map((one) => one.file),
      ...(isAlone && { surroundings: this.#surroundings(uri, others) }),
    };
    const around = isAlone ? others.map((one) => one.file) : [];
    return { uri, file, chosen, request, live, around, uris: files.map((one) => one.uri) };
  }

  /** What an open file may name: the cluster, and the files with it and beside it; its own first. */
  async knownTo(uri: string, settings: Settings): Promise<Omit<KnownRequest, 'namespace'> | undefined> {
    const file = this.files.openFile(uri)?.file;
    if (!file) return undefined;
    const chosen = await this.clusters.chosenFor(uri, settings);
    const others = withoutOwn(await this.#around(uri, settings.scope), uri, chosen);
    return { state: chosen.cluster.state, files: [file, ...others.map((one) => one.file)] };
  }

  /** What stands beside a file that is applied alone. */
  async surroundingsOf(uri: string, chosen: ChosenCluster): Promise<Surroundings> {
    const beside = await this.#around(uri, 'file');
    return this.#surroundings(uri, withoutOwn(beside, uri, chosen));
  }

  /** The same as before, as long as the other files declare the same. */
  #surroundings(uri: string, files: readonly FoundFile[]): Surroundings {
    const known = this.#neighbours.get(uri);
    const isKnown =
      known?.files.length === files.length && known.files.every(({ file }, index) => saySame(file, files[index]!.file));
    if (isKnown) return known.surroundings;
    const surroundings = new Surroundings();
    for (const { file } of files) surroundings.add(declarationsOf(file));
    this.#neighbours.set(uri, { files, surroundings });
    return surroundings;
  }

  /** What is applied together with a manifest, or stands beside it. */
  async #around(uri: string, scope: Settings['scope']): Promise<FoundFile[]> {
    const { files } = this;
    const whole = scope === 'workspace' ? files.folders.find((one) => isInside(uri, one)) : undefined;
    const found = await (whole ? files.manifestsIn(whole, true) : files.manifestsIn(folderOf(uri), false));
    // kubectl apply -f DIR would send patches too
    const patches = scope === 'file' ? await this.#patches(uri) : undefined;
    return found.filter((one) => !isClusterFile(one.uri) && !patches?.has(one.uri));
  }

  /** The files about a manifest that kustomizations patch with: nobody applies them. */
  #patches(uri: string): Promise<ReadonlySet<string>> {
    return patchesNear(folderOf(uri), this.files);
  }

  /** Nobody looks at the manifest any more: what was kept for it goes. */
  closed(uri: string): void {
    this.files.closed(uri);
    this.#neighbours.delete(uri);
    for (const key of this.#lives.keys()) {
      const isInUse = this.files.openUris.some((open) => key.split(' ').includes(open));
      if (!isInUse) this.#lives.delete(key);
    }
  }
}

const withoutOwn = (beside: readonly FoundFile[], uri: string, { files }: ChosenCluster) =>
  beside.filter((one) => one.uri !== uri && !files.some((part) => part.uri === one.uri));
