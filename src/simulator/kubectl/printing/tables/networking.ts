// `kubectl get ingresses|ingressclasses|networkpolicies`.
import type { Ingress, IngressClass, IngressRule, NetworkPolicy } from '../../../../api/object.ts';
import { formatLabelSelector } from '../../../../api/label-selector.ts';
import { compareBytes } from '../../../../base/order.ts';
import { tablePrinter } from '../table.ts';
import { ageOf, nameOf, none } from './cells.ts';

const isDefault = 'ingressclass.kubernetes.io/is-default-class';

export const ingressPrinter = tablePrinter<Ingress>(
  ['Name', 'Class', 'Hosts', 'Address', 'Ports', 'Age'],
  (ingress, moment) => {
    const { spec, status } = ingress;
    const addresses = (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || hostname || '');
    return [
      nameOf(ingress),
      spec?.ingressClassName ?? none,
      hostsText(spec?.rules ?? []),
      [...new Set(addresses.filter(Boolean))].sort(compareBytes).join(','),
      spec?.tls?.length ? '80, 443' : '80',
      ageOf(ingress, moment),
    ];
  },
);

/** Three hosts at most; how many rules there are beyond three is said if any rule comes after the third host. */
function hostsText(rules: readonly IngressRule[]): string {
  const named = rules.flatMap(({ host }, i) => (host ? [{ host, i }] : []));
  const third = named[2];
  const shown = named.slice(0, 3).map(({ host }) => host);
  if (shown.length === 0) return '*';
  const isCut = third !== undefined && third.i < rules.length - 1;
  return isCut ? `${shown.join(',')} + ${rules.length - 3} more...` : shown.join(',');
}

export const ingressClassPrinter = tablePrinter<IngressClass>(
  ['Name', 'Controller', 'Parameters', 'Age'],
  (ingressClass, moment) => {
    const { metadata, spec } = ingressClass;
    const { apiGroup, kind, name } = spec?.parameters ?? {};
    const parameters = `${kind}${apiGroup === undefined ? '' : `.${apiGroup}`}/${name}`;
    return [
      nameOf(ingressClass) + (metadata.annotations?.[isDefault] === 'true' ? ' (default)' : ''),
      spec?.controller ?? '',
      spec?.parameters ? parameters : none,
      ageOf(ingressClass, moment),
    ];
  },
);

export const networkPolicyPrinter = tablePrinter<NetworkPolicy>(['Name', 'Pod-Selector', 'Age'], (policy, moment) => [
  nameOf(policy),
  formatLabelSelector(policy.spec?.podSelector),
  ageOf(policy, moment),
]);
