// What `kubectl wait --for` can wait for (k8s.io/kubectl/pkg/cmd/wait: condition.go, json.go).
import { quote } from '../../api/go-text.ts';
import type { KubeObject } from '../../api/object.ts';
import { isObject } from '../../base/json.ts';
import { textFailure, unknownFailure, type Failure } from './failure.ts';
import { printJsonPath } from './printing/json-path.ts';

/** `delete`, `create`, or what is looked for in an object. */
export type Condition = 'delete' | 'create' | ((object: KubeObject) => boolean);

/** Reads the values of `--for`. */
export function conditionsOf(texts: readonly string[]): readonly Condition[] | Failure {
  if (texts.length === 0) return textFailure('unrecognized condition: []');
  const conditions: Condition[] = [];
  for (const text of texts) {
    const word = text.toLowerCase();
    if (word === 'delete' || word === 'create') conditions.push(word);
    else if (text.startsWith('condition=')) conditions.push(typedCondition(text.slice('condition='.length)));
    else if (text.startsWith('jsonpath=')) {
      const condition = pathCondition(text.slice('jsonpath='.length));
      if (typeof condition !== 'function') return condition;
      conditions.push(condition);
    } else return textFailure(`unrecognized condition: ${quote(text)}`);
  }
  return conditions;
}

/** `Ready`, `Ready=False`: a condition of the status that has seen the object's generation. */
function typedCondition(text: string) {
  const [, type = '', wanted = 'true'] = /^([^=]*)(?:=(.*))?$/s.exec(text.toLowerCase()) ?? [];
  return ({ metadata, status }: KubeObject & { readonly status?: unknown }) => {
    const { conditions, observedGeneration } = isObject(status) ? status : {};
    const all = Array.isArray(conditions) ? conditions.filter(isObject) : [];
    const found = all.find((condition) => String(condition.type).toLowerCase() === type);
    if (!found) return false;
    const observed = found.observedGeneration ?? observedGeneration;
    const isStale = typeof observed === 'number' && observed < (metadata.generation ?? 0);
    return !isStale && String(found.status).toLowerCase() === wanted;
  };
}

/** `{.status.phase}=Running`, or the path alone: any value. */
function pathCondition(text: string): ((object: KubeObject) => boolean) | Failure {
  const [, path = '', , value] = /^('?\{[^}]*\}'?|[^=]*)(=(.*))?$/s.exec(text) ?? [];
  const bare = path.replace(/^'?\{?\.?(.*?)\}?'?$/s, '$1');
  const template = `{.${bare}}`;
  const wanted = value?.replace(/^['"]+|['"]+$/g, '');
  if (wanted === '') {
    return textFailure(
      "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    );
  }
  if (bare === '' || printJsonPath(template, {}) === undefined) return unknownFailure(`--for=jsonpath=${text}`);
  return (object) => {
    const found = printJsonPath(template, object) ?? '';
    return wanted === undefined ? found !== '' : found.trim() === wanted.trim();
  };
}
