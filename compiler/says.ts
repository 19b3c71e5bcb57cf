// Regions of a literate file that restate the bylaws (S81): `<!-- gdo:says NAME -->` to `<!-- /gdo:says -->`. It rewrites their text and nothing else.
import type { Charter } from '../engine/index.ts';
import type { Diagnostic, Span } from '../language/index.ts';
import { suggest } from '../language/index.ts';
import { finding } from './finding.ts';
import { sentencesOf } from './sentences.ts';
import type { Restated } from './sentences.ts';

/** One region: the name it states and the span of the text between its two marks, from after the first line end to the closing mark. */
interface Region {
  readonly name: string;
  readonly mark: Span;
  readonly body: Span;
}

const opening = /^ {0,3}<!-- gdo:says ([^\s>]+) -->[ \t]*$/;
const closing = /^ {0,3}<!-- \/gdo:says -->[ \t]*$/;

/** The regions of a literate file outside its fences, in order; one that is never closed is none. Pure. */
function regionsOf(text: string): readonly Region[] {
  const regions: Region[] = [];
  let fence = '';
  let open: { readonly name: string; readonly mark: Span; readonly start: number } | undefined;
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const next = newline === -1 ? text.length : newline + 1;
    const line = text.slice(start, newline === -1 ? text.length : newline).replace(/\r$/, '');
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (fence !== '') {
      if (mark.startsWith(fence) && line.trim() === mark) fence = '';
    } else if (closing.test(line)) {
      if (open !== undefined) regions.push({ name: open.name, mark: open.mark, body: { start: open.start, end: start } });
      open = undefined;
    } else if (mark !== '') {
      fence = mark;
      // A region holds sentences only; a fence inside means that its end was forgotten.
      open = undefined;
    } else {
      const name = opening.exec(line)?.[1];
      if (name !== undefined) open = { name, mark: { start, end: start + line.length }, start: next };
    }
    start = next;
  }
  return regions;
}

/** The regions of a literate file that restate something: what they name, and where their text stands. Pure. Source: language.md S81 */
export function saidRegions(text: string): readonly { readonly name: string; readonly body: Span }[] {
  return regionsOf(text);
}

/** Text that Markdown and HTML show as it is: every mark of theirs gets a backslash or becomes an entity. Pure. */
export function markdownText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]|~]/g, (mark) => `\\${mark}`)
    .replaceAll(/\b(https?:|www\.|mailto:)/g, (start) => start.replace(/([:.])/, '\\$1'))
    .replaceAll(/^( *)([#+-]|\d+[.)])/gm, (_, spaces: string, mark: string) => `${spaces}${mark.slice(0, -1)}\\${mark.slice(-1)}`)
    .replaceAll(/[\r\n]+/g, ' ');
}

/** The Markdown of one declaration: a paragraph, and a list of its stages. No headings, so articles stay as they are. Pure. */
export function saysText(restated: Restated): string {
  const paragraph = restated.sentences.map(markdownText).join(' ');
  const stages = restated.stages.map((stage) => `- **${markdownText(stage.title)}:** ${stage.sentences.map(markdownText).join(' ')}`);
  return `${[paragraph, ...(stages.length === 0 ? [] : ['', ...stages])].join('\n')}\n`;
}

/**
 * Rewrites every region of a literate file with the sentences of the Charter; a region that names nothing stays as it is. Line ends follow the file. Pure.
 * Source: language.md S81
 */
export function writeSays(text: string, charter: Charter): string {
  let result = '';
  let at = 0;
  for (const region of regionsOf(text)) {
    const body = bodyOf(region, charter);
    if (body === undefined) continue;
    result += text.slice(at, region.body.start) + (text.includes('\r\n') ? body.replaceAll('\n', '\r\n') : body);
    at = region.body.end;
  }
  return result + text.slice(at);
}

function bodyOf(region: Region, charter: Charter): string | undefined {
  const found = sentencesOf(charter, region.name);
  return found.length === 0 ? undefined : `\n${found.map(saysText).join('\n')}\n`;
}

/** Findings GDO903 for regions that do not say what the Charter says, or name nothing in it; each stale one has a safe fix. Pure. Source: language.md S81 */
export function staleSays(path: string, text: string, charter: Charter): readonly Diagnostic[] {
  const crlf = text.includes('\r\n');
  return regionsOf(text).flatMap((region): readonly Diagnostic[] => {
    const body = bodyOf(region, charter);
    const place = { file: path, span: region.mark };
    if (body === undefined) {
      const names = sentencesOf(charter).map((restated) => restated.name);
      const near = suggest(region.name, names).map((name) => `\`${name}\``);
      return [
        finding('GDO903', place, {
          message: `This region restates \`${region.name}\`, and nothing in the bylaws has that name`,
          label: 'not a name of these bylaws',
          why: 'Sentences that restate nothing look like rules and bind nobody',
          help: near.length === 0 ? 'name a role, a process or a right, or remove the region' : `did you mean ${near.join(' or ')}`,
        }),
      ];
    }
    const wanted = crlf ? body.replaceAll('\n', '\r\n') : body;
    if (text.slice(region.body.start, region.body.end) === wanted) return [];
    return [
      finding('GDO903', place, {
        message: `These sentences no longer say what \`${region.name}\` says`,
        label: 'the text below is out of date',
        why: 'People read the sentences and are held to the rules; where the two differ, the rules decide (S82)',
        help: 'let gdo write them again:  gdo fmt',
        fixes: [{ safety: 'safe', edits: [{ file: path, span: region.body, text: wanted }] }],
      }),
    ];
  });
}
