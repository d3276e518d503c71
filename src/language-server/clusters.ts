// Which cluster a manifest is judged on: what the settings name, else the nearest `.applyscope/cluster.yaml`, else the preset `tutorial`.
import {
  imagesOf,
  loadCluster,
  type Cluster,
  type ImageBehaviours,
  type ParsedFile,
  type Source,
} from '../features/index.ts';
import type { Settings } from '../protocol/settings.ts';
import type { Files } from './files.ts';
import type { Preset } from './host.ts';
import { folderOf, isInside, joined, resolved } from './uri.ts';

export interface FoundFile {
  readonly uri: string;
  readonly file: ParsedFile;
}

export interface ChosenCluster {
  readonly name: string;
  readonly cluster: Cluster;
  /** Nodes of manifests take the place of its own. */
  readonly preset: boolean;
  readonly assumed: boolean;
  /** Its files; none of a preset. */
  readonly files: readonly FoundFile[];
  /** What is wrong with what the settings name. If its files are no cluster, `cluster` is the preset `tutorial`. */
  readonly problem?: string;
}

interface Choice {
  readonly name: string;
  readonly preset: boolean;
  readonly assumed: boolean;
  readonly files: readonly FoundFile[];
  readonly images: ParsedFile | undefined;
  readonly problem?: string;
}

type Named = Omit<Choice, 'images'>;

const fallback = 'tutorial';

export class Clusters {
  readonly #files: Files;
  readonly #presets: Readonly<Record<string, Preset>>;
  readonly #loaded = new Map<string, { readonly choice: Choice; readonly chosen: ChosenCluster }>();

  constructor(files: Files, presets: Readonly<Record<string, Preset>>) {
    this.#files = files;
    this.#presets = presets;
  }

  /** The cluster for a manifest. The same one as before, as long as nothing of it has changed. */
  async chosenFor(uri: string, settings: Pick<Settings, 'cluster' | 'images'>): Promise<ChosenCluster> {
    const images = settings.images ? await this.#imageFile(uri, settings.images) : undefined;
    const choice = { ...(await this.#choose(uri, settings.cluster.trim())), images };
    const key = [choice.name, images?.name].join('\n');
    const known = this.#loaded.get(key);
    if (known && isSame(known.choice, choice)) return known.chosen;
    const chosen = this.#load(choice);
    this.#loaded.set(key, { choice, chosen });
    return chosen;
  }

  /** The text of a preset. */
  textOf(preset: string): string | undefined {
    return this.#presets[preset]?.text;
  }

  async #choose(uri: string, setting: string): Promise<Named> {
    if (setting in this.#presets) return { name: setting, preset: true, assumed: false, files: [] };
    if (setting) return this.#named(uri, setting);
    const file = await this.#nearest(uri);
    if (file) return { name: file.file.name, preset: false, assumed: false, files: [file] };
    return { name: fallback, preset: true, assumed: true, files: [] };
  }

  /** What a setting names, as a URI. */
  #target(uri: string, setting: string): string | undefined {
    const { folders } = this.#files;
    return resolved(setting, folders.find((one) => isInside(uri, one)) ?? folders[0] ?? folderOf(uri));
  }

  async #named(uri: string, setting: string): Promise<Named> {
    const target = this.#target(uri, setting);
    const common = { name: setting, preset: false, assumed: false };
    const file = target && (await this.#files.get(target));
    if (file) return { ...common, files: [{ uri: target, file }] };
    const files = target ? await this.#files.manifestsIn(target, true) : [];
    const presets = Object.keys(this.#presets).join(', ');
    const problem = `the cluster ${setting} is no file, no folder with manifests, and no preset (${presets})`;
    return { ...common, files, ...(files.length === 0 && { problem }) };
  }

  async #imageFile(uri: string, setting: string): Promise<ParsedFile | undefined> {
    const target = this.#target(uri, setting);
    return target ? this.#files.get(target) : undefined;
  }

  /** `.applyscope/cluster.yaml` in the manifest's folder or above it, up to the workspace folder. */
  async #nearest(uri: string): Promise<FoundFile | undefined> {
    const top = this.#files.folders.find((one) => isInside(uri, one));
    for (let folder = folderOf(uri); ; folder = folderOf(folder)) {
      const candidate = joined(folder, '.applyscope', 'cluster.yaml');
      const file = await this.#files.get(candidate);
      if (file) return { uri: candidate, file };
      if (folder === top || folder === folderOf(folder)) return undefined;
    }
  }

  #load({ images: imageFile, problem: missing, ...choice }: Choice): ChosenCluster {
    const images = imageFile && imagesOf(imageFile);
    const wrong = typeof images === 'string' ? `the images file ${imageFile?.name}: ${images}` : undefined;
    const behaviours = typeof images === 'string' ? undefined : images;
    const loaded =
      missing !== undefined
        ? { problem: missing }
        : choice.preset
          ? this.#preset(choice.name, choice.assumed, behaviours)
          : loadCluster({ ...choice, sources: choice.files.map(sourceOf), ...(behaviours && { images: behaviours }) });
    const problem = 'problem' in loaded ? loaded.problem : wrong;
    const cluster = 'problem' in loaded ? this.#preset(fallback, true, behaviours) : loaded;
    return {
      ...choice,
      preset: choice.preset || 'problem' in loaded,
      cluster,
      ...(problem !== undefined && { problem }),
    };
  }

  #preset(name: string, assumed: boolean, images: ImageBehaviours | undefined): Cluster {
    const { text = '', settled } = this.#presets[name] ?? {};
    const sources: Source[] = [{ name: `preset ${name}`, text }];
    const cluster = loadCluster({ name, sources, assumed, ...(images && { images }), ...(settled && { settled }) });
    if ('problem' in cluster) throw new Error(cluster.problem);
    return cluster;
  }
}

const sourceOf = ({ file: { name, manifest } }: FoundFile): Source => ({
  name,
  text: manifest.text,
  ...(manifest.options.problem && { problem: manifest.options.problem }),
});

const isSame = (a: Choice, b: Choice) =>
  a.problem === b.problem &&
  a.assumed === b.assumed &&
  a.images === b.images &&
  a.files.length === b.files.length &&
  a.files.every(({ file }, index) => file === b.files[index]?.file);
