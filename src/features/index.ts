// What a terminal or an editor can ask. Plain data in, plain data out; no files, no clock.
export { applyFiles, type Applied } from './apply.ts';
export { checkFile, checkTogether } from './check.ts';
export { loadCluster, type Cluster } from './cluster.ts';
export { declarationsOf, type Declarations } from './declarations.ts';
export { imagesOf } from './images.ts';
export { kustomizedSource, type Unbuilt } from './kustomizations.ts';
export type { LocatedFinding } from './locate.ts';
export { markdownReport, mermaidReport, plain, textReport, type Paint, type Style } from './report.ts';
export { patchLevels, patchPathsOf } from './patch-files.ts';
export { parseSource, standardInput, type ParsedFile, type Source } from './sources.ts';
export { Surroundings } from './surroundings.ts';
export type { FieldDocs } from '../api/field-docs.ts';
export { decodeText, looksLikeKubernetes } from '../manifest/index.ts';
export { kustomizationFiles, saveState, type ImageBehaviours, type SavedState } from '../simulator/index.ts';
