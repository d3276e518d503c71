// `applyscope simulate`: one apply, told.
import {
  applyFiles,
  loadCluster,
  markdownReport,
  mermaidReport,
  parseSource,
  textReport,
  type Applied,
} from '../features/index.ts';
import type { SimulateRequest } from './arguments.ts';
import { chooseCluster, presets } from './cluster-option.ts';
import { painter } from './colours.ts';
import { fieldDocs } from './field-docs.ts';
import { FileProblem, findFiles, readSource } from './files.ts';
import { readImages } from './images.ts';
import { fileIn, kustomizedFile } from './kustomize.ts';
import type { Streams } from './streams.ts';

export function simulate(request: SimulateRequest, streams: Streams): number {
  const { kustomization } = request;
  const names = kustomization === undefined ? findFiles(request.files, request.recursive) : [fileIn(kustomization)];
  const files =
    kustomization === undefined
      ? names.map((name) => parseSource(readSource(name)))
      : [kustomizedFile(kustomization, streams)];
  const choice = chooseCluster(request.clusters, names);
  const images = readImages(request.images);
  const cluster = loadCluster({ ...choice, images });
  if ('problem' in cluster) throw new FileProblem(cluster.problem);
  const preset = choice.assumed || request.clusters.every((name) => presets.includes(name));
  const applied = applyFiles({
    files,
    cluster,
    preset,
    images,
    namespace: request.namespace,
    then: request.then,
    reach: true,
    fieldDocs,
  });
  streams.out(formatted(applied, request, streams));
  return 0;
}

function formatted(applied: Applied, { output, depth }: SimulateRequest, { colours }: Streams): string {
  switch (output) {
    case 'text':
      return textReport(applied, depth, painter(colours));
    case 'mermaid':
      return mermaidReport(applied, depth);
    case 'markdown':
      return markdownReport(applied, depth);
    case 'json': {
      const { end, begin, apply, then, outcomes, findings, trace } = applied;
      return JSON.stringify({ end, begin, apply, then, outcomes, findings, trace }, null, 1) + '\n';
    }
  }
}
