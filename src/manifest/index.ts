// What the rest of the product may use of this folder. Two modules stay out on purpose, because they bring the `yaml` library along, which costs more
// to load than most runs take: `tolerant.ts` (trees of broken documents) and `edits.ts` (changes of a text). Import them by path where they are needed.
export { decodeText, decodeUtf8 } from './decode-text.ts';
export { looksLikeKubernetes, type ManifestDocument, type TolerantParser } from './document.ts';
export { parseDocument } from './grammar/index.ts';
export { readObjects } from './kyaml.ts';
export { nodeAt, parsePath, rangeOf } from './locate.ts';
export { parseManifest, updateManifest, type Manifest } from './manifest.ts';
export { placeAt } from './place-at.ts';
export { resolveDocument } from './resolve.ts';
export type { ManifestError, TextEdit, TextRange } from './yaml-node.ts';
