// equality.Semantic.DeepEqual of k8s.io/apimachinery: a list or map that is empty is the same as none.
import { deepEqual } from '../../../base/json.ts';
import { withoutEmpty } from './go-struct.ts';

export const semanticEqual = (a: unknown, b: unknown): boolean => deepEqual(withoutEmpty(a), withoutEmpty(b));
