// The shape of the policy tables: what a ClusterRoleBinding says, without what every one of them says.
import type { RbacSubject } from '../../../api/object.ts';

/** The binding's name, its ClusterRole, its subjects. */
export type PolicyBinding = readonly [name: string, role: string, subjects: readonly RbacSubject[]];
