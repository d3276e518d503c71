// An object as kube-apiserver sends it to kubectl: lists that are always written are null where nothing is in them, however they were given.
import { Decoder } from '../../api/decoding/decoder.ts';
import type { KubeObject } from '../../api/object.ts';
import { typeOfKind } from '../../api/schema.ts';

export function wireForm<T extends KubeObject>(object: T): T {
  const type = typeOfKind(object.apiVersion, object.kind);
  return type ? (new Decoder('wire').decode(type, object) as T) : object;
}
