// The only file that knows @vscode/webview-ui-toolkit, which is archived: another set of controls goes in here.
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { h } from './dom.ts';

provideVSCodeDesignSystem().register(
  vsCodeButton(),
  vsCodeCheckbox(),
  vsCodeDropdown(),
  vsCodeOption(),
  vsCodeTextField(),
);

const element = (tag: string, attributes: Readonly<Record<string, string | undefined>>): HTMLElement => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(name, value);
  return made;
};

export function button(
  label: string,
  onClick: () => void,
  look: 'primary' | 'secondary' = 'secondary',
  title?: string,
): HTMLElement {
  const made = element('vscode-button', { appearance: look, title });
  made.textContent = label;
  made.addEventListener('click', onClick);
  return made;
}

export function checkbox(label: string, checked: boolean, onChange: (checked: boolean) => void): HTMLElement {
  const made = element('vscode-checkbox', { 'aria-label': label }) as HTMLInputElement;
  made.textContent = label;
  // the element is upgraded at once, so that it takes properties
  made.checked = checked;
  made.addEventListener('change', () => {
    if (made.checked !== checked) onChange((checked = made.checked));
  });
  return made;
}

export function textField(label: string, value: string, onChange: (value: string) => void): HTMLElement {
  const made = element('vscode-text-field', {
    size: '10',
    placeholder: 'not set',
    'aria-label': label,
  }) as HTMLInputElement;
  made.value = value;
  made.addEventListener('input', () => onChange(made.value));
  return h('label', { class: 'field' }, h('span', {}, label), made);
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export function dropdown(
  label: string,
  choices: readonly Choice[],
  selected: string,
  onChange: (value: string) => void,
): HTMLElement {
  const made = element('vscode-dropdown', { 'aria-label': label }) as HTMLSelectElement;
  for (const choice of choices) {
    const option = element('vscode-option', {
      value: choice.value,
      ...(choice.value === selected && { selected: '' }),
    });
    option.textContent = choice.label;
    made.append(option);
  }
  made.addEventListener('change', () => onChange(made.value));
  return h('div', { class: 'choice' }, h('span', { 'aria-hidden': 'true' }, label), made);
}
