// A persistent ordered map: every change gives a new map that shares nearly all of the old one, so a copy costs nothing.
// A weight-balanced tree (Adams 1992; Hirai and Yamamoto 2011 for the factors), keyed by strings in code-unit order.

interface TreeNode<V> {
  readonly key: string;
  readonly value: V;
  readonly left: Tree<V>;
  readonly right: Tree<V>;
  readonly size: number;
}

type Tree<V> = TreeNode<V> | undefined;

const delta = 3;
const gamma = 2;

const sizeOf = <V>(tree: Tree<V>) => (tree ? tree.size : 0);
const weightOf = <V>(tree: Tree<V>) => sizeOf(tree) + 1;

function node<V>(key: string, value: V, left: Tree<V>, right: Tree<V>): TreeNode<V> {
  return { key, value, left, right, size: sizeOf(left) + sizeOf(right) + 1 };
}

function balanced<V>(key: string, value: V, left: Tree<V>, right: Tree<V>): TreeNode<V> {
  if (right && weightOf(left) * delta < weightOf(right)) {
    const inner = right.left;
    if (!inner || weightOf(inner) < gamma * weightOf(right.right)) {
      return node(right.key, right.value, node(key, value, left, inner), right.right);
    }
    const outer = node(right.key, right.value, inner.right, right.right);
    return node(inner.key, inner.value, node(key, value, left, inner.left), outer);
  }
  if (left && weightOf(right) * delta < weightOf(left)) {
    const inner = left.right;
    if (!inner || weightOf(inner) < gamma * weightOf(left.left)) {
      return node(left.key, left.value, left.left, node(key, value, inner, right));
    }
    const outer = node(left.key, left.value, left.left, inner.left);
    return node(inner.key, inner.value, outer, node(key, value, inner.right, right));
  }
  return node(key, value, left, right);
}

function insert<V>(tree: Tree<V>, key: string, value: V): TreeNode<V> {
  if (!tree) return node(key, value, undefined, undefined);
  if (key === tree.key) return node(key, value, tree.left, tree.right);
  return key < tree.key
    ? balanced(tree.key, tree.value, insert(tree.left, key, value), tree.right)
    : balanced(tree.key, tree.value, tree.left, insert(tree.right, key, value));
}

function remove<V>(tree: Tree<V>, key: string): Tree<V> {
  if (!tree) return undefined;
  if (key < tree.key) return balanced(tree.key, tree.value, remove(tree.left, key), tree.right);
  if (key > tree.key) return balanced(tree.key, tree.value, tree.left, remove(tree.right, key));
  if (!tree.left) return tree.right;
  if (!tree.right) return tree.left;
  let next = tree.right;
  while (next.left) next = next.left;
  return balanced(next.key, next.value, tree.left, remove(tree.right, next.key));
}

/** Appends the values whose keys begin with the prefix, in order; looks at no others but those on the way. */
function collect<V>(tree: Tree<V>, prefix: string, values: V[]): void {
  if (!tree) return;
  if (tree.key.startsWith(prefix)) {
    collect(tree.left, prefix, values);
    values.push(tree.value);
    collect(tree.right, prefix, values);
  } else collect(tree.key < prefix ? tree.right : tree.left, prefix, values);
}

/** An immutable map with keys in code-unit order. Reads and changes cost O(log n). */
export class OrderedMap<V> {
  readonly #root: Tree<V>;
  /** What was asked for, by prefix: every run on a cluster begins with the same lists. */
  #ranges: Map<string, readonly V[]> | undefined;

  private constructor(root: Tree<V>) {
    this.#root = root;
  }

  static empty<V>(): OrderedMap<V> {
    return new OrderedMap<V>(undefined);
  }

  get size(): number {
    return sizeOf(this.#root);
  }

  get(key: string): V | undefined {
    let tree = this.#root;
    while (tree && tree.key !== key) tree = key < tree.key ? tree.left : tree.right;
    return tree?.value;
  }

  with(key: string, value: V): OrderedMap<V> {
    return new OrderedMap(insert(this.#root, key, value));
  }

  without(key: string): OrderedMap<V> {
    return this.get(key) === undefined ? this : new OrderedMap(remove(this.#root, key));
  }

  /** The values whose keys begin with the prefix, in order. */
  range(prefix: string): readonly V[] {
    this.#ranges ??= new Map<string, readonly V[]>();
    const known = this.#ranges.get(prefix);
    if (known) return known;
    const values: V[] = [];
    collect(this.#root, prefix, values);
    this.#ranges.set(prefix, values);
    return values;
  }
}
