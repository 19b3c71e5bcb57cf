// Text of strangers inside Markdown of ours. It lays nothing out.
import { visible } from './terminal.ts';

/** Text inside Markdown: nothing in it is a link, a mention, an image or a tag. Pure. */
export function markdownEscape(text: string): string {
  return visible(text)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\*_[\]<>|~!#]/g, (mark) => `\\${mark}`)
    .replaceAll('@', '@\u200b')
    .replaceAll('://', ':\u200b//');
}
