// VolumeAttachments (pkg/apis/storage/validation, Kubernetes 1.36).
import { forbidden, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type { VolumeAttachment, VolumeAttachmentSource, VolumeAttachmentSpec } from '../../../../api/object.ts';
import type { Errors } from '../checks.ts';
import { checkVolumeSpec } from '../core/persistent-volume.ts';
import { kindRules } from '../kind-rules.ts';
import { checkSubdomain } from '../labels.ts';
import { checkImmutable, subdomainName } from '../object-meta.ts';
import { checkDriverName } from '../pod/network-volumes.ts';

const path = FieldPath.of('spec');

function checkSource(source: VolumeAttachmentSource, at: FieldPath, errors: Errors): void {
  const { persistentVolumeName: name, inlineVolumeSpec: inline } = source;
  const one = 'must specify exactly one of inlineVolumeSpec and persistentVolumeName';
  if (name === undefined && !inline) errors.push(required(at, one));
  else if (name !== undefined && inline) errors.push(forbidden(at, one));
  else if (name === '') {
    errors.push(required(at.child('persistentVolumeName'), 'must specify non empty persistentVolumeName'));
  } else if (inline) checkVolumeSpec(inline, { name: '', inline: true }, at.child('inlineVolumeSpec'), errors);
}

const shownSpec = ({ attacher, source, nodeName }: VolumeAttachmentSpec) => ({
  Attacher: attacher,
  Source: { PersistentVolumeName: source.persistentVolumeName ?? null, InlineVolumeSpec: null },
  NodeName: nodeName,
});

export const attachmentRules = kindRules<VolumeAttachment>({
  meta: { namespaced: false, name: subdomainName },
  metaAsNew: true,
  content({ spec }, errors, old) {
    const { attacher = '', source = {}, nodeName = '' } = spec;
    const { persistentVolumeName } = source;
    const at = path.child('source');
    checkDriverName(attacher, path.child('attacher'), errors);
    checkSource(source, at, errors);
    checkSubdomain(nodeName, path.child('nodeName'), errors);
    if (persistentVolumeName !== undefined)
      checkSubdomain(persistentVolumeName, at.child('persistentVolumeName'), errors);
    if (old) checkImmutable(spec, old.spec, path, errors, shownSpec(spec));
  },
});
