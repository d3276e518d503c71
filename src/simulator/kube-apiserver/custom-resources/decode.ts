// From the body of a request to a custom object: metadata goes through its Go type, the rest through the schema
// (apiextensions-apiserver/pkg/apiserver/customresource_handler.go, unstructuredSchemaCoercer, Kubernetes 1.36).
import { Decoder } from '../../../api/decoding/decoder.ts';
import { errorText } from '../../../api/decoding/mismatch.ts';
import type { JSONSchemaProps, KubeObject } from '../../../api/object.ts';
import { typeNamed } from '../../../api/schema.ts';
import { conform } from './conform.ts';

/** The object with its defaults and the paths of fields that its schema does not know, or what ends the decoding. */
export type DecodedCustom =
  { readonly object: KubeObject; readonly unknown: readonly string[] } | { readonly error: string };

export function decodeCustom(
  body: Readonly<Record<string, unknown>>,
  schema: JSONSchemaProps | undefined,
  keepsNulls = false,
): DecodedCustom {
  const decoder = new Decoder('stored');
  const metadata = decoder.decode(typeNamed('meta/v1.ObjectMeta'), body['metadata'] ?? {});
  if (decoder.error !== undefined) return { error: errorText(decoder.error) };
  const { object, unknown } = conform({ ...body, metadata }, schema, keepsNulls);
  const ofMetadata = decoder.unknownFields.map((field) => `metadata.${field}`);
  return { object: object as unknown as KubeObject, unknown: [...ofMetadata, ...unknown] };
}
