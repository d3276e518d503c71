import { configMap, runs } from './runs.ts';

const labelled = (kind: string, name: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n  labels:\n    p: x\n`;
const files = {
  'one.yaml': labelled('ConfigMap', 'a'),
  'two.yaml': `${labelled('ConfigMap', 'a')}---\n${labelled('Secret', 's')}`,
  'other.yaml': configMap('other'),
};
const unasked =
  'error: all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector\n';
const allowed = '--prune-allowlist=core/v1/Secret --prune-allowlist=core/v1/ConfigMap';

describe('kubectl apply --prune', () => {
  it('deletes what was applied with the labels and is applied no more', () => {
    runs(files, [
      ['apply -f two.yaml', 'configmap/a created\nsecret/s created\n'],
      ['apply -f other.yaml', 'configmap/other created\n'],
      [
        `apply -f one.yaml --prune -l p=x ${allowed} --dry-run=server`,
        'configmap/a unchanged (server dry run)\nsecret/s pruned (server dry run)\n',
      ],
      [`apply -f one.yaml --prune -l p=x ${allowed}`, 'configmap/a unchanged\nsecret/s pruned\n'],
      ['get secret s', 'Error from server (NotFound): secrets "s" not found\n', 1],
      [`apply -f one.yaml --prune --all ${allowed} -o name`, 'configmap/a\nconfigmap/other\n'],
    ]);
  });

  it('says in its log that it looks through many kinds, and the server that one of them is deprecated', () => {
    runs(files, [
      ['apply -f two.yaml', 'configmap/a created\nsecret/s created\n'],
      [
        'apply -f one.yaml --prune --all --dry-run=client',
        'configmap/a unchanged (dry run)\nW0101 00:00:00.070000       1 prune.go:71] Deprecated: kubectl apply will no longer prune non-namespaced resources by default when used with the --namespace flag in a future release. To preserve the current behaviour, list the resources you want to target explicitly in the --prune-allowlist flag.\nWarning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\nsecret/s pruned (dry run)\n',
      ],
    ]);
  });

  it('refuses what does not go together', () => {
    runs(files, [
      ['apply -f one.yaml --prune', unasked, 1],
      ['apply -f one.yaml --prune --all -l p=x', 'error: cannot set --all and --selector at the same time\n', 1],
      ['apply -f one.yaml --prune --all --force', 'error: --force cannot be used with --prune\n', 1],
      [
        'apply -f one.yaml --prune --all --prune-allowlist=Secret',
        'error: invalid GroupVersionKind format: Secret, please follow <group/version/kind>\n',
        1,
      ],
      [
        'apply -f one.yaml --prune --all --prune-allowlist=core/v1/Secrets',
        'error: no matches for kind "Secrets" in version "v1"\n',
        1,
      ],
    ]);
  });
});
