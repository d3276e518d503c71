// The roles and bindings that a server makes for itself, with what kubectl 1.36.3 said of them on a fresh cluster.
import { equal, match } from 'node:assert/strict';
import { Simulation } from '../../../../src/simulator/index.ts';
import { folder, fresh } from '../../kubectl/runs.ts';

const rbac = 'apiVersion: rbac.authorization.k8s.io/v1';
const files = {
  'view.yaml': `${rbac}\nkind: ClusterRole\nmetadata: {name: view}\nrules: []\n`,
  'bind.yaml': `${rbac}
kind: ClusterRoleBinding
metadata: {name: cluster-admin}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
- {kind: User, name: bob, apiGroup: rbac.authorization.k8s.io}
`,
};
const kubectl = (args: string) => new Simulation(fresh).kubectl(args.split(' '), folder(files));

describe('the bootstrap policy', () => {
  it('is there to be listed', () => {
    const { stdout } = kubectl('get clusterroles -o name');
    equal(stdout.trim().split('\n').length, 69);
    equal(kubectl('get clusterrolebindings -o name').stdout.trim().split('\n').length, 50);
    equal(kubectl('get roles -A -o name').stdout.trim().split('\n').length, 7);
    equal(kubectl('get rolebindings -A -o name').stdout.trim().split('\n').length, 7);
  });

  it('aggregates roles by their labels', () => {
    const { stdout } = kubectl('get clusterrole view -o yaml');
    match(
      stdout,
      /^aggregationRule:\n {2}clusterRoleSelectors:\n {2}- matchLabels:\n {6}rbac.authorization.k8s.io\/aggregate-to-view: "true"/,
    );
    match(stdout, /rbac.authorization.k8s.io\/aggregate-to-edit: "true"/);
  });

  it('is changed by an apply that names one of it', () => {
    const { stdout, stderr } = kubectl('apply --dry-run=server -f view.yaml');
    equal(stdout, 'clusterrole.rbac.authorization.k8s.io/view configured (server dry run)\n');
    match(
      stderr,
      /^Warning: resource clusterroles\/view is missing the kubectl\.kubernetes\.io\/last-applied-configuration/,
    );
  });

  it('keeps what its bindings refer to', () => {
    match(kubectl('apply -f bind.yaml').stderr, /roleRef: Invalid value: .*: cannot change roleRef\n$/);
  });
});
