// `-o name|yaml|json|jsonpath=…`: objects printed as what they are rather than as a table.
import type { KubeObject } from '../../../api/object.ts';
import type { ApiResource } from '../../../api/resources.ts';
import { textFailure, unknownFailure, type Failure } from '../failure.ts';
import { printedKind } from '../resource-names.ts';
import { oneOrList, printJson } from './json.ts';
import { printJsonPath } from './json-path.ts';
import { printYaml } from './yaml.ts';

/** An object with the resource it was read from. */
export interface PrintableObject {
  readonly resource: ApiResource;
  readonly object: KubeObject;
}

/** The text of objects in a format, or why it cannot be given. `asList`: one object too is printed as a List. */
export function printObjects(
  format: string,
  objects: readonly PrintableObject[],
  asList: boolean,
): { readonly text: string } | Failure {
  const all = objects.map(({ object }) => object);
  if (format === 'name') {
    const lines = objects.map(({ resource, object }) => `${printedKind(resource)}/${object.metadata.name}\n`);
    return { text: lines.join('') };
  }
  if (format === 'json') return { text: printJson(oneOrList(all, asList)) };
  if (format === 'yaml') return { text: printYaml(oneOrList(all, asList)) };
  if (!format.startsWith('jsonpath=')) {
    return isKnownFormat(format) ? unknownFailure(`-o ${format}`) : textFailure(unsuitable(format));
  }
  const text = printJsonPath(format.slice('jsonpath='.length).replace(/^(['"])(.*)\1$/, '$2'), oneOrList(all, asList));
  return text === undefined ? unknownFailure(`-o ${format}`) : { text };
}

const formats =
  'go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml';

/** Whether kubectl has a printer for the format, modelled or not. */
export const isKnownFormat = (format: string) => formats.split(',').includes(format.replace(/=.*/s, ''));

/** What kubectl says of a format that it does not know. */
export const unsuitable = (format: string) =>
  `unable to match a printer suitable for the output format "${format}", allowed formats are: ${formats}`;
