// The diagram's colours: on the page as variables of the theme, in an exported picture as what they are at that moment.

/** Our names for the theme's colours, with what stands in where a theme has none. */
const colours = {
  text: ['--vscode-foreground', '#3b3b3b'],
  ground: ['--vscode-editor-background', '#ffffff'],
  dim: ['--vscode-descriptionForeground', '#717171'],
  line: ['--vscode-contrastBorder', '--vscode-panel-border', '#999999'],
  box: ['--vscode-sideBar-background', '#f3f3f3'],
  note: ['--vscode-textBlockQuote-background', '--vscode-editor-background', '#eef6ff'],
  noteLine: ['--vscode-contrastBorder', '--vscode-textBlockQuote-border', '#9cc3e6'],
  accent: ['--vscode-focusBorder', '#005fb8'],
  bad: ['--bad', '#c72e0f'],
} as const;

type Colour = keyof typeof colours;

const variable = (name: Colour): string =>
  colours[name].reduceRight<string>(
    (inner, one) => (one.startsWith('--') ? `var(${one}${inner && `, ${inner}`})` : one),
    '',
  );

/** The rules of a diagram; `colour` gives a CSS value. */
function rules(colour: (name: Colour) => string, font: string): string {
  return `
.sequence { font-family: ${font}; font-size: 12px; }
.sequence text { fill: ${colour('text')}; stroke: none; }
.sequence rect.rect { fill: ${colour('box')}; fill-opacity: 0.6; stroke: ${colour('line')}; }
.sequence rect.actor { fill: ${colour('box')}; stroke: ${colour('line')}; stroke-width: 1; }
.sequence .actor-line { stroke: ${colour('dim')}; stroke-opacity: 0.45; stroke-width: 1; }
.sequence .messageLine0, .sequence .messageLine1 { stroke: ${colour('dim')}; stroke-width: 1.4; }
.sequence marker path { fill: ${colour('dim')}; stroke: ${colour('dim')}; }
.sequence line[stroke-width='0'] { stroke-width: 1.4; }
.sequence marker[id$='crosshead'] path { fill: none; stroke: ${colour('bad')}; }
.sequence marker circle { fill: ${colour('dim')}; }
.sequence text.sequenceNumber { fill: ${colour('ground')}; font-size: 10px; font-weight: 600; }
.sequence rect.note { fill: ${colour('note')}; stroke: ${colour('noteLine')}; }
.sequence rect.note.title { fill: none; stroke: none; }
.sequence .noteText.title, .sequence .noteText.title tspan { font-weight: 600; fill: ${colour('dim')}; }
.sequence .failed, .sequence .failed tspan { fill: ${colour('bad')}; }
.sequence line.failed { stroke: ${colour('bad')}; }
`;
}

/** For the page: follows the theme by itself. */
export const pageRules = (): string => rules(variable, 'var(--vscode-font-family, sans-serif)');

/** For a picture that stands alone. */
export function pictureRules(): string {
  const style = getComputedStyle(document.body);
  const value = (name: Colour) => {
    const found = colours[name].find((one) => !one.startsWith('--') || style.getPropertyValue(one).trim());
    return found?.startsWith('--') ? style.getPropertyValue(found).trim() : (found ?? '');
  };
  return rules(value, 'sans-serif');
}

/** The colour behind a picture that stands alone. */
export const pictureGround = (): string =>
  getComputedStyle(document.documentElement).getPropertyValue('--vscode-editor-background').trim() || '#ffffff';
