// The one tree of this folder, whoever made it. Offsets are UTF-16 units from the start of the document's own text, so a tree can be kept while
// the file around the document changes.

/** Half-open: the character at `end` is not part of it. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Replaces a range of the file; an empty range inserts. */
export interface TextEdit extends TextRange {
  readonly newText: string;
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';
export type CollectionStyle = 'block' | 'flow';

/** Tag and anchor stand before `start`; a tag is as resolved (`tag:yaml.org,2002:str`, `!local`). */
interface Properties extends TextRange {
  readonly tag: string | undefined;
  readonly anchor: string | undefined;
}

/** `text` is what the scalar says after unfolding and unescaping, before any type is given to it. A value that is absent has an empty range. */
export interface YamlScalar extends Properties {
  readonly kind: 'scalar';
  readonly style: ScalarStyle;
  readonly text: string;
}

export interface YamlEntry {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

export interface YamlMapping extends Properties {
  readonly kind: 'mapping';
  readonly style: CollectionStyle;
  readonly entries: readonly YamlEntry[];
}

export interface YamlSequence extends Properties {
  readonly kind: 'sequence';
  readonly style: CollectionStyle;
  readonly items: readonly YamlNode[];
}

/** `*name`: stands for the last node before it that has the anchor, if there is one. That node may contain the alias. */
export interface YamlAlias extends TextRange {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: YamlNode | undefined;
}

export type YamlNode = YamlScalar | YamlMapping | YamlSequence | YamlAlias;

/** What stops a document, or part of it, from being what its author meant. */
export interface ManifestError extends TextRange {
  readonly code: ManifestErrorCode;
  /** As kubectl prints it after `error parsing FILE: `. For the codes of {@link ManifestUnknownCode} our own sentence. */
  readonly message: string;
}

export type ManifestErrorCode =
  | 'syntax'
  | 'separator'
  | 'unknown-anchor'
  | 'anchor-cycle'
  | 'anchor-explosion'
  | 'merge'
  | 'map-key'
  | 'tag'
  | 'number'
  | 'encoding'
  | ManifestUnknownCode;

/** We cannot say what kubectl makes of it. */
export type ManifestUnknownCode = 'too-deep' | 'too-large' | 'imprecise-number';

/** Collections nested deeper than this are not read (kubectl stops at 10,000): every later walk may then recurse without a thought. */
export const maximumDepth = 500;

/** Documents of more UTF-16 units than this are not read: the tree of a dense one takes fifty times its size, and no API server takes as much. */
export const maximumLength = 10_000_000;

export const tooLarge = (length: number): ManifestError => ({
  code: 'too-large',
  message: `a document of more than ${maximumLength} characters is not read`,
  start: 0,
  end: length,
});
