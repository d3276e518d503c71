// Findings as lines: `file:line:column severity id message`, on a terminal with the source line and carets under it.
import type { LocatedFinding, Paint } from '../features/index.ts';

const oneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ');

/** The component's own sentence, then ours. */
const sentence = ({ message, explanation }: Pick<LocatedFinding, 'message' | 'explanation'>) =>
  `${message} — ${explanation}`;

/** One finding; with the file's text also the line it is about. */
export function findingText(finding: LocatedFinding, text: string | undefined, paint: Paint): string {
  const { file, line, column, severity, id, message, explanation } = finding;
  const place = `${file}:${line}:${column} ${paint(severity, severity)} ${paint('dim', id)}`;
  if (text === undefined) return `${place} ${oneLine(sentence(finding))}\n`;
  return `${place} ${oneLine(message)}\n${excerpt(finding, text, paint)}  ${explanation}\n`;
}

function excerpt({ line, column, endLine, endColumn, severity }: LocatedFinding, text: string, paint: Paint): string {
  const source = text.split(/\r\n|\r|\n/, line)[line - 1] ?? '';
  if (!source.trim()) return '';
  const gutter = String(line);
  const from = Math.min(column - 1, source.length);
  const to = endLine > line ? source.length : Math.min(endColumn - 1, source.length);
  // tabs stay tabs, so that the carets stand under what they mean
  const indent = source.slice(0, from).replace(/[^\t]/g, ' ');
  const carets = paint(severity, '^'.repeat(Math.max(1, to - from)));
  const margin = ' '.repeat(gutter.length);
  return `${paint('dim', `${gutter} |`)} ${source}\n${paint('dim', `${margin} |`)} ${indent}${carets}\n`;
}

export function findingsAsJson(findings: readonly LocatedFinding[]): string {
  const rows = findings.map(({ file, line, column, endLine, endColumn, severity, id, subject, ...finding }) => ({
    file,
    line,
    column,
    endLine,
    endColumn,
    severity,
    id,
    message: sentence(finding),
    subject,
  }));
  return JSON.stringify(rows, null, 1) + '\n';
}

const counted = (count: number, what: string) => (count ? [`${count} ${what}${count === 1 ? '' : 's'}`] : []);

export function summaryText(
  { error, warning, info }: Record<'error' | 'warning' | 'info', number>,
  files: number,
): string {
  const found = [...counted(error, 'error'), ...counted(warning, 'warning'), ...counted(info, 'note')];
  return `${found.length ? found.join(', ') : 'nothing to say'} in ${files} file${files === 1 ? '' : 's'}\n`;
}
