// What goes wrong when a CEL expression is evaluated, in the words of cel-go.

/** A runtime error of an expression: its message is the text that Kubernetes shows. */
export class CelError extends Error {}
