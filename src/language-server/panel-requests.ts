// What the panel asks: a run is made once, kept for a while, and looked at from all sides.
import { ErrorCodes, ResponseError, type Connection } from 'vscode-languageserver';
import { markdownReport } from '../features/index.ts';
import {
  applyOf,
  clusterView,
  fixesView,
  kubectlView,
  nodesView,
  PanelRun,
  runView,
  stepDetail,
  storedView,
  storyView,
  whatIfView,
  writeWhatIf,
  type PanelRequest,
} from '../features/editor.ts';
import type { RunRequest } from '../protocol/panel.ts';
import { runIsGone, type Method, type Requests } from '../protocol/requests.ts';
import type { Settings } from '../protocol/settings.ts';
import { baseName, canonical, isInside, joined } from './uri.ts';
import type { Workspace } from './workspace.ts';

type Answers = { [M in Method]: (params: Requests[M]['params']) => Promise<Requests[M]['result']> };

/** Runs that are kept: what a few panels look at, and the one before. */
const most = 6;

export class PanelRequests {
  readonly #workspace: Workspace;
  readonly #settingsFor: (uri: string) => Promise<Settings>;
  readonly #runs = new Map<number, PanelRun>();
  #count = 0;
  #isClusterShown = false;

  constructor(workspace: Workspace, settingsFor: (uri: string) => Promise<Settings>) {
    this.#workspace = workspace;
    this.#settingsFor = settingsFor;
  }

  /** Whether somebody looks at a run, or at the cluster. */
  get isWatched(): boolean {
    return this.#runs.size > 0 || this.#isClusterShown;
  }

  listen(connection: Connection): void {
    const answers = this.#answers() as unknown as Record<string, (params: unknown) => Promise<unknown>>;
    for (const [method, answer] of Object.entries(answers)) connection.onRequest(method, answer);
  }

  #answers(): Answers {
    const run = (id: number) => this.#run(id);
    const view =
      <P extends { run: number }, R>(look: (run: PanelRun, params: P) => R) =>
      (params: P) =>
        Promise.resolve().then(() => look(run(params.run), params));
    return {
      'applyscope/simulate': async (params) => runView(await this.#simulate(params)),
      'applyscope/story': view((of, { depth }) => storyView(of, depth)),
      'applyscope/step': view((of, { seq }) => stepDetail(of, seq) ?? refuse(`the run has no step ${seq}`)),
      'applyscope/nodes': view((of, { pod }) => nodesView(of, pod)),
      'applyscope/kubectl': view((of, { time, object }) => kubectlView(of, time, object)),
      'applyscope/stored': view((of, { object }) => storedView(of, object)),
      'applyscope/whatIf': view((of) => whatIfView(of)),
      'applyscope/writeWhatIf': async ({ request, whatIf }) => {
        const of = await this.#requestOf(request);
        return writeWhatIf(of, whatIf, of.apply.preset ? this.#presetFor(request, of.apply.cluster.name) : undefined);
      },
      'applyscope/fixes': view((of) => fixesView(of)),
      'applyscope/report': view((of, { depth }) => ({ markdown: markdownReport(of.applied, depth) })),
      'applyscope/cluster': ({ uri }) => this.#cluster(uri),
    };
  }

  #run(id: number): PanelRun {
    const run = this.#runs.get(id);
    if (!run) throw new ResponseError(runIsGone, 'the run is not kept any more: simulate again');
    // what was looked at last is kept longest
    this.#runs.delete(id);
    this.#runs.set(id, run);
    return run;
  }

  async #simulate(request: RunRequest): Promise<PanelRun> {
    const run = new PanelRun(await this.#requestOf(request), ++this.#count);
    this.#runs.set(run.id, run);
    for (const id of [...this.#runs.keys()].slice(0, -most)) this.#runs.delete(id);
    return run;
  }

  /** A preset, and the file that it can be written down in, if the manifest is part of a folder that is open. */
  #presetFor({ uris: [uri = ''] }: RunRequest, name: string): { text: string; uri: string } | undefined {
    const { files, clusters } = this.#workspace;
    const folder = files.folders.find((one) => isInside(canonical(uri), one));
    const text = clusters.textOf(name);
    return folder === undefined || text === undefined
      ? undefined
      : { text, uri: joined(folder, '.applyscope', 'cluster.yaml') };
  }

  async #requestOf({ uris, whatIf }: RunRequest): Promise<PanelRequest> {
    const { files } = this.#workspace;
    const named = uris.map(canonical);
    const [first] = named;
    if (first === undefined) return refuse('no file is named');
    const found = new Map<string, { uri: string; file: Awaited<ReturnType<typeof files.get>> }>();
    let isFolder = false;
    for (const uri of named) {
      const file = await files.get(uri);
      isFolder = !file;
      for (const one of file ? [{ uri, file }] : await files.manifestsIn(uri, false)) found.set(one.uri, one);
    }
    const parsed = [...found.values()].flatMap(({ file }) => file ?? []);
    const settings = await this.#settingsFor(first);
    const chosen = await this.#workspace.clusters.chosenFor(first, settings);
    const { cluster, preset } = chosen;
    const request = { cluster, preset, namespace: settings.namespace };
    const [only] = found.keys();
    const surroundings =
      found.size === 1 && only !== undefined && !isFolder
        ? await this.#workspace.surroundingsOf(only, chosen)
        : undefined;
    return {
      title: found.size === 1 || named.length === 1 ? baseName(first) + (isFolder ? '/' : '') : `${found.size} files`,
      apply: applyOf(parsed, request, surroundings) ?? { ...request, files: parsed },
      ...(whatIf && { whatIf }),
      clusterFiles: chosen.files.map(({ file }) => file),
      uriOf: (name) => files.uriOf(name),
    };
  }

  async #cluster(uri: string | undefined): Promise<Requests['applyscope/cluster']['result']> {
    this.#isClusterShown = true;
    const { files, clusters } = this.#workspace;
    const about = uri === undefined ? `${files.folders[0] ?? 'file://'}/manifest.yaml` : canonical(uri);
    const chosen = await clusters.chosenFor(about, await this.#settingsFor(about));
    const last = [...this.#runs.values()].findLast(({ request }) => request.apply.cluster.name === chosen.cluster.name);
    return {
      name: chosen.name,
      assumed: chosen.assumed,
      ...(chosen.problem !== undefined && { problem: chosen.problem }),
      nodes: clusterView({
        state: last ? last.applied.state() : chosen.cluster.state,
        files: chosen.files.map(({ file }) => file),
        uriOf: (name) => files.uriOf(name),
      }),
    };
  }
}

function refuse(why: string): never {
  throw new ResponseError(ErrorCodes.InvalidParams, why);
}
