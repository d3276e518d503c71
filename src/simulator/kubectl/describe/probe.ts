// A probe in one line: `http-get http://:80/healthz delay=0s timeout=1s period=10s #success=1 #failure=3`.
import type { HTTPGetAction, Probe } from '../../../api/object.ts';
import { hostPort } from '../printing/tables/endpoints.ts';

export function probeText(probe: Probe): string {
  const { initialDelaySeconds = 0, timeoutSeconds = 0, periodSeconds = 0 } = probe;
  const { successThreshold = 0, failureThreshold = 0 } = probe;
  const times = `delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s`;
  return `${actionText(probe)} ${times} #success=${successThreshold} #failure=${failureThreshold}`;
}

function actionText({ exec, httpGet, tcpSocket, grpc }: Probe): string {
  if (exec) return `exec [${(exec.command ?? []).join(' ')}]`;
  if (httpGet) return `http-get ${urlOf(httpGet)}`;
  if (tcpSocket) return `tcp-socket ${tcpSocket.host ?? ''}:${tcpSocket.port}`;
  return grpc ? `grpc <pod>:${grpc.port} ${grpc.service ?? ''}` : 'unknown';
}

/** url.URL.String. */
function urlOf({ scheme = '', host = '', port, path = '' }: HTTPGetAction): string {
  const address = `${scheme.toLowerCase()}://${hostPort(host, port)}`;
  const escaped = encodeURI(path).replace(/[?#]/g, (character) => (character === '?' ? '%3F' : '%23'));
  return address + (escaped === '' || escaped.startsWith('/') ? escaped : `/${escaped}`);
}
