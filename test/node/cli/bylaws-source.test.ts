// The text of bylaws beside the rules that a ledger follows: a founding whose text is another one, none, or does not compile, is told.
import { afterAll, expect, it } from 'vitest';
import type { Charter } from '../../../engine/index.ts';
import { bylawsSource, exitWithSources, type BylawsSource } from '../../../node/cli/bylaws-source.ts';
import { compile } from '../../engine/step/organization.ts';
import { foundSmall, removeFolder, temporaryFolder } from '../ledger/small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));

const text = (hours: number): string => `gdo 1
organization "Shed"
  time zone "UTC"
  witnessed by stewards final by one
end
role steward plural stewards
  held by 1 person
  gained through handover
end
process handover
  started by any steward
  step notice
    after ${hours} hours go to done
  end
  outcome done
    grant steward to the candidate
  end
end
`;

let places = 0;

async function sourceOf(charter: Charter, files: readonly (readonly [string, string])[]): Promise<BylawsSource> {
  places += 1;
  const ledger = await foundSmall(`${folder}/${places}`, { people: ['ada'], charter, roles: [['steward', ['ada']]], files });
  return bylawsSource(ledger.view, ledger.view.bylawsHash);
}

it('is the same where main had the text that compiles to the rules', async () => {
  const { charter, hash } = compile(text(4));
  const source = await sourceOf(charter, [['bylaws/shed.gdo', text(4)]]);
  expect(source).toMatchObject({ kind: 'same', height: 0, bylaws: hash, what: expect.stringContaining('bylaws/shed.gdo of ') });
});

it('differs where people read another text than the one that decides, one that does not compile, or none (GDO2013)', async () => {
  const { charter } = compile(text(4));
  const [other, broken, none] = await Promise.all([
    sourceOf(charter, [['bylaws/shed.gdo', text(5)]]),
    sourceOf(charter, [['bylaws/shed.gdo', 'gdo 1\nrole\n']]),
    sourceOf(charter, [['README.md', 'Hello\n']]),
  ]);
  expect(other).toMatchObject({ kind: 'differs', what: expect.stringMatching(/^GDO2013 .* compiles with this version to /) });
  expect(broken).toMatchObject({ kind: 'differs', what: expect.stringMatching(/^GDO2013 .* does not compile/) });
  expect(none).toMatchObject({ kind: 'differs', what: expect.stringMatching(/^GDO2013 no bylaws of /) });
});

it('makes an accepted case exit 1 where it differs and 3 where it is not here, and leaves a refusal a refusal', () => {
  const one = (kind: BylawsSource['kind']): BylawsSource => ({ kind, bylaws: '', height: 0, what: '' });
  expect([exitWithSources(0, []), exitWithSources(0, [one('same')]), exitWithSources(4, [one('same')])]).toEqual([0, 0, 4]);
  expect([exitWithSources(0, [one('unknown'), one('differs')]), exitWithSources(4, [one('unknown')]), exitWithSources(1, [one('unknown')])]).toEqual([1, 3, 1]);
});
