// TLS Secrets whose certificate cannot be used (pkg/registry/core/secret WarningsForSecret, crypto/tls X509KeyPair, Kubernetes 1.36).
import type { Secret } from '../../../api/object.ts';
import { decodedBytes } from '../../../api/decoding/base64.ts';

/** A certificate that is none at all is told; whether one that looks like one fits its key is not modelled. */
export function certificateWarnings({ type, data = {} }: Secret): string[] {
  if (type !== 'kubernetes.io/tls') return [];
  const certificate = String.fromCharCode(...decodedBytes(data['tls.crt'] ?? ''));
  return certificate.includes('-----BEGIN ') ? [] : ['tls: failed to find any PEM data in certificate input'];
}
