// What the compiler estimates that the parts of an expression cost at most (cel-go's checker/cost.go and apiserver/pkg/cel/library/cost.go,
// Kubernetes 1.36). Never less than the server's own estimate, which knows the least sizes as well.
import type { CelType } from './types.ts';

/** What an operator costs whatever it is used on. */
export const operatorCosts: Readonly<Record<string, number>> = {
  id: 1,
  '.': 1,
  '.?': 1,
  '[]': 1,
  '[?]': 1,
  '!_': 1,
  '-_': 1,
  list: 10,
  map: 30,
};

/** Macros that go through a list, or the keys of a map: what that costs, and every step of it. */
export const loopCosts: Readonly<Record<string, readonly [number, number]>> = {
  all: [1, 3],
  exists: [1, 4],
  exists_one: [2, 2],
  filter: [13, 13],
  map: [13, 13],
};

/** What a call costs, and how large its value can become where that is known. */
interface Estimate {
  readonly cost: number;
  readonly size?: number;
}

/** What it costs to go through so many bytes, or through a pattern. */
export const traversed = (size: number): number => Math.ceil(0.1 * size);
const searched = (size: number, pattern: number) => traversed(size + 1) * Math.ceil(0.25 * pattern);

const parsed = new Set(['cidr', 'ip', 'isCIDR', 'isIP', 'isQuantity', 'quantity', 'url']);
const compared = new Set(['indexOf', 'isSorted', 'lastIndexOf', 'max', 'min', 'sum']);
const shortened = new Set(['lowerAscii', 'substring', 'trim', 'upperAscii']);

/** Comparing two addresses, at most. */
const addressCost = 4;

/** CostEstimator.EstimateCallCost. */
export function estimate(name: string, on: CelType | undefined, args: readonly CelType[]): Estimate {
  const [first = 0, second = 0] = args.map(({ size }) => size);
  if (!on) {
    if (name === 'string' && args.some(({ kind }) => kind === 'dyn')) return { cost: traversed(first), size: first };
    return { cost: parsed.has(name) ? traversed(first) : 1 };
  }
  const { size, element } = on;
  const shown = element?.kind === 'string' || element?.kind === 'bytes' ? traversed(element.size) : 0;
  if (compared.has(name)) return { cost: on.kind === 'string' ? traversed(size) : size * (1 + shown) };
  if (shortened.has(name)) return { cost: traversed(size), size };
  switch (name) {
    case 'startsWith':
    case 'endsWith':
      return { cost: traversed(first) };
    case 'contains':
      return { cost: traversed(size) * traversed(first) };
    case 'matches':
      return { cost: searched(size, first) };
    case 'replace':
      return { cost: traversed(2 * size), size: (size + 1) * second + size };
    case 'split':
      return { cost: traversed(2 * size), size };
    case 'join': {
      const whole = size * (element?.size ?? 0) + size * first;
      return { cost: traversed(whole), size: whole };
    }
    case 'find':
    case 'findAll':
      return { cost: searched(size, first), size };
    case 'containsIP':
      return { cost: addressCost + traversed(first) };
    case 'containsCIDR':
      return { cost: 2 * addressCost + traversed(first) };
    case 'check':
      return { cost: 350_000 };
    default:
      return { cost: 1 };
  }
}
