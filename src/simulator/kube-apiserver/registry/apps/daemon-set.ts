// DaemonSets count the changes of their template besides those of their spec, in an annotation of the v1 API
// (pkg/registry/apps/daemonset/strategy.go and pkg/apis/apps/v1/conversion.go, Kubernetes 1.36).
import type { DaemonSet } from '../../../../api/object.ts';
import { deepEqual } from '../../../../base/json.ts';
import { withMetadata } from '../object-meta.ts';
import { withCleanTemplate } from '../pods/template.ts';
import { keepSpec, specChanged, withStatus } from '../generic.ts';
import type { AnyObject, Strategy } from '../strategy.ts';

const templateGeneration = 'deprecated.daemonset.template.generation';

function withTemplateGeneration(object: AnyObject, generation: number): AnyObject {
  const annotations = { ...object.metadata.annotations, [templateGeneration]: String(generation) };
  return withMetadata(object, { annotations });
}

export const daemonSetStrategy: Strategy = {
  prepareForCreate(object) {
    const status = { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 };
    return withTemplateGeneration(withCleanTemplate(withStatus(object, status)), 1);
  },
  prepareForUpdate(object, old) {
    const before = Number(old.metadata.annotations?.[templateGeneration] ?? 0);
    const changed = !deepEqual((object as DaemonSet).spec?.template, (old as DaemonSet).spec?.template);
    return withTemplateGeneration(withCleanTemplate(withStatus(object, old.status)), changed ? before + 1 : before);
  },
  prepareForStatusUpdate: keepSpec,
  changesGeneration: specChanged,
};
