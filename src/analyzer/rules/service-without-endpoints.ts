// A Service that selects no Pod: its address answers nobody.
import { refOf, type EndpointSlice, type Service } from '../../api/object.ts';
import type { Rule } from '../finding.ts';

export const serviceWithoutEndpoints: Rule = {
  ids: ['service-without-endpoints'],
  find: ({ applied, final, trace }) => {
    const slices = [...final.values()].filter((object) => object.kind === 'EndpointSlice') as EndpointSlice[];
    return [...final.values()].flatMap((object) => {
      if (
        object.kind !== 'Service' ||
        !applied.some((a) => a.kind === 'Service' && a.metadata.name === object.metadata.name)
      )
        return [];
      const service = object as Service;
      const selector = Object.entries(service.spec?.selector ?? {});
      const own = slices.filter(
        ({ metadata }) =>
          metadata.namespace === service.metadata.namespace &&
          metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name,
      );
      if (selector.length === 0 || own.length === 0 || own.some(({ endpoints }) => (endpoints ?? []).length > 0))
        return [];
      const text = selector.map(([key, value]) => `${key}=${value}`).join(',');
      return [
        {
          ...{
            id: 'service-without-endpoints',
            severity: 'warning',
            subject: refOf(service),
            related: [],
            dependsOnCluster: true,
          },
          field: { path: 'spec.selector' },
          message: `Service ${service.metadata.name} has no endpoints`,
          explanation: `No Pod has the labels ${text}: traffic to the Service is refused until one does.`,
          steps: trace.flatMap((entry) => (entry.type === 'store' && entry.object === own[0] ? [entry.seq] : [])),
        } as const,
      ];
    });
  },
};
