// PriorityLevelConfigurations: how many requests are worked on at once (pkg/apis/flowcontrol/validation, Kubernetes 1.36).
import { forbidden, invalid, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type {
  LimitedPriorityLevelConfiguration,
  LimitResponse,
  PriorityLevelConfiguration,
  QueuingConfiguration,
} from '../../../../api/object.ts';
import { checkRequiredSupported, type Errors } from '../checks.ts';
import { kindRules } from '../kind-rules.ts';
import { metadataPath, subdomainName } from '../object-meta.ts';
import { mandatorySpec } from './mandatory.ts';

const path = FieldPath.of('spec');
const mostQueues = 10_000_000;
/** What a hash has to deal cards with (shufflesharding.MaxHashBits). */
const hashBits = 60;
const zeroShares = 'flowcontrol.k8s.io/v1beta3-preserve-zero-concurrency-shares';

const entropy = (queues: number, hand: number) => Math.ceil(Math.log2(queues) * hand);

function handProblem(hand: number, queues: number): string | undefined {
  if (hand <= 0) return 'must be positive';
  if (hand > queues) return `should not be greater than queues (${queues})`;
  const bits = entropy(queues, hand);
  const what = `required entropy bits of deckSize ${queues} and handSize ${hand}`;
  return bits > hashBits ? `${what} should not be greater than ${hashBits}` : undefined;
}

function checkQueuing(queuing: QueuingConfiguration, at: FieldPath, errors: Errors): void {
  const { queues, handSize, queueLengthLimit } = queuing;
  if (queueLengthLimit <= 0) errors.push(invalid(at.child('queueLengthLimit'), queueLengthLimit, 'must be positive'));
  if (queues <= 0) errors.push(invalid(at.child('queues'), queues, 'must be positive'));
  else if (queues > mostQueues) {
    errors.push(invalid(at.child('queues'), queues, `must not be greater than ${mostQueues}`));
  }
  const problem = handProblem(handSize, queues);
  if (problem) errors.push(invalid(at.child('handSize'), handSize, problem));
}

function checkResponse({ type = '', queuing }: Partial<LimitResponse>, at: FieldPath, errors: Errors): void {
  const where = at.child('queuing');
  const limited = 'limited.limitResponse.type is';
  if (type === 'Reject') {
    if (queuing) errors.push(forbidden(where, `must be nil if ${limited} not Limited`));
  } else if (type === 'Queue') {
    if (queuing) checkQueuing(queuing, where, errors);
    else errors.push(required(where, `must not be empty if ${limited} Limited`));
  } else checkRequiredSupported(type, ['Queue', 'Reject'], at.child('type'), errors);
}

/** What levels with and without limits have in common, before and after what they do with too many requests. */
function checkShares(shares: number | undefined, at: FieldPath, errors: Errors): void {
  if (shares === undefined || shares >= 0) return;
  errors.push(invalid(at.child('nominalConcurrencyShares'), shares, 'must be a non-negative integer'));
}

function checkLendable(percent: number | undefined, at: FieldPath, errors: Errors): void {
  if (percent === undefined || (percent >= 0 && percent <= 100)) return;
  errors.push(invalid(at.child('lendablePercent'), percent, 'must be between 0 and 100, inclusive'));
}

function checkLimited(limited: LimitedPriorityLevelConfiguration, at: FieldPath, errors: Errors): void {
  const { borrowingLimitPercent: borrowed } = limited;
  checkShares(limited.nominalConcurrencyShares, at, errors);
  checkResponse(limited.limitResponse ?? {}, at.child('limitResponse'), errors);
  checkLendable(limited.lendablePercent, at, errors);
  if (borrowed !== undefined && borrowed < 0) {
    const detail = 'if specified, must be a non-negative integer';
    errors.push(invalid(at.child('borrowingLimitPercent'), borrowed, detail));
  }
}

export const priorityLevelRules = kindRules<PriorityLevelConfiguration>({
  meta: { namespaced: false, name: subdomainName },
  metaAsNew: true,
  content({ metadata, spec }, errors) {
    const { type = '', limited, exempt } = spec ?? {};
    const at = { type: path.child('type'), limited: path.child('limited'), exempt: path.child('exempt') };
    if (metadata.annotations?.[zeroShares] !== undefined) {
      errors.push(forbidden(metadataPath.child('annotations'), `annotation '${zeroShares}' is forbidden`));
    }
    if ((metadata.name === 'exempt') !== (type === 'Exempt')) {
      errors.push(invalid(at.type, type, "must be 'Exempt' if and only if `name` is 'exempt'"));
    }
    if (type === 'Exempt') {
      if (limited) errors.push(forbidden(at.limited, 'must be nil if the type is not Limited'));
      checkShares(exempt?.nominalConcurrencyShares, at.exempt, errors);
      checkLendable(exempt?.lendablePercent, at.exempt, errors);
    } else if (type === 'Limited') {
      if (exempt) errors.push(forbidden(at.exempt, 'must be nil if the type is Limited'));
      if (limited) checkLimited(limited, at.limited, errors);
      else errors.push(required(at.limited, 'must not be empty when type is Limited'));
    } else checkRequiredSupported(type, ['Exempt', 'Limited'], at.type, errors);
  },
  unmodelled: [mandatorySpec],
});
