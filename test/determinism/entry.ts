// What a runtime runs: the corpus, put in by the bundler, and its result as one line, printed or written into the page.
import { playCorpus, type CharterText } from './corpus.ts';

declare const GDO_CORPUS: { readonly charters: readonly CharterText[]; readonly seed: number; readonly events: number };

const { rows: _rows, ...result } = playCorpus(GDO_CORPUS.charters, GDO_CORPUS);
const line = `GDO ${JSON.stringify(result)}`;
const page: unknown = Reflect.get(globalThis, 'document');
const body: unknown = typeof page === 'object' && page !== null ? Reflect.get(page, 'body') : undefined;
if (typeof body === 'object' && body !== null) Reflect.set(body, 'textContent', line);
else console.log(line);
