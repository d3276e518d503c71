// Ingresses, IngressClasses and NetworkPolicies.
import { ruleTable } from './rule-table.ts';

const np = (spec: object = {}) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  spec: { podSelector: {}, ...spec },
});
const ing = (spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  ...(metadata && { metadata }),
  spec,
});
const ic = (spec: object = {}) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { namespace: undefined },
  spec,
});
const backend = { service: { name: 'web', port: { number: 80 } } };
const path = (p: object = {}) => ({ rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend, ...p }] } }] });

ruleTable('rules of networking.k8s.io', [
  {
    what: 'a policy that is fine',
    given: np({ ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }] }),
    messages: [],
  },
  {
    what: 'ports of a policy',
    given: np({
      ingress: [
        {
          ports: [
            { port: 0, endPort: -1 },
            { port: 'http', endPort: 90 },
            { endPort: 9 },
            { port: 80, protocol: 'ICMP' },
          ],
        },
      ],
    }),
    messages: [
      'spec.ingress[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
      'spec.ingress[0].ports[0].endPort: Invalid value: 0: must be greater than or equal to `port`',
      'spec.ingress[0].ports[0].endPort: Invalid value: -1: must be between 1 and 65535, inclusive',
      'spec.ingress[0].ports[1].endPort: Invalid value: 90: may not be specified when `port` is non-numeric',
      'spec.ingress[0].ports[2].endPort: Invalid value: 9: may not be specified when `port` is not specified',
      'spec.ingress[0].ports[3].protocol: Unsupported value: "ICMP": supported values: "TCP", "UDP", "SCTP"',
    ],
  },
  {
    what: 'peers of a policy',
    given: np({
      egress: [
        {
          to: [
            {},
            { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '11.0.0.0/16', '10.0.0.0/8'] }, podSelector: {} },
            { ipBlock: { cidr: '' } },
            { ipBlock: { cidr: '10.0.0.1/8' } },
          ],
        },
      ],
    }),
    messages: [
      'spec.egress[0].to[0]: Required value: must specify a peer',
      'spec.egress[0].to[1].ipBlock.except[1]: Invalid value: "11.0.0.0/16": must be a strict subset of `cidr`',
      'spec.egress[0].to[1].ipBlock.except[2]: Invalid value: "10.0.0.0/8": must be a strict subset of `cidr`',
      'spec.egress[0].to[1]: Forbidden: may not specify both ipBlock and another peer',
      'spec.egress[0].to[2].ipBlock.cidr: Required value',
      'spec.egress[0].to[3].ipBlock.cidr: Invalid value: "10.0.0.1/8": must not have bits set beyond the prefix length',
    ],
  },
  {
    what: 'types of a policy',
    given: np({ policyTypes: ['Ingress', 'Both'] }),
    messages: ['spec.policyTypes[1]: Unsupported value: "Both": supported values: "Ingress", "Egress"'],
  },
  {
    what: 'more types than there are',
    given: np({ policyTypes: ['Ingress', 'Egress', 'Ingress'] }),
    messages: [
      'spec.policyTypes: Invalid value: ["Ingress","Egress","Ingress"]: may not specify more than two policyTypes',
    ],
  },
  {
    what: 'a block that was there before is not looked at again',
    given: np({ ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.1/8' } }] }] }),
    old: np({ egress: [{ to: [{ ipBlock: { cidr: '10.0.0.1/8' } }] }] }),
    messages: [],
  },
  {
    what: 'an Ingress that leads nowhere',
    given: ing({}),
    messages: ['spec: Invalid value: null: either `defaultBackend` or `rules` must be specified'],
  },
  {
    what: 'an Ingress that is fine',
    given: ing({ ingressClassName: 'nginx', tls: [{ hosts: ['*.example.com'], secretName: 'tls' }], ...path({}) }),
    messages: [],
  },
  {
    what: 'hosts',
    given: ing({
      rules: [{ host: '10.0.0.1' }, { host: '*.*.com' }, { host: 'A.com' }],
      tls: [{ hosts: ['a_b'], secretName: 'a/b' }],
    }),
    messages: [
      'spec.rules[0].host: Invalid value: "10.0.0.1": must be a DNS name, not an IP address',
      "spec.rules[1].host: Invalid value: \"*.*.com\": a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      "spec.rules[2].host: Invalid value: \"A.com\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      "spec.tls[0].hosts[0]: Invalid value: \"a_b\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      "spec.tls[0].secretName: Invalid value: \"a/b\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
  },
  {
    what: 'paths',
    given: ing({
      rules: [
        {
          http: {
            paths: [
              { backend },
              { pathType: 'Prefix', path: 'a//b/..', backend },
              { pathType: 'Exactly', path: '/', backend },
              { pathType: 'ImplementationSpecific', path: 'x', backend },
            ],
          },
        },
        { http: {} },
      ],
    }),
    messages: [
      'spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified',
      'spec.rules[0].http.paths[1].path: Invalid value: "a//b/..": must be an absolute path',
      'spec.rules[0].http.paths[1].path: Invalid value: "a//b/..": must not contain \'//\'',
      'spec.rules[0].http.paths[1].path: Invalid value: "a//b/..": cannot end with \'/..\'',
      'spec.rules[0].http.paths[2].pathType: Unsupported value: "Exactly": supported values: "Exact", "ImplementationSpecific", "Prefix"',
      'spec.rules[0].http.paths[3].path: Invalid value: "x": must be an absolute path',
      'spec.rules[1].http.paths: Required value',
    ],
  },
  {
    what: 'backends',
    given: ing({
      defaultBackend: {},
      rules: [
        {
          http: {
            paths: [
              { pathType: 'Prefix', path: '/', backend: { service: { name: 'a.b' } } },
              { pathType: 'Prefix', path: '/', backend: { service: { name: 'a', port: { name: 'b', number: 1 } } } },
              { pathType: 'Prefix', path: '/', backend: { service: { name: 'a', port: { name: '-' } } } },
              {
                pathType: 'Prefix',
                path: '/',
                backend: { service: { name: 'a', port: { number: 70000 } }, resource: { kind: 'B', name: 'c' } },
              },
              { pathType: 'Prefix', path: '/', backend: { resource: { apiGroup: 'A', kind: '', name: 'a/b' } } },
            ],
          },
        },
      ],
    }),
    messages: [
      'spec.defaultBackend: Invalid value: "": resource or service backend is required',
      'spec.rules[0].http.paths[0].backend.service.name: Invalid value: "a.b": must not contain dots',
      'spec.rules[0].http.paths[0].backend: Required value: port name or number is required',
      'spec.rules[0].http.paths[1].backend: Invalid value: "": cannot set both port name & port number',
      'spec.rules[0].http.paths[2].backend.service.port.name: Invalid value: "-": must contain at least one letter (a-z)',
      'spec.rules[0].http.paths[2].backend.service.port.name: Invalid value: "-": must not begin or end with a hyphen',
      'spec.rules[0].http.paths[3].backend: Invalid value: "": cannot set both resource and service backends',
      "spec.rules[0].http.paths[4].backend.resource.apiGroup: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      'spec.rules[0].http.paths[4].backend.resource.kind: Required value',
      'spec.rules[0].http.paths[4].backend.resource.name: Invalid value: "a/b": may not contain \'/\'',
    ],
  },
  {
    what: 'two classes',
    given: ing({ ...path({}), ingressClassName: 'a' }, { annotations: { 'kubernetes.io/ingress.class': 'b' } }),
    messages: [
      'annotations.kubernetes.io/ingress.class: Invalid value: "b": must match `ingressClassName` when both are specified',
    ],
  },
  {
    what: 'an update may name two classes',
    given: ing({ ...path({}), ingressClassName: 'a' }, { annotations: { 'kubernetes.io/ingress.class': 'b' } }),
    old: ing(path({})),
    messages: [],
  },
  {
    what: 'the controller of a class',
    given: ic({ controller: 'nginx' }),
    messages: ['spec.controller: Invalid value: "nginx": must be a domain-prefixed path (such as "acme.io/foo")'],
  },
  {
    what: 'no controller',
    given: ic({ parameters: { kind: '', name: '..', scope: 'Node' } }),
    messages: [
      'spec.controller: Required value',
      'spec.parameters.kind: Required value',
      'spec.parameters.name: Invalid value: "..": may not be \'..\'',
      'spec.parameters.scope: Unsupported value: "Node": supported values: "Cluster", "Namespace"',
    ],
  },
  {
    what: 'parameters in a namespace',
    given: ic({ controller: 'a.io/b c', parameters: { apiGroup: 'A_', kind: 'P', name: 'p', scope: 'Namespace' } }),
    messages: [
      "spec.controller: Invalid value: \"b c\": Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')",
      "spec.parameters.apiGroup: Invalid value: \"A_\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      "spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'",
    ],
  },
  {
    what: 'parameters of the cluster',
    given: ic({ controller: 'a.io/b', parameters: { kind: 'P', name: 'p', namespace: 'x' } }),
    messages: ["spec.parameters.namespace: Forbidden: `parameters.scope` is set to 'Cluster'"],
  },
  {
    what: 'the controller stays',
    given: ic({ controller: 'a.io/b' }),
    old: ic({ controller: 'a.io/c' }),
    messages: ['spec.controller: Invalid value: "a.io/b": field is immutable'],
  },
]);
