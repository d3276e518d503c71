// hostPath volumes and their type checks (pkg/volume/hostpath). Of a node's files we know no more than every Linux machine has.
import type { HostPathVolumeSource } from '../../api/object.ts';

/** Directories that are there on any node. */
const commonDirectories = new Set([
  '/',
  ...['/bin', '/boot', '/dev', '/etc', '/home', '/lib', '/mnt', '/opt', '/proc', '/root', '/run', '/sbin', '/srv'],
  ...['/sys', '/tmp', '/usr', '/var', '/var/lib', '/var/lib/kubelet', '/var/log', '/var/log/pods', '/var/run'],
  ...['/lib/modules', '/etc/kubernetes', '/sys/fs/cgroup', '/sys/fs/bpf', '/usr/share', '/var/lib/containerd'],
]);

const created = new Set(['', 'DirectoryOrCreate', 'FileOrCreate']);

const whatItIsNot: Readonly<Record<string, string>> = {
  Directory: 'a directory',
  File: 'a file',
  Socket: 'a socket file',
  CharDevice: 'a character device',
  BlockDevice: 'a block device',
};

/** Why the path is refused; undefined: it is there, or is made. */
export function hostPathProblem({ path, type = '' }: HostPathVolumeSource): string | undefined {
  if (created.has(type) || (type === 'Directory' && isCommonDirectory(path))) return undefined;
  return `hostPath type check failed: ${path} is not ${whatItIsNot[type]}`;
}

/** Whether the check's answer depends on files that we do not know. */
export function dependsOnUnknownFiles({ path, type = '' }: HostPathVolumeSource): boolean {
  return !created.has(type) && !(type === 'Directory' && isCommonDirectory(path));
}

const isCommonDirectory = (path: string) => commonDirectories.has(path.replace(/(?<=.)\/+$/, ''));
