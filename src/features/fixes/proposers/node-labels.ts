// NodeAffinity: a label that the Pod asks for and the node does not have is corrected to one that the node has, or left out; or the node gets it.
import { nearest, nearestKey } from '../../../analyzer/suggest.ts';
import type { Node, NodeSelectorRequirement } from '../../../api/object.ts';
import { isWritten, removeWhole, rename, set, type Change } from '../change.ts';
import type { PendingPod, PlacementProposer } from '../pending-pod.ts';

const requiredPath = /nodeSelectorTerms\[(\d+)\]\.matchExpressions\[(\d+)\]$/;

export const nodeLabels: PlacementProposer = {
  plugin: 'NodeAffinity',
  propose(pending, node) {
    // each label that is missed needs its own change
    const blames = pending.blame(node, 'NodeAffinity');
    const [blame, another] = blames;
    if (!blame || another) return [];
    const key = /^spec\.nodeSelector\[(.*)\]$/.exec(blame.path)?.[1];
    if (key !== undefined) return ofSelector(pending, node, key);
    const [, term, expression] = requiredPath.exec(blame.path) ?? [];
    return term === undefined ? [] : ofExpression(pending, node, blame.path, Number(term), Number(expression));
  },
};

function ofSelector(pending: PendingPod, node: Node, key: string): Change[] {
  const { declared, pod, path } = pending;
  const wanted = pod.spec?.nodeSelector?.[key] ?? '';
  const labels = node.metadata.labels ?? {};
  const at = path(`spec.nodeSelector[${key}]`);
  if (!isWritten(declared, at)) return [];
  const changes: Change[] = [];
  const meant = nearestKey(
    key,
    Object.keys(labels).filter((other) => labels[other] === wanted),
  );
  const isSlip = nearest(key, meant === undefined ? [] : [meant]) !== undefined;
  if (labels[key] === undefined && meant !== undefined && !isWritten(declared, path(`spec.nodeSelector[${meant}]`))) {
    changes.push({
      id: `rename ${at} to ${meant}`,
      title: `Correct ${key} to ${meant}`,
      cost: 1,
      risk: isSlip ? 0 : 1,
      isSafe: isSlip,
      edits: [rename(declared, at, meant)],
    });
  }
  const value = labels[key];
  if (value !== undefined) {
    // what other nodes have is no slip
    const isTypo = nearest(wanted, [value]) !== undefined && !valuesOf(pending, key).has(wanted);
    changes.push({
      id: `set ${at} ${value}`,
      title: `Correct ${key} to ${value}`,
      cost: 1,
      risk: isTypo ? 0 : 2,
      isSafe: isTypo && onlyValue(pending, key),
      edits: [set(declared, at, value)],
    });
  }
  const removal = { id: `remove ${at}`, title: `Do without the label ${key}=${wanted}`, cost: 2, risk: 3 };
  return [...changes, { ...removal, edits: [removeWhole(declared, at)] }, labelled(node, key, wanted)];
}

/** Whether nodes have one value for a label: there is no choice in it then. */
const onlyValue = (pending: PendingPod, key: string) => valuesOf(pending, key).size === 1;

const valuesOf = ({ nodes }: PendingPod, key: string) =>
  new Set(nodes.flatMap(({ metadata }) => metadata.labels?.[key] ?? []));

function ofExpression(pending: PendingPod, node: Node, own: string, term: number, index: number): Change[] {
  const { declared, pod, path } = pending;
  const required = pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const expressions = required?.nodeSelectorTerms[term]?.matchExpressions ?? [];
  const requirement = expressions[index];
  if (!requirement || !isWritten(declared, path(own))) return [];
  const changes = corrected(pending, node, path(own), requirement);
  const text = `${requirement.key} ${requirement.operator}`;
  // of several terms each is an alternative: without conditions it would select no node
  if (expressions.length > 1 || required?.nodeSelectorTerms.length === 1) {
    changes.push({
      id: `remove ${path(own)}`,
      title: `Do without the condition ${text}`,
      cost: 2,
      risk: 3,
      edits: [removeWhole(declared, path(own))],
    });
  }
  const [value] = requirement.values ?? [];
  if (requirement.operator === 'In' && value !== undefined) changes.push(labelled(node, requirement.key, value));
  return changes;
}

function corrected(pending: PendingPod, node: Node, at: string, requirement: NodeSelectorRequirement): Change[] {
  const { declared } = pending;
  const { key, operator, values = [] } = requirement;
  const labels = node.metadata.labels ?? {};
  if (labels[key] === undefined) {
    const meant = nearestKey(key, Object.keys(labels));
    const isSlip = nearest(key, meant === undefined ? [] : [meant]) !== undefined;
    if (meant === undefined || operator === 'DoesNotExist' || operator === 'NotIn') return [];
    const change = {
      id: `set ${at}.key ${meant}`,
      title: `Correct ${key} to ${meant}`,
      cost: 1,
      risk: isSlip ? 0 : 1,
      isSafe: isSlip,
    };
    return [{ ...change, edits: [set(declared, `${at}.key`, meant)] }];
  }
  const value = labels[key];
  if (operator !== 'In' || values.includes(value)) return [];
  const known = valuesOf(pending, key);
  const typo = nearest(
    value,
    values.filter((one) => !known.has(one)),
  );
  return [
    typo === undefined
      ? {
          id: `allow ${at} ${value}`,
          title: `Allow ${key}=${value}, too`,
          cost: 2,
          risk: 2,
          edits: [set(declared, `${at}.values[${values.length}]`, value)],
        }
      : {
          id: `set ${at} ${value}`,
          title: `Correct ${typo} to ${value}`,
          cost: 1,
          risk: 0,
          isSafe: onlyValue(pending, key),
          edits: [set(declared, `${at}.values[${values.indexOf(typo)}]`, value)],
        },
  ];
}

/** The node gets the label: advice. */
function labelled(node: Node, key: string, value: string): Change {
  const name = node.metadata.name ?? '';
  const has = node.metadata.labels?.[key] !== undefined;
  return {
    id: `label ${name} ${key}=${value}`,
    title: `Label ${name} with ${key}=${value}`,
    cost: 3,
    risk: has ? 4 : 2,
    edits: [],
    family: `label ${key}=${value}`,
    cluster: {
      command: `kubectl label node ${name} ${key}=${value}${has ? ' --overwrite' : ''}`,
      objects: [{ ...node, metadata: { ...node.metadata, labels: { ...node.metadata.labels, [key]: value } } }],
    },
  };
}
