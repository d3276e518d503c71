// The Pod that an owner's template describes, before the server completes it (controller.GetPodFromTemplate).
import type { KubeObject, Pod, PodTemplateSpec } from '../../api/object.ts';
import { controllerReference } from './owner-reference.ts';

export function podFromTemplate(owner: KubeObject, template: PodTemplateSpec | undefined): Pod {
  const { metadata, spec } = template ?? {};
  const { labels, annotations, finalizers } = metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${owner.metadata.name}-`,
      ...(owner.metadata.namespace && { namespace: owner.metadata.namespace }),
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      ...(finalizers && { finalizers }),
      ownerReferences: [controllerReference(owner)],
    },
    ...(spec && { spec }),
  };
}
