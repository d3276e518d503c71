// A CustomResourceDefinition as somebody writes it, for kinds that tests make up.

/**
 * Of the group example.com, for objects in namespaces. `names` is the rest of `spec.names` in flow style; `spec` is what the schema says
 * of the objects' spec beside its type, in block style, twelve spaces from the margin.
 */
export const definitionText = (plural: string, names: string, spec: string): string =>
  `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${plural}.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: ${plural}, ${names}}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
${spec}`;
