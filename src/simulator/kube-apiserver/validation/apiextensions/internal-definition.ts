// A CustomResourceDefinition as the server holds it inside: what all versions have in common stands above them
// (apiextensions-apiserver/pkg/apis/apiextensions/v1/conversion.go, Kubernetes 1.36). Messages show paths and structs of this form.
import type {
  CustomResourceColumnDefinition,
  CustomResourceDefinitionSpec,
  CustomResourceDefinitionVersion,
  CustomResourceSubresources,
  CustomResourceValidation,
  SelectableField,
} from '../../../../api/object.ts';
import { semanticEqual } from '../semantic-equal.ts';
import { goSchema } from './go-schema.ts';

/** What a version may have of its own, or all of them together. */
interface PerVersion {
  readonly subresources?: CustomResourceSubresources;
  readonly schema?: CustomResourceValidation;
  readonly additionalPrinterColumns?: readonly CustomResourceColumnDefinition[];
  readonly selectableFields?: readonly SelectableField[];
}

export interface InternalSpec {
  readonly common: PerVersion;
  readonly versions: readonly CustomResourceDefinitionVersion[];
}

const shared = ['subresources', 'schema', 'additionalPrinterColumns', 'selectableFields'] as const;

/** Both parts of the spec; a field is in one of them. */
export function internalSpec({ versions }: CustomResourceDefinitionSpec): InternalSpec {
  const [first] = versions;
  const common: Record<string, unknown> = {};
  let rest: readonly CustomResourceDefinitionVersion[] = versions;
  for (const name of shared) {
    if (!first || !versions.every((version) => semanticEqual(version[name], first[name]))) continue;
    if (first[name] !== undefined) common[name] = first[name];
    rest = rest.map(({ [name]: _, ...version }) => version as CustomResourceDefinitionVersion);
  }
  return { common, versions: rest };
}

/** A version as a message shows it. */
export function goVersion(version: CustomResourceDefinitionVersion): unknown {
  const { schema, subresources, additionalPrinterColumns: columns, selectableFields } = version;
  return {
    Name: version.name,
    Served: version.served,
    Storage: version.storage,
    Deprecated: version.deprecated ?? false,
    DeprecationWarning: version.deprecationWarning ?? null,
    Schema: schema ? { OpenAPIV3Schema: schema.openAPIV3Schema ? goSchema(schema.openAPIV3Schema) : null } : null,
    Subresources: subresources ? goSubresources(subresources) : null,
    AdditionalPrinterColumns: columns?.map(goColumn) ?? null,
    SelectableFields: selectableFields?.map(({ jsonPath }) => ({ JSONPath: jsonPath })) ?? null,
  };
}

function goSubresources({ status, scale }: CustomResourceSubresources): unknown {
  return {
    Status: status ? {} : null,
    Scale: scale
      ? {
          SpecReplicasPath: scale.specReplicasPath,
          StatusReplicasPath: scale.statusReplicasPath,
          LabelSelectorPath: scale.labelSelectorPath ?? null,
        }
      : null,
  };
}

function goColumn(column: CustomResourceColumnDefinition): unknown {
  return {
    Name: column.name,
    Type: column.type,
    Format: column.format ?? '',
    Description: column.description ?? '',
    Priority: column.priority ?? 0,
    JSONPath: column.jsonPath,
  };
}
