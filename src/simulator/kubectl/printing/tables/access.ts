// `kubectl get serviceaccounts|roles|clusterroles|rolebindings|clusterrolebindings`.
import type { KubeObject, RbacSubject as Subject, RoleBinding } from '../../../../api/object.ts';
import { tablePrinter } from '../table.ts';
import { ageOf, nameOf } from './cells.ts';

export const serviceAccountPrinter = tablePrinter(['Name', 'Age'], (account, moment) => [
  nameOf(account),
  ageOf(account, moment),
]);

/** What kinds without columns of their own have (rest.DefaultTableConvertor). */
export const defaultPrinter = tablePrinter<KubeObject>(['Name', 'Created At'], (object) => [
  nameOf(object),
  object.metadata.creationTimestamp ?? '',
]);

export const bindingPrinter = tablePrinter<RoleBinding>(
  ['Name', 'Role', 'Age', '[Users]', '[Groups]', '[ServiceAccounts]'],
  (binding, moment) => {
    const { roleRef, subjects = [] } = binding;
    const names = (kind: string, nameOfSubject = ({ name }: Subject) => name) =>
      subjects
        .filter((subject) => subject.kind === kind)
        .map(nameOfSubject)
        .join(', ');
    return [
      nameOf(binding),
      `${roleRef.kind}/${roleRef.name}`,
      ageOf(binding, moment),
      names('User'),
      names('Group'),
      names('ServiceAccount', ({ namespace, name }) => (namespace ? `${namespace}/${name}` : name)),
    ];
  },
);
