// A run of which only findings are wanted leaves things out; in what it does, it must be the run that a user is shown.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Event } from '../../src/api/object.ts';
import { applyFiles, parseSource, type Applied, type ImageBehaviours } from '../../src/features/index.ts';
import { makeTree } from '../bench/make-tree.ts';
import { clusterFrom } from '../support/apply.ts';

const recorded =
  ['../shared/conformance/flow', 'test/conformance/data/flow'].find((folder) => existsSync(folder)) ?? '';

function apply(text: string, brief: boolean, cluster: string, images: ImageBehaviours): Applied {
  return applyFiles({
    files: [parseSource({ name: 'app.yaml', text })],
    cluster: clusterFrom(cluster),
    preset: true,
    images,
    brief,
  });
}

/** What is the same in both: revisions count what is left out, and so do the numbers of the trace's lines. */
const comparable = ({ findings, end, objects, apply: { output } }: Applied) => ({
  end,
  output,
  findings: findings.map(({ steps: _, ...finding }) => finding),
  objects: ['pods', 'replicasets.apps', 'jobs.batch', 'persistentvolumeclaims', 'endpointslices.discovery.k8s.io'].map(
    (resource) => JSON.stringify(objects(resource), (key, value: unknown) => (isRevision(key) ? undefined : value)),
  ),
});

const isRevision = (key: string) => key === 'resourceVersion';

/** In a crash every Event counts: the same ones again and again, until the recorder lets none through. */
const crashing: ImageBehaviours = { containers: { app: { runs: [{ exit: 1, after: '2s' }] } } };

describe('a run for its findings alone', () => {
  const same = (text: string, { cluster = 'tutorial', images = {} as ImageBehaviours } = {}) =>
    assert.deepEqual(comparable(apply(text, true, cluster, images)), comparable(apply(text, false, cluster, images)));

  it('is like the whole run for every recorded manifest', () => {
    for (const scenario of readdirSync(recorded)) {
      const file = path.join(recorded, scenario, 'manifest.yaml');
      if (existsSync(file)) same(readFileSync(file, 'utf8'));
    }
  });

  it('is like the whole run for the samples, on every cluster', () => {
    for (const cluster of ['tutorial', 'kind', 'minikube', 'eks-like']) {
      for (const name of ['pod.yaml', 'mistyped.yaml', 'replicas.yaml', 'deployment-service.yaml']) {
        same(readFileSync(`media/samples/${name}`, 'utf8'), { cluster });
      }
    }
  });

  it('is like the whole run where containers crash', () => {
    same(readFileSync('media/samples/deployment-service.yaml', 'utf8'), { images: crashing });
  });

  it('is like the whole run for made manifests of every common kind', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'applyscope-brief-'));
    try {
      makeTree(100, folder);
      for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (file.isFile()) same(readFileSync(path.join(file.parentPath, file.name), 'utf8'));
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('tells nothing of what goes well, and everything of what does not', () => {
    const reasons = (brief: boolean) =>
      apply(readFileSync('media/samples/deployment-service.yaml', 'utf8'), brief, 'tutorial', crashing).trace.flatMap(
        (line) => (line.type === 'store' && line.object.kind === 'Event' ? (line.object as Event).reason : []),
      );
    assert.deepEqual([...new Set(reasons(true))], ['BackOff']);
    assert.ok(new Set(reasons(false)).has('Scheduled'));
  });
});
