import { deepEqual, equal } from 'node:assert/strict';
import type { Pod, PodSpec, PodStatus } from '../../../../src/api/object.ts';
import { formatQuantity } from '../../../../src/api/quantity.ts';
import { podInfoOf } from '../../../../src/simulator/kube-scheduler/framework/pod-info.ts';
import { podRequests } from '../../../../src/simulator/kube-scheduler/framework/pod-requests.ts';
import { makePod } from '../cluster.ts';

const requesting = (name: string, requests: Record<string, string>, restartPolicy?: string) => ({
  name,
  resources: { requests },
  ...(restartPolicy && { restartPolicy }),
});

const podOf = (spec: Partial<PodSpec>, status?: PodStatus): Pod => makePod('x', { ...spec, ...(status && { status }) });

const requestsOf = (pod: Pod) =>
  [...podRequests(pod)].map(([name, amount]) => `${name} ${formatQuantity(amount)}`).join(', ');

describe('podRequests', () => {
  const rows: [string, Pod, string][] = [
    ['nothing', podOf({}), ''],
    [
      'the sum of the containers, exactly',
      podOf({
        containers: [requesting('a', { cpu: '100m', memory: '0.5' }), requesting('b', { cpu: '0.1', memory: '0.5' })],
      }),
      'cpu 200m, memory 1',
    ],
    [
      'the largest init container, if that is more',
      podOf({
        containers: [requesting('a', { cpu: '2', memory: '1G' })],
        initContainers: [requesting('i', { cpu: '1', memory: '3G' })],
      }),
      'cpu 2, memory 3G',
    ],
    [
      'sidecars beside the containers, and beside the init containers after them',
      podOf({
        containers: [requesting('a', { cpu: '1' })],
        initContainers: [
          requesting('before', { cpu: '4' }),
          requesting('sidecar', { cpu: '2' }, 'Always'),
          requesting('after', { cpu: '3' }),
        ],
      }),
      'cpu 5',
    ],
    ['overhead', podOf({ containers: [requesting('a', { cpu: '1' })], overhead: { cpu: '250m' } }), 'cpu 1250m'],
    [
      'what is given for the Pod as a whole, where that may be given',
      podOf({
        containers: [requesting('a', { cpu: '1', memory: '1Gi', 'ephemeral-storage': '1Gi' })],
        resources: { requests: { cpu: '3', 'ephemeral-storage': '9Gi' } },
      }),
      'cpu 3, memory 1Gi, ephemeral-storage 1Gi',
    ],
  ];
  for (const [what, pod, expected] of rows) it(`counts ${what}`, () => equal(requestsOf(pod), expected));

  const resizing = (reason: string | undefined, spec: Partial<PodSpec> = {}): Pod =>
    podOf(
      { containers: [requesting('app', { cpu: '3' })], ...spec },
      {
        containerStatuses: [
          {
            name: 'app',
            ready: true,
            restartCount: 0,
            image: '',
            imageID: '',
            allocatedResources: { cpu: '2' },
            resources: { requests: { cpu: '1' } },
          },
        ],
        ...(reason && { conditions: [{ type: 'PodResizePending', status: 'True', reason }] }),
      },
    );

  it('counts of a Pod that is resized the largest of wanted, allocated and in force', () => {
    equal(requestsOf(resizing(undefined)), 'cpu 3');
    equal(requestsOf(resizing('Deferred')), 'cpu 3');
    equal(requestsOf(resizing('Infeasible')), 'cpu 2');
  });

  it('does the same for requests of the Pod as a whole', () => {
    const pod = podOf(
      { resources: { requests: { cpu: '3' } } },
      {
        allocatedResources: { cpu: '4', memory: '1Gi' },
        resources: { requests: { cpu: '2' } },
      },
    );
    equal(requestsOf(pod), 'cpu 4');
  });
});

describe('podInfoOf', () => {
  const nonZero = (spec: Partial<PodSpec>) => podInfoOf(podOf(spec)).nonZero;

  it('assumes 100m and 200Mi of every container that says nothing', () => {
    const containers = [requesting('a', { cpu: '0' }), requesting('b', { memory: '1' })];
    deepEqual(nonZero({ containers }), { milliCpu: 100, memory: 209715201 });
  });

  it('assumes nothing of a resource that the Pod as a whole, or any container of it, requests', () => {
    const containers = [requesting('a', { memory: '1' }), requesting('b', {})];
    deepEqual(nonZero({ containers, resources: { requests: { memory: '5' } } }), { milliCpu: 200, memory: 5 });
    deepEqual(nonZero({ containers, resources: { requests: { cpu: '1' } } }), { milliCpu: 1000, memory: 1 });
  });

  const pod = podOf({ containers: [requesting('a', { cpu: '1' })] });
  const { requests } = podInfoOf(pod);
  const granted = (cpu: string): PodStatus => ({
    containerStatuses: [
      { name: 'a', image: '', imageID: '', ready: true, restartCount: 0, resources: { requests: { cpu } } },
    ],
  });

  it('is worked out once for the states of a Pod that leave it as it is', () => {
    equal(podInfoOf({ ...pod, status: { phase: 'Running', ...granted('1') } }).requests, requests);
    equal(podInfoOf({ ...pod, spec: { containers: [], ...pod.spec, nodeName: 'n' } }).requests, requests);
  });

  it('is worked out anew where something else was granted, or another field has a say', () => {
    const milliCpu = (changed: Pod) => podInfoOf(changed).requests.milliCpu;
    equal(milliCpu({ ...pod, status: granted('2') }), 2000);
    const infeasible = { type: 'PodResizePending', status: 'True', reason: 'Infeasible' };
    equal(milliCpu({ ...pod, status: { ...granted('500m'), conditions: [infeasible] } }), 500);
    equal(milliCpu({ ...pod, spec: { containers: [], ...pod.spec, overhead: { cpu: '250m' } } }), 1250);
    equal(milliCpu(pod), 1000);
  });
});
