// What a check of the Pod Security Standards is, and the words all of them share (k8s.io/pod-security-admission/policy).
import type { Container, PodSpec } from '../../../../api/object.ts';
import { compareBytes } from '../../../../base/order.ts';

/** A Pod or the template of Pods. */
export interface PodLike {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: PodSpec;
}

/** Why a Pod is forbidden. */
export interface Violation {
  readonly reason: string;
  readonly detail: string;
}

export interface Check {
  readonly id: string;
  /** The minor version from which on the check exists; 0 if there was one ever since. */
  readonly since: number;
  /** The check of the baseline that a stricter one stands in for. */
  readonly overrides?: string;
  /** `minor` is that of the policy, for rules that changed over time. */
  readonly violation: (pod: PodLike, minor: number) => Violation | undefined;
}

/** Every container in the order in which they are named in messages: init, plain, ephemeral. */
export function containersOf(spec: PodSpec): readonly Container[] {
  const ephemeral = (spec.ephemeralContainers ?? []) as readonly Container[];
  return [...(spec.initContainers ?? []), ...spec.containers, ...ephemeral];
}

export const plural = (count: number, one: string, many: string): string => (count === 1 ? one : many);

export const joinQuoted = (items: readonly string[]): string => items.map((item) => `"${item}"`).join(', ');

/** What a Go set lists: sorted, each once. */
export const distinct = (items: Iterable<string>): string[] => [...new Set(items)].sort(compareBytes);

/** `container "a"`, `containers "a", "b"`. */
export const named = (names: readonly string[]): string =>
  `${plural(names.length, 'container', 'containers')} ${joinQuoted(names)}`;

export const namesOf = (containers: readonly Container[]): string[] => containers.map(({ name }) => name);

/** `pod and containers "a", "b"`: who sets what must not be set. */
export function setters(pod: boolean, containers: readonly string[]): string {
  return [...(pod ? ['pod'] : []), ...(containers.length > 0 ? [named(containers)] : [])].join(' and ');
}

/** From 1.35 on, a Pod in a user namespace of its own may do inside what would be dangerous outside. */
export const inUserNamespace = ({ hostUsers }: PodSpec, minor: number): boolean => minor >= 35 && hostUsers === false;

/** From 1.25 on, what only Linux knows is not asked of a Pod for Windows. */
export const forWindows = ({ os }: PodSpec, minor: number): boolean => minor >= 25 && os?.name === 'windows';
