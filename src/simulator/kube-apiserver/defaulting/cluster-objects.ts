// The small kinds of core, rbac, scheduling and autoscaling that have a default or two
// (pkg/apis/{core,rbac,scheduling,autoscaling}/*/defaults.go, Kubernetes 1.36).
import { utf8Of } from '../../../api/go-text.ts';
import type {
  ClusterRoleBinding,
  LimitRange,
  LimitRangeItem,
  Namespace,
  Node,
  NodeSpec,
  PriorityClass,
  ResourceQuota,
  RoleBinding,
  Secret,
  RbacSubject,
} from '../../../api/object.ts';
import { encodeBase64 } from '../../../api/decoding/base64.ts';
import { defaultResourceList } from './resources.ts';
import { withDefaults, withField, withFieldDefaults, withItems } from './with-defaults.ts';

const nameLabel = 'kubernetes.io/metadata.name';

export function defaultNamespace(namespace: Namespace): Namespace {
  const { name } = namespace.metadata;
  const labelled =
    name === undefined || namespace.metadata.labels?.[nameLabel] === name
      ? namespace
      : withField(namespace, 'metadata', (metadata) => ({
          ...metadata,
          labels: { ...metadata.labels, [nameLabel]: name },
        }));
  return withFieldDefaults(labelled, 'status', { phase: 'Active' });
}

/** Texts are stored as bytes among the others, and win over them. */
function withStringData(secret: Secret): Secret {
  const { stringData, ...rest } = secret;
  if (!stringData) return secret;
  const encoded = Object.entries(stringData).map(([key, text]) => [key, encodeBase64(utf8(text))]);
  if (!encoded.length) return rest;
  return { ...rest, data: { ...rest.data, ...(Object.fromEntries(encoded) as Record<string, string>) } };
}

const utf8 = (text: string) => [...text].flatMap((character) => utf8Of(character.codePointAt(0) ?? 0));

export function defaultSecret(secret: Secret): Secret {
  return withDefaults(withStringData(secret), { type: 'Opaque' });
}

/** The two fields for ranges of Pods are one inside the server: the older one wins, and is the first of the newer one. */
function withPodRanges(spec: NodeSpec): NodeSpec {
  const { podCIDR, podCIDRs: [first] = [] } = spec;
  if (podCIDR === first || (!podCIDR && !first)) return spec;
  return podCIDR ? { ...spec, podCIDRs: [podCIDR] } : { ...spec, ...(first && { podCIDR: first }) };
}

export function defaultNode(node: Node): Node {
  return withField(withField(node, 'spec', withPodRanges), 'status', (given) => {
    const status = withField(withField(given, 'capacity', defaultResourceList), 'allocatable', defaultResourceList);
    return status.capacity ? withDefaults(status, { allocatable: status.capacity }) : status;
  });
}

export function defaultQuota(quota: ResourceQuota): ResourceQuota {
  return withField(quota, 'spec', (spec) => withField(spec, 'hard', defaultResourceList));
}

/** Of a container's range, what is not requested by default is the default limit, else the minimum; a default limit is the maximum. */
function defaultRange(given: LimitRangeItem): LimitRangeItem {
  let item = given;
  for (const name of ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const) {
    item = withField(item, name, defaultResourceList);
  }
  if (item.type !== 'Container') return item;
  item = withFieldDefaults(item, 'default', item.max ?? {});
  return withFieldDefaults(item, 'defaultRequest', { ...item.min, ...item.default });
}

export function defaultLimitRange(range: LimitRange): LimitRange {
  return withField(range, 'spec', (spec) => withField(spec, 'limits', (limits) => withItems(limits, defaultRange)));
}

const rbac = { apiGroup: 'rbac.authorization.k8s.io' };

function defaultSubject(subject: RbacSubject): RbacSubject {
  return subject.kind === 'User' || subject.kind === 'Group' ? withDefaults(subject, rbac) : subject;
}

export function defaultBinding<T extends ClusterRoleBinding | RoleBinding>(binding: T): T {
  const { roleRef, subjects } = binding;
  const bound = roleRef.apiGroup ? binding : { ...binding, roleRef: { ...roleRef, ...rbac } };
  const changed = subjects && withItems(subjects, defaultSubject);
  return changed === subjects ? bound : { ...bound, subjects: changed };
}

export function defaultPriorityClass(priorityClass: PriorityClass): PriorityClass {
  return withDefaults(priorityClass, { preemptionPolicy: 'PreemptLowerPriority' });
}
