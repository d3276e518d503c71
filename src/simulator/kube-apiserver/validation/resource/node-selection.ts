// Which nodes can use what a ResourceSlice offers, for all of it or device by device (pkg/apis/resource/validation, Kubernetes 1.36).
import { invalid } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import type { NodeSelector } from '../../../../api/object.ts';
import type { Errors } from '../checks.ts';
import { goStruct } from '../go-struct.ts';
import { checkSubdomain } from '../labels.ts';
import { checkNodeSelector } from '../node-selector.ts';

/** The ways to say it; exactly one is to be gone. */
interface Nodes {
  readonly nodeName?: string;
  readonly nodeSelector?: NodeSelector;
  readonly allNodes?: boolean;
  readonly perDeviceNodeSelection?: boolean;
}

interface Wording {
  /** What is said of a name that is empty. */
  readonly noName: string;
  /** Whether a selector has one term and no more. */
  readonly oneTerm: boolean;
}

function checkSelector(selector: NodeSelector, oneTerm: boolean, path: FieldPath, errors: Errors): void {
  checkNodeSelector(selector, path, errors);
  if (!oneTerm || selector.nodeSelectorTerms.length === 1) return;
  const { NodeSelectorTerms: shown } = goStruct('core/v1.NodeSelector', selector) as { NodeSelectorTerms: unknown };
  errors.push(invalid(path.child('nodeSelectorTerms'), shown, 'must have exactly one node selector term'));
}

/** What is wrong with each of the ways; returns those that are gone, as messages name them. */
export function checkNodes(nodes: Nodes, { noName, oneTerm }: Wording, path: FieldPath, errors: Errors): string[] {
  const { nodeName, nodeSelector, allNodes, perDeviceNodeSelection } = nodes;
  const switches = { allNodes, perDeviceNodeSelection };
  if (nodeName === '') errors.push(invalid(path.child('nodeName'), nodeName, noName));
  else if (nodeName !== undefined) checkSubdomain(nodeName, path.child('nodeName'), errors);
  if (nodeSelector) checkSelector(nodeSelector, oneTerm, path.child('nodeSelector'), errors);
  for (const [name, value] of Object.entries(switches)) {
    if (value === false) errors.push(invalid(path.child(name), value, 'must be either unset or set to true'));
  }
  return Object.entries({ nodeName, nodeSelector, ...switches }).flatMap(([name, way]) => (way ? [`\`${name}\``] : []));
}
