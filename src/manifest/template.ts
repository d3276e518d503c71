// Files of a Helm chart are not manifests yet: the template actions in them are recognised, so that such a file is left alone with one hint.
import type { YamlNode } from './yaml-node.ts';

/** What only Helm's templates say: its built-in objects, its functions, and blocks. A plain `{{ .name }}` is also used by others. */
const helmAction =
  /\{\{-?\s*(?:[\w ("]*\.(?:Values|Release|Chart|Capabilities|Files|Template)\b|(?:include|template|define|tpl)\s)/;

/**
 * Whether the text of a document is a template of Helm: it has `{{` and is refused as it stands, or says something of Helm's outside of
 * block scalars (a ConfigMap may well carry a template of someone else's as text).
 */
export function isTemplate(text: string, root: YamlNode | undefined, isRefused: boolean): boolean {
  if (!text.includes('{{')) return false;
  if (isRefused || !root) return text.includes('}}');
  return helmAction.test(text) && mentionsHelm(root);
}

function mentionsHelm(node: YamlNode): boolean {
  switch (node.kind) {
    case 'scalar':
      return node.style !== 'literal' && node.style !== 'folded' && helmAction.test(node.text);
    case 'sequence':
      return node.items.some(mentionsHelm);
    case 'mapping':
      return node.entries.some(({ key, value }) => mentionsHelm(key) || mentionsHelm(value));
    case 'alias':
      return false;
  }
}
