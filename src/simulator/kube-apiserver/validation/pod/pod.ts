// Pods (pkg/apis/core/validation, ValidatePodCreate and ValidatePodUpdate, Kubernetes 1.36).
import { forbidden } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type { Pod } from '../../../../api/object.ts';
import type { Errors } from '../checks.ts';
import { checkMetadata, metadataPath, subdomainName } from '../object-meta.ts';
import { checkImageSpacing } from './containers.ts';
import { checkPodAnnotations } from './pod-annotations.ts';
import { checkPodSpec } from './pod-spec.ts';
import { checkProfilesAgree } from './profile-annotations.ts';

const specPath = FieldPath.of('spec');
const noSpec: NonNullable<Pod['spec']> = { containers: [] };

/** validatePodMetadataAndSpec. */
export function checkMetadataAndSpec({ metadata, spec = noSpec }: Pod, errors: Errors): void {
  checkMetadata(metadata, { namespaced: true, name: subdomainName }, errors);
  checkPodAnnotations(metadata.annotations, spec, metadataPath.child('annotations'), errors);
  checkPodSpec(spec, specPath, errors, { metadata });
  if (!spec.serviceAccountName) {
    spec.volumes?.forEach(({ projected }, i) =>
      projected?.sources?.forEach(({ serviceAccountToken }, j) => {
        if (!serviceAccountToken) return;
        const at = specPath.child('volumes').index(i).child('projected', 'sources').index(j);
        const detail = 'must not be specified when serviceAccountName is not set';
        errors.push(forbidden(at.child('serviceAccountToken'), detail));
      }),
    );
  }
  for (const list of ['containers', 'initContainers'] as const) {
    spec[list]?.forEach((container, i) => checkImageSpacing(container, specPath.child(list).index(i), errors));
  }
}

export function checkPodCreate(pod: Pod, errors: Errors): void {
  checkMetadataAndSpec(pod, errors);
  const { ephemeralContainers, nodeName, schedulingGates } = pod.spec ?? noSpec;
  if (ephemeralContainers?.length) {
    errors.push(forbidden(specPath.child('ephemeralContainers'), 'cannot be set on create'));
  }
  if (nodeName && schedulingGates?.length) {
    errors.push(forbidden(specPath.child('nodeName'), 'cannot be set until all schedulingGates have been cleared'));
  }
  checkProfilesAgree(pod.metadata.annotations, pod.spec ?? noSpec, specPath, errors);
}
