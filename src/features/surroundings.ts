// What files declare, as an apply of one of them meets it.
import { copyWith } from '../base/copy.ts';
import { PodTemplates } from '../analyzer/pod-templates.ts';
import type { KubeObject } from '../api/object.ts';
import { isObject } from '../base/json.ts';
import { loadObjects, withoutObjects } from '../simulator/index.ts';
import { withNodes, type Cluster } from './cluster.ts';
import type { Declarations } from './declarations.ts';
import type { ParsedFile } from './sources.ts';

interface Neighbour {
  readonly file: string;
  readonly object: KubeObject;
}

export class Surroundings {
  /** The Pods that the files describe: none of them is there, but a Service may count on them. */
  readonly templates = new PodTemplates();
  /** The kinds whose definitions are among the files. */
  readonly customKinds = new Set<string>();
  /** The names of the files' Services. */
  readonly services = new Set<string>();
  readonly #always: Neighbour[] = [];
  readonly #nodes: Neighbour[] = [];
  readonly #byName = new Map<string, { readonly file: string; readonly json: string }[]>();
  /** What policies are bound to: it matters to whatever they are asked about. */
  readonly #params = new Set<string>();
  #inhabited: { readonly from: Cluster; readonly cluster: Cluster } | undefined;

  add(declarations: Declarations | undefined): void {
    if (!declarations) return;
    const { file, objects, named, pods, customKinds, services } = declarations;
    for (const pod of pods) this.templates.add(pod);
    for (const kind of customKinds) this.customKinds.add(kind);
    for (const name of services) this.services.add(name);
    for (const object of objects) {
      (object.kind === 'Node' ? this.#nodes : this.#always).push({ file, object });
      if (object.kind.endsWith('AdmissionPolicyBinding')) strings(object, this.#params);
    }
    for (const { name, json } of named) {
      const list = this.#byName.get(name);
      if (list) list.push({ file, json });
      else this.#byName.set(name, [{ file, json }]);
    }
  }

  /** The cluster as an apply of the file meets it: with what the other files declare, and without the file's own objects. */
  clusterFor(file: ParsedFile, cluster: Cluster, isPreset: boolean): Cluster {
    const shared = this.#shared(file, cluster, isPreset);
    const own = file.declared.map(({ object }) => object);
    const { snapshot } = loadObjects(shared.state, this.namedIn(file.declared));
    return copyWith(shared, { state: withoutObjects(copyWith(shared.state, { snapshot }), own) });
  }

  /** With the nodes of other files, in place of a preset's as if they were applied first, and what matters to everybody; mostly made once for all files. */
  #shared(file: ParsedFile, cluster: Cluster, isPreset: boolean): Cluster {
    const nodes = this.#nodes.filter((one) => one.file !== file.name).map(({ object }) => object);
    const isOwn = nodes.length < this.#nodes.length;
    if (!isOwn && this.#inhabited?.from === cluster) return this.#inhabited.cluster;
    const settled = withNodes(cluster, nodes, isPreset);
    const { snapshot } = loadObjects(
      settled.state,
      this.#always.map(({ object }) => object),
    );
    const inhabited = { ...settled, state: { ...settled.state, snapshot } };
    if (!isOwn) this.#inhabited = { from: cluster, cluster: inhabited };
    return inhabited;
  }

  /** What other files declare that matters to objects because they name it. */
  namedIn(declared: ParsedFile['declared']): KubeObject[] {
    if (this.#byName.size === 0) return [];
    const names = new Set(this.#params);
    for (const { object } of declared) strings(object, names);
    const own = new Set(declared.map(({ file }) => file.name));
    const found: KubeObject[] = [];
    for (const name of names) {
      for (const { file, json } of this.#byName.get(name) ?? []) {
        if (!own.has(file)) found.push(JSON.parse(json) as KubeObject);
      }
    }
    return found;
  }

  /** Whether other files have nodes. */
  hasNodesFor(file: ParsedFile): boolean {
    return this.#nodes.some((one) => one.file !== file.name);
  }
}

const longestName = 253;

/** The texts that may be names. */
function strings(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') {
    if (value.length <= longestName) into.add(value);
  } else if (Array.isArray(value)) for (const item of value) strings(item, into);
  else if (isObject(value)) for (const key in value) strings(value[key], into);
}
