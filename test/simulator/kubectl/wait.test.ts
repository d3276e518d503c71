import { configMap, pod, runs, withNode, type Step } from './runs.ts';

const timedOut = (name: string) => `error: timed out waiting for the condition on ${name}\n`;
const steps: readonly Step[] = [
  ['apply -f a.yaml', 'configmap/one created\n'],
  ['wait cm/one', 'error: unrecognized condition: []\n', 1],
  ['wait cm/one --for=foo', 'error: unrecognized condition: "foo"\n', 1],
  ['wait cm --for=condition=Ready', 'error: resource(s) were provided, but no name was specified\n', 1],
  ['wait cm -l a=b --for=condition=Ready', 'error: no matching resources found\n', 1],
  ['wait cm/one --for=condition=Ready --timeout=1s', timedOut('configmaps/one'), 1],
  ['wait cm/one --for=condition=Ready --timeout=0', 'error: condition not met for configmaps/one\n', 1],
  ['wait cm/none --for=condition=Ready', 'Error from server (NotFound): configmaps "none" not found\n', 1],
  ['wait cm/one --for=create', 'configmap/one condition met\n'],
  ['wait cm/none --for=create --timeout=1s', 'error: timed out waiting for the condition\n', 1],
  ['wait cm/none --for=delete', ''],
  ['wait cm/one --for=delete --timeout=1s', timedOut('configmaps/one'), 1],
  ['wait cm/one --for=jsonpath={.data.mode}=a', 'configmap/one condition met\n'],
  ['wait cm/one --for=jsonpath={.data.mode}', 'configmap/one condition met\n'],
  ['wait cm/one --for=jsonpath={.data.mode}=b --timeout=1s', timedOut('configmaps/one'), 1],
];

describe('kubectl wait', () => {
  it('says what it waited for, or why in vain', () => void runs({ 'a.yaml': configMap('one') }, steps));

  it('waits as long as it takes', () => {
    const commands: Step[] = [
      ['apply -f pod.yaml', 'pod/web created\n'],
      [
        'wait pod/web --for=condition=Ready --for=jsonpath={.status.phase}=Running',
        'pod/web condition met\n'.repeat(2),
      ],
    ];
    runs({ 'pod.yaml': pod }, commands, withNode);
  });
});
