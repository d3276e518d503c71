// Where clusters are written down in a workspace. Server and extension have to agree on it: what is there is no manifest to apply.

/** Whether a file is part of what clusters are made of, and not something to apply. */
export const isClusterFile = (uri: string): boolean => /\/\.applyscope\/[^/]+\.ya?ml$/.test(uri);
