// The deployment controller: keeps one ReplicaSet for each version of a Deployment's template and moves Pods from old to new
// (k8s.io/kubernetes/pkg/controller/deployment/deployment_controller.go, v1.36).
import { controllerOf, keyOf, refOf, type Deployment, type Pod, type ReplicaSet } from '../../../api/object.ts';
import { EventRecorder } from '../../client/event-recorder.ts';
import { claim } from '../claim.ts';
import { SyncQueue, type Controller, type ControllerContext } from '../controller.ts';
import { deploymentPaused, deploymentResumed, hasProgressDeadline, progressing, timedOut } from './status.ts';
import { recreate, rollingUpdate, scaleOnly, wasScaled } from './strategies.ts';
import { DeploymentSync, type DeploymentWorld } from './sync.ts';

/** maxRetries: how often a failing Deployment is tried again, each time later. */
const maxRetries = 15;

export const deploymentController: Controller = {
  name: 'deployment-controller',
  startsWith: 'deployments.apps',
  start(context) {
    new DeploymentController(context).listen();
  },
};

class DeploymentController {
  readonly #context: ControllerContext;
  readonly #queue: SyncQueue;
  readonly #world: DeploymentWorld;

  constructor(context: ControllerContext) {
    const { kernel, client, informers } = context;
    this.#context = context;
    this.#queue = new SyncQueue(context, (key) => this.#sync(key), { maxRetries });
    this.#world = {
      client,
      recorder: new EventRecorder(kernel, client, { component: 'deployment-controller' }),
      now: () => kernel.now,
      replicaSet: (namespace, name) => informers.of<ReplicaSet>('replicasets.apps').get(`${namespace}/${name}`),
      podsOf: ({ metadata }) => informers.podsByController.ownedBy(metadata.uid),
      recheck: (deployment, delay) => this.#queue.addAfter(keyOf(deployment), delay, { background: true }),
      unknown: (deployment, path, reason) => {
        kernel.record(client.actor, client.actor, { type: 'unknown', subject: refOf(deployment), path, reason });
      },
    };
  }

  listen(): void {
    const { informers } = this.#context;
    const enqueue = (deployment: Deployment) => this.#queue.add(keyOf(deployment));
    informers.of<Deployment>('deployments.apps').handle({ onAdd: enqueue, onUpdate: enqueue, onDelete: enqueue });
    const enqueueOwner = (replicaSet: ReplicaSet) => {
      const owner = this.#ownerOf(replicaSet);
      if (owner) enqueue(owner);
    };
    informers.of<ReplicaSet>('replicasets.apps').handle({
      onAdd: enqueueOwner,
      onUpdate: (replicaSet, previous) => {
        if (controllerOf(replicaSet)?.uid !== controllerOf(previous)?.uid) enqueueOwner(previous);
        enqueueOwner(replicaSet);
      },
      onDelete: enqueueOwner,
    });
    informers.of<Pod>('pods').handle({ onDelete: (pod) => this.#podGone(pod) });
  }

  #ownerOf(object: ReplicaSet): Deployment | undefined {
    const owner = controllerOf(object);
    if (owner?.kind !== 'Deployment') return undefined;
    const key = `${object.metadata.namespace}/${owner.name}`;
    const deployment = this.#context.informers.of<Deployment>('deployments.apps').get(key);
    return deployment?.metadata.uid === owner.uid ? deployment : undefined;
  }

  /** A Recreate rollout goes on when the last old Pod is gone. */
  #podGone(pod: Pod): void {
    const { client, informers } = this.#context;
    const owner = controllerOf(pod);
    const namespace = pod.metadata.namespace ?? '';
    if (owner?.kind !== 'ReplicaSet') return;
    const replicaSet = this.#world.replicaSet(namespace, owner.name);
    const deployment = replicaSet?.metadata.uid === owner.uid && this.#ownerOf(replicaSet);
    if (!deployment || deployment.spec?.strategy?.type !== 'Recreate') return;
    // The real controller asks the server, not its own copy.
    const stored = client.list<ReplicaSet>('replicasets.apps', { namespace });
    const owned = stored.items.filter((item) => controllerOf(item)?.uid === deployment.metadata.uid);
    const pods = owned.flatMap(({ metadata }) => informers.podsByController.ownedBy(metadata.uid));
    if (pods.length === 0) this.#queue.add(keyOf(deployment));
  }

  #sync(key: string): void {
    const { informers } = this.#context;
    const deployment = informers.of<Deployment>('deployments.apps').get(key);
    if (!deployment) return;
    const index = informers.replicaSetsByController;
    const replicaSets = claim(this.#context, deployment, 'deployments.apps', 'replicasets.apps', [
      ...index.ownedBy(deployment.metadata.uid),
      ...index.orphans(),
    ]);
    const sync = new DeploymentSync(this.#world, deployment, replicaSets);
    if (deployment.metadata.deletionTimestamp) {
      return sync.syncStatus(sync.sortReplicaSets({ create: false }));
    }
    notePause(sync);
    if (deployment.spec?.paused || wasScaled(sync)) return scaleOnly(sync);
    return deployment.spec?.strategy?.type === 'Recreate' ? recreate(sync) : rollingUpdate(sync);
  }
}

/** checkPausedConditions: a Deployment that is paused or goes on says so in its Progressing condition. */
function notePause(sync: DeploymentSync): void {
  const { deployment } = sync;
  const current = progressing(deployment);
  if (!hasProgressDeadline(deployment) || current?.reason === timedOut) return;
  const wasPaused = current?.reason === deploymentPaused;
  if (!!deployment.spec?.paused === wasPaused) return;
  if (wasPaused) sync.setCondition('Unknown', deploymentResumed, 'Deployment is resumed');
  else sync.setCondition('Unknown', deploymentPaused, 'Deployment is paused');
  sync.writeStatus();
}
