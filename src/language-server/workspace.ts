// What the server knows: files, clusters, and what a run says of every open manifest.
import { declarationsOf, looksLikeKubernetes, Surroundings, type Applied, type ParsedFile } from '../features/index.ts';
import { judgeFile, judgeTogether } from '../features/editor.ts';
import type { Settings } from '../protocol/settings.ts';
import { Clusters, isClusterFile, type ChosenCluster, type FoundFile } from './clusters.ts';
import { Files } from './files.ts';
import type { Preset } from './host.ts';
import { folderOf, isInside } from './uri.ts';

/** What is known of a manifest at a version of it. */
export interface Judgement {
  readonly file: ParsedFile;
  readonly chosen: ChosenCluster;
  /** Undefined if there is nothing to apply. */
  readonly applied: Applied | undefined;
}

export class Workspace {
  readonly files = new Files();
  readonly clusters: Clusters;

  constructor(presets: Readonly<Record<string, Preset>>) {
    this.clusters = new Clusters(this.files, presets);
  }

  /** Runs what is applied together with an open manifest; undefined for what is none. */
  async judge(uri: string, settings: Settings): Promise<Judgement | undefined> {
    const file = this.files.openFile(uri)?.file;
    if (!file || isClusterFile(uri) || !looksLikeKubernetes(file.manifest.text)) return undefined;
    const chosen = await this.clusters.chosenFor(uri, settings);
    const { cluster, preset } = chosen;
    const around = await this.#around(uri, settings.scope);
    const others = around.filter((one) => one.uri !== uri && !chosen.files.some((part) => part.uri === one.uri));
    const request = { cluster, preset, namespace: settings.namespace };
    if (settings.scope !== 'file') {
      const files = [...others, { uri, file }].sort((a, b) => (a.uri < b.uri ? -1 : 1));
      return {
        file,
        chosen,
        applied: judgeTogether(
          files.map((one) => one.file),
          request,
        ),
      };
    }
    const surroundings = new Surroundings();
    for (const other of others) surroundings.add(declarationsOf(other.file));
    return { file, chosen, applied: judgeFile(file, surroundings, request) };
  }

  /** What is applied together with a manifest, or stands beside it. */
  async #around(uri: string, scope: Settings['scope']): Promise<FoundFile[]> {
    const { files } = this;
    const whole = scope === 'workspace' ? files.folders.find((one) => isInside(uri, one)) : undefined;
    const found = await (whole ? files.manifestsIn(whole, true) : files.manifestsIn(folderOf(uri), false));
    return found.filter((one) => !isClusterFile(one.uri));
  }
}
