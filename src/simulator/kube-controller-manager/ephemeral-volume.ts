// Makes the claims of Pods' ephemeral volumes (k8s.io/kubernetes/pkg/controller/volume/ephemeral, v1.36).
import { keyOf, type PersistentVolumeClaim, type Pod, type Volume } from '../../api/object.ts';
import { claimNameOf, ownershipProblem } from '../../api/persistent-volume.ts';
import { failure } from '../../api/status.ts';
import { EventRecorder } from '../client/event-recorder.ts';
import { failSync, SyncQueue, type Controller, type ControllerContext } from './controller.ts';
import { controllerReference } from './owner-reference.ts';

export const ephemeralVolumeController: Controller = {
  name: 'ephemeral-volume-controller',
  start(context) {
    const { kernel, client, informers } = context;
    const recorder = new EventRecorder(kernel, client, { component: 'ephemeral_volume' });
    const pods = informers.of<Pod>('pods');
    const queue = new SyncQueue(context, (key) => {
      const pod = pods.get(key);
      if (!pod || pod.metadata.deletionTimestamp) return;
      for (const volume of pod.spec?.volumes ?? []) if (volume.ephemeral) makeClaim(context, recorder, pod, volume);
    });
    const enqueue = (pod: Pod) => {
      const isConcerned = !pod.metadata.deletionTimestamp && pod.spec?.volumes?.some(({ ephemeral }) => ephemeral);
      if (isConcerned) queue.add(keyOf(pod));
    };
    pods.handle({ onAdd: enqueue });
    informers.of<PersistentVolumeClaim>('persistentvolumeclaims').handle({
      onDelete: (claim) => {
        for (const pod of informers.podsByClaim.using(claim)) enqueue(pod);
      },
    });
  },
};

/** handleVolume: what goes wrong is told of the Pod, and tried again. */
function makeClaim({ client, informers }: ControllerContext, recorder: EventRecorder, pod: Pod, volume: Volume): void {
  const { namespace = '' } = pod.metadata;
  const name = claimNameOf(pod, volume) ?? '';
  const claim = informers.of<PersistentVolumeClaim>('persistentvolumeclaims').get(`${namespace}/${name}`);
  const fail = (problem: string) => {
    const message = `ephemeral volume ${volume.name}: ${problem}`;
    recorder.event(pod, 'Warning', 'FailedBinding', message);
    return message;
  };
  if (claim) {
    const problem = ownershipProblem(pod, claim);
    if (problem) failSync(failure(409, 'Conflict', fail(problem)));
    return;
  }
  const { metadata = {}, spec } = volume.ephemeral?.volumeClaimTemplate ?? {};
  const { annotations, labels } = metadata;
  const response = client.create(
    { resource: 'persistentvolumeclaims', namespace },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name,
        ...(annotations && { annotations }),
        ...(labels && { labels }),
        ownerReferences: [controllerReference(pod)],
      },
      spec,
    },
  );
  if (response.ok) return;
  fail(`create PVC ${name}: ${response.status.message}`);
  failSync(response.status);
}
