import { configMap, runs } from './runs.ts';

const files = { 'a.yaml': configMap('one'), 'b.yaml': configMap('bare') };
const yaml =
  'apiVersion: v1\ndata:\n  mode: a\nkind: ConfigMap\nmetadata:\n  annotations: {}\n  name: one\n  namespace: default\n';

describe('kubectl apply view-last-applied', () => {
  it('prints what was applied, and passes over what was not', () => {
    runs(files, [
      ['apply -f a.yaml', 'configmap/one created\n'],
      ['create -f b.yaml', 'configmap/bare created\n'],
      ['apply view-last-applied -f a.yaml', yaml],
      ['apply view-last-applied cm', yaml],
      ['apply view-last-applied cm bare', ''],
      [
        'apply view-last-applied -f b.yaml',
        'error: error when no last-applied-configuration annotation found on resource: bare\n "b.yaml": <nil>\n',
        1,
      ],
      ['apply view-last-applied cm x y', 'Error from server (NotFound): configmaps "x" not found\n', 1],
      [
        'apply view-last-applied cm one -o xml',
        "error: Unexpected -o output mode: xml, the flag 'output' must be one of yaml|json\nSee 'kubectl apply view-last-applied -h' for help and examples\n",
        1,
      ],
      ['apply view-last-applied cm --all', "error: setting 'all' parameter but found a non empty selector. \n", 1],
    ]);
  });
});
