// An Ingress that names no IngressClass gets the default one (plugin/pkg/admission/network/defaultingressclass, Kubernetes 1.36).
import type { Ingress, IngressClass } from '../../../api/object.ts';
import { defaultClass } from '../../../api/default-class.ts';
import type { AdmissionPlugin } from './plugin.ts';

const marks = ['ingressclass.kubernetes.io/is-default-class'];
const classAnnotation = 'kubernetes.io/ingress.class';

export const defaultIngressClass: AdmissionPlugin = {
  name: 'DefaultIngressClass',
  resources: ['ingresses.networking.k8s.io'],
  admit({ operation, subresource, object }, { reader }) {
    if (operation !== 'CREATE' || subresource) return undefined;
    const ingress = object as Ingress;
    if (ingress.spec?.ingressClassName !== undefined) return undefined;
    if (ingress.metadata.annotations?.[classAnnotation] !== undefined) return undefined;
    const ingressClassName = defaultClass(reader.list<IngressClass>('ingressclasses.networking.k8s.io'), marks);
    if (ingressClassName === undefined) return undefined;
    return { object: { ...ingress, spec: { ...ingress.spec, ingressClassName } }, changed: ['spec.ingressClassName'] };
  },
};
