// Changes that are tried: the same apply on a cluster without some taints and with more nodes.
import { refOf, type Node } from '../../api/object.ts';
import { taintText } from '../../api/tolerations.ts';
import type { FileEdit, Position, WhatIf } from '../../protocol/panel.ts';
import { loadObjects, objectsAt } from '../../simulator/index.ts';
import type { ApplyRequest } from '../apply.ts';
import { set, type WrittenEdit } from '../fixes/change.ts';
import { editFiles } from '../fixes/edit-files.ts';
import { inNamespace, updateSource, type ParsedFile } from '../sources.ts';
import { keyOfRef } from './keys.ts';

/** The request with what is tried. What no longer fits (a node that is gone, a field that is an alias) is left out. */
export function tried(
  request: ApplyRequest,
  whatIf: WhatIf | undefined,
  uriOf: (file: string) => string | undefined,
): ApplyRequest {
  if (!whatIf) return request;
  const fixed = request.files.map((file) =>
    edited(
      file,
      whatIf.edits?.find(({ uri }) => uri === uriOf(file.name)),
    ),
  );
  const files = editFiles(fixed, fieldEdits(fixed, whatIf, request.namespace))?.files ?? fixed;
  const { cluster } = request;
  const nodes = changedNodes(objectsAt<Node>(cluster.state, 'nodes'), whatIf);
  if (nodes.length === 0) return { ...request, files };
  return { ...request, files, cluster: { ...cluster, state: loadObjects(cluster.state, nodes) } };
}

/** A file after edits of its text as it is. */
function edited(file: ParsedFile, edit: FileEdit | undefined): ParsedFile {
  if (!edit) return file;
  const { lineIndex, text } = file.manifest;
  const offset = ({ line, character }: Position) => lineIndex.offsetAt({ line, column: character });
  const done = [...edit.edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce(
      (now, { range, newText }) => now.slice(0, offset(range.start)) + newText + now.slice(offset(range.end)),
      text,
    );
  return updateSource(file, done);
}

/** The fields that are tried with another value, as edits of the manifests: what is tried is what would be written. */
export function fieldEdits(
  files: readonly ParsedFile[],
  { set: fields = [] }: WhatIf,
  namespace = 'default',
): WrittenEdit[] {
  const declared = files.flatMap((file) => file.declared);
  return fields.flatMap(({ object, path, value }) => {
    const found = declared.find((one) => keyOfRef(refOf(inNamespace(one.object, namespace))) === object);
    return found ? [set(found, path, value)] : [];
  });
}

/** The nodes that are different, and those that are new. */
function changedNodes(nodes: readonly Node[], whatIf: WhatIf): Node[] {
  const untainted = nodes.flatMap((node) => {
    const off = whatIf.untaint?.filter((one) => one.node === node.metadata.name).map(({ taint }) => taint) ?? [];
    const left = node.spec?.taints?.filter((taint) => !off.includes(taintText(taint))) ?? [];
    return off.length ? [{ ...node, spec: { ...node.spec, taints: left } }] : [];
  });
  const changed = new Map(untainted.map((node) => [node.metadata.name, node]));
  const now = nodes.map((node) => changed.get(node.metadata.name) ?? node);
  return [...untainted, ...withCopies(now, whatIf).map(({ copy }) => copy)];
}

/** The nodes that are added, each with the name of the one that it is like. */
export function withCopies(nodes: readonly Node[], { addNodes = [] }: WhatIf): { like: string; copy: Node }[] {
  const taken = new Set(nodes.map(({ metadata }) => metadata.name ?? ''));
  return addNodes.flatMap(({ like, count }) => {
    const model = nodes.find(({ metadata }) => metadata.name === like);
    if (!model) return [];
    return Array.from({ length: Math.min(count, mostAdded) }, () => ({
      like,
      copy: copyOf(model, freeName(like, taken)),
    }));
  });
}

/** As many nodes as one may want to try. */
const mostAdded = 100;

/** `worker-3` after worker-2, `big-2` for a second `big`. */
function freeName(like: string, taken: Set<string>): string {
  const [, stem = like, number] = /^(.*?)-?(\d+)?$/.exec(like) ?? [];
  for (let next = Number(number ?? 1) + 1; ; next++) {
    const name = `${stem}-${next}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}

const hostname = 'kubernetes.io/hostname';

/** A node of the same shape: what belongs to the one machine (addresses, networks, images) stays behind. */
function copyOf({ metadata, spec, status, ...node }: Node, name: string): Node {
  const { labels, annotations: _annotations, uid: _uid, resourceVersion: _version, ...rest } = metadata;
  const { podCIDR: _cidr, podCIDRs: _cidrs, providerID: _provider, ...kept } = spec ?? {};
  const { capacity, allocatable, nodeInfo } = status ?? {};
  return {
    ...node,
    metadata: {
      ...rest,
      name,
      ...(labels && { labels: { ...labels, ...(hostname in labels && { [hostname]: name }) } }),
    },
    spec: kept,
    status: {
      ...(capacity && { capacity }),
      ...(allocatable && { allocatable }),
      ...(nodeInfo && { nodeInfo }),
    },
  };
}
