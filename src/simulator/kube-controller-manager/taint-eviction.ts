// The taint eviction controller: a Pod has to leave a node with a NoExecute taint that it does not tolerate, at once or when the time is
// up for which it does (k8s.io/kubernetes/pkg/controller/tainteviction, v1.36). It speaks as the node controller.
import { disruptionTarget } from '../../api/disruption-target.ts';
import { keyOf, type Node, type Pod, type Taint, type Toleration } from '../../api/object.ts';
import { toleratesTaint } from '../../api/tolerations.ts';
import { deepEqual } from '../../base/json.ts';
import { EventRecorder } from '../client/event-recorder.ts';
import type { Timer } from '../kernel/kernel.ts';
import { syncDelay, type Controller, type ControllerContext } from './controller.ts';

const cause = { reason: 'DeletionByTaintManager', message: 'Taint manager: deleting due to NoExecute taint' };

export const taintEvictionController: Controller = {
  name: 'taint-eviction-controller',
  actor: 'node-controller',
  start: (context) => new TaintEviction(context).start(),
};

interface Eviction {
  readonly since: number;
  readonly timer: Timer;
}

class TaintEviction {
  readonly #context: ControllerContext;
  readonly #recorder: EventRecorder;
  readonly #taints = new Map<string, readonly Taint[]>();
  readonly #planned = new Map<string, Eviction>();

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#recorder = new EventRecorder(context.kernel, context.client, { component: 'taint-eviction-controller' });
  }

  start(): void {
    const { kernel, client, informers } = this.#context;
    const pods = informers.of<Pod>('pods');
    const soon = (work: () => void) => void kernel.after(syncDelay, client.actor, work);
    const podChanged = (pod: Pod) => {
      if (this.#taints.has(pod.spec?.nodeName ?? '')) soon(() => this.#judge(pods.get(keyOf(pod))));
    };
    pods.handle({
      onAdd: podChanged,
      onUpdate: (pod, previous) => {
        const [now, before] = [pod.spec, previous.spec];
        if (now?.nodeName !== before?.nodeName || !deepEqual(now?.tolerations, before?.tolerations)) podChanged(pod);
      },
      onDelete: (pod) => this.#cancel(pod),
    });
    const nodeChanged = (node: Node) => {
      const { name = '' } = node.metadata;
      const taints = noExecuteTaints(node);
      if (taints.length > 0) this.#taints.set(name, taints);
      else if (!this.#taints.delete(name)) return;
      soon(() => {
        for (const pod of pods.values()) if (pod.spec?.nodeName === name) this.#judge(pod);
      });
    };
    informers.of<Node>('nodes').handle({
      onAdd: nodeChanged,
      onUpdate: (node, previous) => {
        if (!deepEqual(noExecuteTaints(node), noExecuteTaints(previous))) nodeChanged(node);
      },
      onDelete: ({ metadata }) => void this.#taints.delete(metadata.name ?? ''),
    });
  }

  /** processPodOnNode. */
  #judge(pod: Pod | undefined): void {
    if (!pod) return;
    const { kernel, client, informers } = this.#context;
    const taints = this.#taints.get(pod.spec?.nodeName ?? '');
    const seconds = taints && toleratedSeconds(pod.spec?.tolerations ?? [], taints);
    if (seconds === undefined || seconds === Infinity) return this.#cancel(pod);
    const planned = this.#planned.get(keyOf(pod));
    if (planned && seconds > 0 && planned.since < kernel.now) return;
    this.#cancel(pod);
    if (seconds === 0) return this.#evict(pod);
    // what was tolerated before the run began may be so for longer than anybody waits
    const options = { background: !informers.started };
    const timer = kernel.after(seconds * 1000, client.actor, () => this.#evict(pod), options);
    this.#planned.set(keyOf(pod), { since: kernel.now, timer });
  }

  #cancel(pod: Pod): void {
    const planned = this.#planned.get(keyOf(pod));
    if (!planned) return;
    planned.timer.cancel();
    this.#planned.delete(keyOf(pod));
    this.#tell(pod, `Cancelling deletion of Pod ${keyOf(pod)}`);
  }

  #evict(pod: Pod): void {
    const { kernel, client } = this.#context;
    const { namespace = '', name = '' } = pod.metadata;
    this.#planned.delete(keyOf(pod));
    this.#tell(pod, `Marking for deletion Pod ${keyOf(pod)}`);
    const target = { resource: 'pods', namespace, name };
    const found = client.get<Pod>(target);
    if (!found.ok) return;
    const condition = disruptionTarget(found.object, cause, kernel.timestamp());
    if (condition) {
      const { metadata, status } = found.object;
      const others = (status?.conditions ?? []).filter(({ type }) => type !== condition.type);
      const order = [...others, condition].map(({ type }) => ({ type }));
      const conditions = { '$setElementOrder/conditions': order, conditions: [condition] };
      const patch = { metadata: { uid: metadata.uid }, status: conditions };
      if (!client.patch({ ...target, subresource: 'status' }, 'strategic', patch).ok) return;
    }
    client.delete(target);
  }

  /** The Event names the Pod without its uid, by which "kubectl describe" would find it. */
  #tell({ apiVersion, kind, metadata: { namespace = '', name = '' } }: Pod, message: string): void {
    this.#recorder.event(
      { apiVersion, kind, metadata: { namespace, name } },
      'Normal',
      'TaintManagerEviction',
      message,
    );
  }
}

function noExecuteTaints({ spec }: Node): readonly Taint[] {
  return (spec?.taints ?? []).filter(({ effect }) => effect === 'NoExecute');
}

/** For how long a Pod may stay: 0 if it does not tolerate a taint, Infinity if it tolerates all for ever. */
function toleratedSeconds(tolerations: readonly Toleration[], taints: readonly Taint[]): number {
  let least = Infinity;
  for (const taint of taints) {
    const toleration = tolerations.find((each) => toleratesTaint(each, taint));
    if (!toleration) return 0;
    least = Math.min(least, Math.max(0, toleration.tolerationSeconds ?? Infinity));
  }
  return least;
}
