// What goes wrong when a CEL expression is evaluated.

/** A runtime error of an expression, in the words of cel-go: its message is the text that Kubernetes shows. */
export class CelError extends Error {}

/** Something that is not followed: what Kubernetes would make of it, a value or an error, is not known. */
export class CelDoubt extends Error {}
