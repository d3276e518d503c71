// The controllers that are not here. What is applied for them would lie there as if it were fine; instead it is told of.
import { refOf, type KubeObject } from '../../api/object.ts';
import { deepEqual } from '../../base/json.ts';
import type { Controller } from './controller.ts';

const program = 'kube-controller-manager';

/** Resource → what its controller would do. */
export const unmodelledResources: Readonly<Record<string, string>> = {
  'certificatesigningrequests.certificates.k8s.io': 'signing of certificates is not modelled',
};

export const unmodelledControllers: Controller = {
  name: 'unmodelled',
  start({ kernel, informers }) {
    const tell = (object: KubeObject, reason: string) => {
      // What was there before the run is as its controller left it.
      if (!informers.started) return;
      kernel.record(program, program, { type: 'unknown', subject: refOf(object), reason });
    };
    for (const [resource, reason] of Object.entries(unmodelledResources)) {
      informers.of<KubeObject & { readonly spec?: unknown }>(resource).handle({
        onAdd: (object) => tell(object, reason),
        onUpdate: (object, previous) => {
          if (!deepEqual(object.spec, previous.spec)) tell(object, reason);
        },
      });
    }
  },
};
