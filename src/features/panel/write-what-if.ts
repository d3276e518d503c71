// Writes what was tried: into the manifests, and into the files of the cluster.
import type { Node } from '../../api/object.ts';
import { taintText } from '../../api/tolerations.ts';
import type { JsonValue } from '../../base/json.ts';
import { printYaml } from '../../simulator/index.ts';
import type { FileEdit, WhatIf } from '../../protocol/panel.ts';
import type { WrittenEdit } from '../fixes/change.ts';
import { editFiles } from '../fixes/edit-files.ts';
import type { FileEdits } from '../fixes/fix.ts';
import { segmentsOf } from '../locate.ts';
import { parseSource, type Declared, type ParsedFile, type Source } from '../sources.ts';
import type { PanelRequest } from './panel-run.ts';
import { fieldEdits, withCopies } from './what-if.ts';

/**
 * What changes in which file. A preset, which nobody can write to, is written down with what changes in it: `preset` is its text, and the
 * URI of the file that is to be made for it.
 */
export function writeWhatIf(
  { apply, clusterFiles = [], uriOf }: PanelRequest,
  whatIf: WhatIf,
  preset?: { readonly text: string; readonly uri: string },
): FileEdit[] {
  const source = preset && nodesIn(apply.files).length === 0 ? asSource(preset) : undefined;
  const files = [...apply.files, ...clusterFiles, ...(source ? [parseSource(source)] : [])];
  const edits = [...fieldEdits(apply.files, whatIf, apply.namespace), ...taintEdits(files, whatIf)];
  const written = editFiles(files, edits)?.edits ?? [];
  const all = withNodes(files, written, whatIf);
  const made = source && all.find(({ file }) => file === source.name);
  const known = inDocuments(
    files,
    all.filter((one) => one !== made),
    uriOf,
  );
  return made ? [...known, creation(source, made)] : known;
}

const asSource = ({ text, uri }: { readonly text: string; readonly uri: string }): Source => ({ name: uri, text });

/** A file that is made, by its name, which is its URI. */
function creation({ name: uri, text }: Source, { edits }: FileEdits): FileEdit {
  const newText = [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((now, edit) => now.slice(0, edit.start) + edit.newText + now.slice(edit.end), text);
  const start = { line: 0, character: 0 };
  return { uri, edits: [{ range: { start, end: start }, newText }], creates: true };
}

const nodesIn = (files: readonly ParsedFile[]) =>
  files.flatMap(({ declared }) => declared.filter(({ object }) => object.kind === 'Node'));

function taintEdits(files: readonly ParsedFile[], { untaint = [] }: WhatIf): WrittenEdit[] {
  return nodesIn(files).flatMap((declared) => {
    const { metadata, spec } = declared.object as Node;
    const off = untaint.filter(({ node }) => node === metadata.name).map(({ taint }) => taint);
    if (off.length === 0) return [];
    const left = (spec?.taints ?? []).filter((taint) => !off.includes(taintText(taint)));
    const path = segmentsOf(declared, 'spec.taints');
    return [
      {
        declared,
        edit: left.length ? { type: 'set', path, value: left as unknown as JsonValue } : { type: 'remove', path },
      },
    ];
  });
}

/** New nodes are documents of their own, at the end of the file that has the node they are like. */
function withNodes(files: readonly ParsedFile[], edits: readonly FileEdits[], whatIf: WhatIf): FileEdits[] {
  const all = nodesIn(files);
  const texts = new Map<string, string>();
  for (const node of withCopies(
    all.map(({ object }) => object as Node),
    whatIf,
  )) {
    const file = homeOf(node.like, all);
    if (file) texts.set(file.name, `${texts.get(file.name) ?? ''}---\n${printYaml(node.copy)}`);
  }
  const kept = edits.filter(({ file }) => !texts.has(file));
  const grown = [...texts].map(([name, text]) => {
    const own = edits.find(({ file }) => file === name)?.edits ?? [];
    const before = files.find((file) => file.name === name)?.manifest.text ?? '';
    const end = before.length;
    return { file: name, edits: [...own, { start: end, end, newText: `${before.endsWith('\n') ? '' : '\n'}${text}` }] };
  });
  return [...kept, ...grown];
}

const homeOf = (like: string, all: readonly Declared[]) =>
  all.find(({ object }) => object.metadata.name === like)?.file;

/** Edits of texts as edits of documents. */
export function inDocuments(
  files: readonly ParsedFile[],
  edits: readonly FileEdits[],
  uriOf: (file: string) => string | undefined,
): FileEdit[] {
  return edits.flatMap(({ file, edits: own }) => {
    const uri = uriOf(file);
    const lineIndex = files.find(({ name }) => name === file)?.manifest.lineIndex;
    if (uri === undefined || !lineIndex) return [];
    const position = (offset: number) => {
      const { line, column } = lineIndex.positionAt(offset);
      return { line, character: column };
    };
    return [
      {
        uri,
        edits: own.map(({ start, end, newText }) => ({
          range: { start: position(start), end: position(end) },
          newText,
        })),
      },
    ];
  });
}
