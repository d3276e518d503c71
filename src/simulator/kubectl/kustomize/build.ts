// `kubectl kustomize`: the objects of a folder with a kustomization, as kustomize 5.8.1 builds them, which kubectl 1.36 has built in
// (sigs.k8s.io/kustomize/api/krusty, internal/target, internal/accumulator). No plugins, no remote bases: these are not modelled.
import { printYaml } from '../printing/yaml.ts';
import type { Built, Contents } from './contents.ts';
import { generate, hashOf } from './generators.ts';
import { readKustomization, type Kustomization } from './kustomization.ts';
import { Loader } from './loader.ts';
import { fixNameReferences } from './name-references.ts';
import { plain } from './node.ts';
import { objectsOf } from './objects.ts';
import { jsonPatch, patch, strategicPatches, type Step } from './patches.ts';
import {
  attempt,
  blaming,
  KustomizeProblem,
  notModelled,
  quotedWithin,
  refuse,
  within,
  type EntryPath,
} from './problem.ts';
import { ResMap } from './res-map.ts';
import { replacementsOf } from './replacements.ts';
import { notes } from './resource.ts';
import { sorted } from './sort.ts';
import { rename, setAnnotations, setImages, setLabels, setNamespace, setReplicas } from './transformers.ts';

/** Builds a folder. Unless it says otherwise, the objects come by kind. */
export function buildKustomization(contents: Contents, folder: string): Built {
  let warnings = '';
  const warn = (text: string) => void (warnings += text);
  try {
    const yaml = built(contents, folder, warn);
    return { warnings, yaml };
  } catch (problem) {
    if (!(problem instanceof KustomizeProblem)) throw problem;
    const { message, place, isUnknown } = problem;
    return isUnknown ? { warnings, unknown: message, place } : { warnings, error: message, place };
  }
}

function built(contents: Contents, folder: string, warn: (text: string) => void): string {
  const loader = Loader.at(contents, folder);
  const target = new Target(loader, readKustomization(loader, warn), warn);
  const map = target.accumulate(new ResMap());
  for (const resource of map.resources) {
    if (!resource.isNoted(notes.needsHash)) continue;
    const hash = hashOf(resource);
    resource.rememberId();
    resource.setName(`${resource.name}-${hash}`);
  }
  fixNameReferences(map.resources);
  map.dropLocal();
  if (map.hasTwins) notModelled('two objects of one name, of which kustomize dies');
  const order = target.kustomization.sortOptions ?? { order: 'legacy' };
  map.replaceAll(sorted(map.resources, order));
  for (const resource of map.resources) resource.removeNotes();
  return map.resources.map(({ node }) => printYaml(plain(node))).join('---\n');
}

class Target {
  readonly kustomization: Kustomization;
  readonly #loader: Loader;
  readonly #warn: (text: string) => void;

  constructor(loader: Loader, kustomization: Kustomization, warn: (text: string) => void) {
    this.#loader = loader;
    this.kustomization = kustomization;
    this.#warn = warn;
  }

  /** Adds what the kustomization says to the objects that are there: a component changes those of its parent, too. */
  accumulate(map: ResMap): ResMap {
    const { resources = [], bases = [], components = [] } = this.kustomization;
    within('accumulating resources', () => {
      for (const [i, path] of resources.entries()) this.#of(['resources', i], () => this.#addResource(map, path));
      for (const [i, path] of bases.entries()) this.#of(['bases', i], () => this.#addResource(map, path));
    });
    this.#generate(map);
    within('accumulating components', () => {
      for (const [i, path] of components.entries()) this.#of(['components', i], () => this.#addComponent(map, path));
    });
    for (const step of this.#steps()) {
      step(map);
      map.dropDeleted();
    }
    return map;
  }

  #of<T>(path: EntryPath, work: () => T): T {
    return blaming(this.#loader.root, path, work);
  }

  /** A path is tried as a file, and then as a folder; both refusals are told. */
  #addResource(map: ResMap, path: string): void {
    const asFile = attempt(() => this.#addFile(map, path));
    if (!(asFile instanceof KustomizeProblem)) return;
    const loader = attempt(() => this.#loader.enter(path));
    // what is no YAML is a file for certain
    if (loader instanceof KustomizeProblem && asFile.message.includes('MalformedYAMLError')) throw asFile;
    within(`accumulation err='${asFile.message}'`, () => {
      if (loader instanceof KustomizeProblem) throw loader;
      const { resources } = this.#folder(loader, false);
      within(`recursed merging from path '${loader.root}'`, () => map.appendAll(resources));
    });
  }

  #addFile(map: ResMap, path: string): void {
    const file = new ResMap();
    within(`accumulating resources from '${path}'`, () =>
      file.appendAll(objectsOf(this.#loader.contents, this.#loader.text(path), path)),
    );
    within(`merging resources from '${path}'`, () => map.appendAll(file.resources));
  }

  #addComponent(map: ResMap, path: string): void {
    const loader = quotedWithin('loader.New', () => this.#loader.enter(path));
    quotedWithin('accumulateDirectory:', () => this.#folder(loader, true, map));
  }

  #folder(loader: Loader, isComponent: boolean, map = new ResMap()): ResMap {
    const { root } = loader;
    const kustomization = within(`couldn't make target for path '${root}'`, () =>
      readKustomization(loader, this.#warn),
    );
    const is = kustomization.kind === 'Component';
    if (isComponent && !is) {
      refuse(`expected kind 'Component' for path '${root}' but got '${kustomization.kind ?? ''}'`);
    }
    if (!isComponent && is) refuse(`expected kind != 'Component' for path '${root}'`);
    const target = new Target(loader, kustomization, this.#warn);
    return within(`recursed accumulation of path '${root}'`, () => target.accumulate(map));
  }

  #generate(map: ResMap): void {
    const { configMapGenerator = [], secretGenerator = [], generatorOptions } = this.kustomization;
    const generators = [
      ...configMapGenerator.map((generator, i) => ['ConfigMap', generator, ['configMapGenerator', i]] as const),
      ...secretGenerator.map((generator, i) => ['Secret', generator, ['secretGenerator', i]] as const),
    ];
    for (const [kind, generator, path] of generators) {
      this.#of(path, () => {
        const resource = generate(kind, generator, generatorOptions, this.#loader);
        // kustomize also tells the generator's address in memory
        within('merging from generator', () => map.absorb(resource));
      });
    }
  }

  /** What an entry does; it may turn out to be wrong when it is read, or when it is done. */
  #step(path: EntryPath, read: () => Step): Step {
    const step = this.#of(path, read);
    return (map) => this.#of(path, () => step(map));
  }

  /** In kustomize's own order. Patches are read before anything is changed. */
  *#steps(): Generator<Step> {
    const { kustomization } = this;
    const loader = this.#loader;
    const { namespace, namePrefix, nameSuffix, commonAnnotations } = kustomization;
    const { replicas = [], images = [], imageTags = [] } = kustomization;
    const { patchesStrategicMerge: merging = [], patches = [], patchesJson6902 = [] } = kustomization;
    const early = [
      ...(merging.length > 0 ? [this.#step(['patchesStrategicMerge'], () => strategicPatches(merging, loader))] : []),
      ...patches.map((one, i) => this.#step(['patches', i], () => patch(one, loader))),
    ];
    const { replacements } = kustomization;
    const last = replacements ? [this.#step(['replacements'], () => replacementsOf(replacements, loader))] : [];
    const late = patchesJson6902.map((one, i) => this.#step(['patchesJson6902', i], () => jsonPatch(one, loader)));
    yield* early;
    if (namespace) yield (map) => setNamespace(map, namespace);
    if (namePrefix) yield (map) => rename(map, namePrefix, 'prefix');
    if (nameSuffix) yield (map) => rename(map, nameSuffix, 'suffix');
    yield (map) => setLabels(map, kustomization);
    if (commonAnnotations) yield (map) => setAnnotations(map, commonAnnotations);
    yield* late;
    for (const one of replicas) yield (map) => setReplicas(map, one);
    for (const one of [...images, ...imageTags]) yield (map) => setImages(map, one);
    yield* last;
  }
}
