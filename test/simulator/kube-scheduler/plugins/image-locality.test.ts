import { deepEqual } from 'node:assert/strict';
import { imageLocality } from '../../../../src/simulator/kube-scheduler/plugins/image-locality.ts';
import { askScore, makeNode, makePod } from '../cluster.ts';

const megabyte = 1024 * 1024;

describe('ImageLocality', () => {
  it('prefers nodes that have the image, by its size and by how many nodes have it', () => {
    const cluster = [
      makeNode('a', { images: { 'ml:1': 1000 * megabyte } }),
      makeNode('b', { images: { 'ml:1': 1000 * megabyte, 'registry:5000/tool:latest': 800 * megabyte } }),
      makeNode('c', { images: { 'small:1': 20 * megabyte } }),
      makeNode('d'),
    ];
    const scores = (image: string) => askScore(imageLocality, cluster, makePod('x', { image }));
    deepEqual(scores('ml:1'), ['a: 48 48', 'b: 48 48', 'c: 0 0', 'd: 0 0']);
    deepEqual(scores('registry:5000/tool'), ['a: 0 0', 'b: 18 18', 'c: 0 0', 'd: 0 0']);
    deepEqual(scores('small:1'), ['a: 0 0', 'b: 0 0', 'c: 0 0', 'd: 0 0']);
  });

  it('counts init containers and image volumes', () => {
    const cluster = [makeNode('a', { images: { 'init:1': 500 * megabyte, 'data:1': 500 * megabyte } })];
    const pod = makePod('x', {
      initContainers: [{ name: 'init', image: 'init:1' }],
      volumes: [{ name: 'data', image: { reference: 'data:1' } }],
    });
    deepEqual(askScore(imageLocality, cluster, pod), ['a: 49 49']);
  });
});
