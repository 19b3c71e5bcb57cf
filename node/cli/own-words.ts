// Words that a person signs: titles, reasons, names. What no ledger takes is a usage error here, with the flag's name, before anything is signed.
import { isFreeText, isIdentifier } from '../../engine/index.ts';
import { UsageError } from './command.ts';
import { visible } from './terminal.ts';

/** UTF-16 units of a title, and of any other text (ledger.md section 6). */
const lineUnitsMax = 200;
const textUnitsMax = 8_192;

/**
 * A text as it is signed: composed (NFC). @param what - how the reader calls it, such as `the title`
 * @throws UsageError GDO5003 where it is too long, hides something, or is a line and has several
 */
export function ownWords(what: string, value: string, form: 'line' | 'text'): string {
  const text = value.normalize('NFC');
  const most = form === 'line' ? lineUnitsMax : textUnitsMax;
  if (text.length > most)
    throw new UsageError(
      'GDO5003',
      `${what} has ${text.length} characters, and ${most} is the most`,
      'say it shorter; a longer text goes into a file of the change',
    );
  if (form === 'line' && text.includes('\n'))
    throw new UsageError('GDO5003', `${what} has several lines`, 'write one line; a longer explanation goes into --text');
  if (!isFreeText(text) || /\p{Surrogate}/u.test(text)) {
    throw new UsageError('GDO5003', `${what} holds characters that hide or turn text: ${visible(text)}`, 'write it without control and direction characters');
  }
  return text;
}

/** A person's name as the ledger writes it. @throws UsageError GDO5003 */
export function ownPerson(value: string): string {
  if (!isIdentifier(value)) throw new UsageError('GDO5003', `\`${visible(value)}\` cannot be the name of a person here`, 'small letters, digits and hyphens');
  return value;
}
