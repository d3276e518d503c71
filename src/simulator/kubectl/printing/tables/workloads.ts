// `kubectl get deployments|replicasets|replicationcontrollers|statefulsets|daemonsets`.
import type { DaemonSet, Deployment, ReplicaSet, ReplicationController, StatefulSet } from '../../../../api/object.ts';
import { formatLabels, podSelectorOf } from '../../../../api/label-selector.ts';
import { tablePrinter } from '../table.ts';
import { ageOf, containersAndImages, nameOf, selectorText } from './cells.ts';

export const deploymentPrinter = tablePrinter<Deployment>(
  ['Name', 'Ready', 'Up-to-date', 'Available', 'Age', '[Containers]', '[Images]', '[Selector]'],
  (deployment, moment) => {
    const { spec, status } = deployment;
    return [
      nameOf(deployment),
      `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`,
      status?.updatedReplicas ?? 0,
      status?.availableReplicas ?? 0,
      ageOf(deployment, moment),
      ...containersAndImages(spec?.template),
      selectorText(spec?.selector),
    ];
  },
);

export const replicaSetPrinter = tablePrinter<ReplicaSet | ReplicationController>(
  ['Name', 'Desired', 'Current', 'Ready', 'Age', '[Containers]', '[Images]', '[Selector]'],
  (replicaSet, moment) => {
    const { spec, status } = replicaSet;
    return [
      nameOf(replicaSet),
      spec?.replicas ?? 0,
      status?.replicas ?? 0,
      status?.readyReplicas ?? 0,
      ageOf(replicaSet, moment),
      ...containersAndImages(spec?.template),
      selectorText(podSelectorOf(replicaSet)),
    ];
  },
);

export const statefulSetPrinter = tablePrinter<StatefulSet>(
  ['Name', 'Ready', 'Age', '[Containers]', '[Images]'],
  (statefulSet, moment) => [
    nameOf(statefulSet),
    `${statefulSet.status?.readyReplicas ?? 0}/${statefulSet.spec?.replicas ?? 0}`,
    ageOf(statefulSet, moment),
    ...containersAndImages(statefulSet.spec?.template),
  ],
);

export const daemonSetPrinter = tablePrinter<DaemonSet>(
  [
    'Name',
    'Desired',
    'Current',
    'Ready',
    'Up-to-date',
    'Available',
    'Node Selector',
    'Age',
    '[Containers]',
    '[Images]',
    '[Selector]',
  ],
  (daemonSet, moment) => {
    const { spec, status } = daemonSet;
    return [
      nameOf(daemonSet),
      status?.desiredNumberScheduled ?? 0,
      status?.currentNumberScheduled ?? 0,
      status?.numberReady ?? 0,
      status?.updatedNumberScheduled ?? 0,
      status?.numberAvailable ?? 0,
      formatLabels(spec?.template?.spec?.nodeSelector),
      ageOf(daemonSet, moment),
      ...containersAndImages(spec?.template),
      selectorText(spec?.selector),
    ];
  },
);
