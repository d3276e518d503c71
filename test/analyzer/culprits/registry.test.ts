// Every filter plugin of the default profile has somebody to explain its refusals, and what nobody explains is still said.
import assert from 'node:assert/strict';
import { culpritOf } from '../../../src/analyzer/culprits/registry.ts';
import type { Node } from '../../../src/api/object.ts';

const nodes = ['a', 'b', 'c', 'd', 'e'].map((name): Node => ({ apiVersion: 'v1', kind: 'Node', metadata: { name } }));
const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } };
const refusals = { pod, nodes, all: nodes, reasons: ['node(s) said no'], blame: () => [], inquiry: undefined };

describe('the registry of culprits', () => {
  it('says the reasons of a plugin that nobody explains, and of which nodes', () => {
    assert.deepEqual(culpritOf('Elephant', refusals), {
      path: 'spec',
      says: 'Nodes a, b, c and 2 more: node(s) said no.',
      related: [],
    });
  });

  const fields: Readonly<Record<string, string>> = {
    NodeUnschedulable: 'spec',
    NodeName: 'spec.nodeName',
    TaintToleration: 'spec.tolerations',
    NodeAffinity: 'spec.nodeSelector',
    NodePorts: 'spec.containers',
    NodeResourcesFit: 'spec',
    PodTopologySpread: 'spec.topologySpreadConstraints',
    InterPodAffinity: 'spec.affinity',
    VolumeBinding: 'spec.volumes',
    DynamicResources: 'spec.resourceClaims',
  };
  for (const [plugin, path] of Object.entries(fields)) {
    it(`points at ${path} for ${plugin}, even if no more is known`, () => {
      const { path: own, says } = culpritOf(plugin, refusals);
      assert.ok(own === path || (plugin === 'NodeAffinity' && own.startsWith('spec.')), own);
      assert.match(says, /\.$/);
    });
  }
});
