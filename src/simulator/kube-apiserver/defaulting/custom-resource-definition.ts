// CustomResourceDefinitions (apiextensions-apiserver/pkg/apis/apiextensions/v1/defaults.go, Kubernetes 1.36).
import type { CustomResourceDefinition, CustomResourceDefinitionNames } from '../../../api/object.ts';
import { withDefaults, withField } from './with-defaults.ts';

export function defaultDefinition(definition: CustomResourceDefinition): CustomResourceDefinition {
  const defaulted = withField(definition, 'spec', (given) => {
    const spec = withDefaults(withField(given, 'names', defaultNames), { conversion: { strategy: 'None' } });
    return withField(spec, 'conversion', (conversion) =>
      withField(conversion, 'webhook', (webhook) =>
        withField(webhook, 'clientConfig', (client) =>
          withField(client, 'service', (service) => withDefaults(service, { port: 443 })),
        ),
      ),
    );
  });
  if (definition.status?.storedVersions?.length) return defaulted;
  const stored = definition.spec?.versions?.find(({ storage }) => storage);
  if (!stored) return defaulted;
  return withField({ status: {} as never, ...defaulted }, 'status', (status) => ({
    ...status,
    storedVersions: [stored.name],
  }));
}

function defaultNames(names: CustomResourceDefinitionNames): CustomResourceDefinitionNames {
  const { kind = '', singular, listKind } = names;
  return {
    ...names,
    ...(!singular && { singular: kind.toLowerCase() }),
    ...(!listKind && kind && { listKind: `${kind}List` }),
  };
}
