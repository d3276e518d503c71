// The pull policy of an image follows from its tag: what may change under its name is pulled every time
// (pkg/apis/core/v1/defaults.go SetDefaults_Container, pkg/util/parsers, Kubernetes 1.36).
import { parseImageReference } from '../../../api/image-reference.ts';

/** `Always` for the tag latest, written or not; else `IfNotPresent`, also for what is no image reference. */
export function defaultPullPolicy(image: string | undefined): string {
  const reference = parseImageReference(image ?? '');
  if ('error' in reference) return 'IfNotPresent';
  const latest = reference.tag === 'latest' || (!reference.tag && !reference.digest);
  return latest ? 'Always' : 'IfNotPresent';
}
