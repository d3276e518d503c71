// ResourceClaims and DeviceClasses (pkg/apis/resource/validation, Kubernetes 1.36).
import { invalid, tooMany } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type {
  DeviceClass,
  DeviceSelector,
  ResourceClaimTemplate,
  ResourceResourceClaim,
} from '../../../../api/object.ts';
import type { Errors } from '../checks.ts';
import { goStruct } from '../go-struct.ts';
import { checkMetadata, checkMetadataUpdate, subdomainName } from '../object-meta.ts';
import { isExtended } from '../pod/resource-names.ts';
import { semanticEqual } from '../semantic-equal.ts';
import type { KindRules, UnmodelledField } from '../validation.ts';
import { checkTemplateMetadata } from '../volume-claim.ts';
import { areFollowed, checkConfiguration, checkDeviceClaim, checkSelectors } from './devices.ts';

const path = FieldPath.of('spec');
const claimMeta = { namespaced: true, name: subdomainName };
const classMeta = { namespaced: false, name: subdomainName, anyGenerateName: true };
const configurationLimit = 32;

const selectorsOf = (pattern: string): UnmodelledField => ({
  pattern,
  reason: 'an expression may not compile, or may cost too much',
  applies: (selectors) => !areFollowed(selectors as DeviceSelector[]),
});

const unmodelledOfRequests = (within: string): readonly UnmodelledField[] => {
  const requests = `${within}.devices.requests[*]`;
  return [selectorsOf(`${requests}.exactly.selectors`), selectorsOf(`${requests}.firstAvailable[*].selectors`)];
};

export const resourceClaimRules: KindRules<ResourceResourceClaim> = {
  create({ metadata, spec }, errors) {
    checkMetadata(metadata, claimMeta, errors);
    checkDeviceClaim(spec.devices, path.child('devices'), errors);
  },
  update({ metadata, spec }, old, errors) {
    checkMetadata(metadata, claimMeta, errors);
    checkMetadataUpdate(metadata, old.metadata, errors);
    if (semanticEqual(spec, old.spec)) return;
    errors.push(invalid(path, goStruct('resource/v1.ResourceClaimSpec', spec), 'field is immutable'));
  },
  unmodelled: unmodelledOfRequests('spec'),
};

function checkTemplate({ metadata, spec }: ResourceClaimTemplate, errors: Errors): void {
  checkMetadata(metadata, claimMeta, errors);
  checkTemplateMetadata(spec.metadata, path.child('metadata'), errors);
  checkDeviceClaim(spec.spec.devices, path.child('spec', 'devices'), errors);
}

export const claimTemplateRules: KindRules<ResourceClaimTemplate> = {
  create: checkTemplate,
  update(template, old, errors) {
    const { metadata, spec } = template;
    checkTemplate(template, errors);
    checkMetadataUpdate(metadata, old.metadata, errors);
    if (semanticEqual(spec, old.spec)) return;
    errors.push(invalid(path, goStruct('resource/v1.ResourceClaimTemplateSpec', spec), 'field is immutable'));
  },
  unmodelled: unmodelledOfRequests('spec.spec'),
};

function checkClass({ spec }: DeviceClass, errors: Errors): void {
  const { selectors, config = [], extendedResourceName: name } = spec;
  const at = path.child('config');
  checkSelectors(selectors, path.child('selectors'), errors);
  if (config.length > configurationLimit) errors.push(tooMany(at, config.length, configurationLimit));
  else config.forEach((one, i) => checkConfiguration(one, at.index(i), errors));
  if (name !== undefined && !isExtended(name)) {
    errors.push(invalid(path.child('extendedResourceName'), name, 'must be a valid extended resource name'));
  }
}

export const deviceClassRules: KindRules<DeviceClass> = {
  create(given, errors) {
    checkMetadata(given.metadata, classMeta, errors);
    checkClass(given, errors);
  },
  update(given, old, errors) {
    checkMetadata(given.metadata, classMeta, errors);
    checkMetadataUpdate(given.metadata, old.metadata, errors);
    checkClass(given, errors);
  },
  unmodelled: [selectorsOf('spec.selectors')],
};
