// Image references are part of the API's vocabulary; the container runtime reads them as everyone else does.
export { canonicalImage, parseImageReference } from '../../../api/image-reference.ts';
