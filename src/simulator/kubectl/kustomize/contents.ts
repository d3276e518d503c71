// What building a kustomization needs of the world: folders, bytes, and YAML read by two rules; and what comes of it. It does no I/O itself.

import type { KustomizationPlace } from './problem.ts';

/** How the file is called that makes a folder one of a kustomization. */
export const kustomizationFiles = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** A document of a file, or what is wrong with it: in the words of the reader, or, where nobody knows these, `isUnknown`. */
export type ReadDocument = { readonly value: unknown } | { readonly error: string; readonly isUnknown?: boolean };

export interface Contents {
  /** The absolute path that a path stands for. */
  resolve(path: string): string;
  kindOf(absolutePath: string): 'file' | 'folder' | undefined;
  bytes(absolutePath: string): Uint8Array;
  text(bytes: Uint8Array): { readonly text: string; readonly isUtf8: boolean };
  /** One document as kubectl reads YAML (sigs.k8s.io/yaml). */
  yaml(text: string): ReadDocument;
  /** The documents of a file of objects as kustomize reads them (kyaml): `Scalar` where the text of a scalar tells more than its value. */
  objects(text: string): readonly ReadDocument[];
}

/** What is built: YAML documents, a refusal in kustomize's words, or why nobody here knows, with the entry to blame. What it warns of comes before. */
export type Built = { readonly warnings: string } & (
  { readonly yaml: string } | ({ readonly error: string } & Blamed) | ({ readonly unknown: string } & Blamed)
);

interface Blamed {
  readonly place?: KustomizationPlace | undefined;
}
