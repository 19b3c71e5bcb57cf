// Names, stages, verbs, choices and results: what is resolved, and what is said when it is not.
import { describe, expect, it } from 'vitest';
import { framed } from '../../compiler/index.ts';
import { compiled, findings } from './bylaws-text.ts';

/** The findings about a process whose only step is the line given. */
function step(line: string): readonly string[] {
  return findings(framed(`process policy\n  started by any keeper\n  step support\n    ${line}\n    after 30 days go to refused\n  end\nend\n`));
}

describe('names', () => {
  it('turns plurals into singulars and verbs into their base form', () => {
    const result = compiled(
      framed(
        'process policy\n  started by 2 keepers\n  step support\n    when 3 other keepers endorse go to accepted\n    after 30 days go to refused\n  end\nend\n',
      ),
    );
    const process = result.charter?.processes.find((candidate) => candidate.name === 'policy');
    expect(process?.starts).toEqual([
      {
        kind: 'by',
        actor: { kind: 'count', comparison: 'at-least', bound: { kind: 'part', role: 'keeper', amount: { kind: 'count', value: 2 } } },
        who: [],
        windows: [],
      },
    ]);
    expect(process?.stages[0]).toMatchObject({ transitions: [{ acts: [{ verb: 'endorse', actor: { bound: { role: 'keeper', other: true } } }] }, {}] });
  });

  it.each([
    ['when any other keeper approves go to accepted', []],
    ['when any other keeper replies go to accepted', ['GDO105']],
    ['when any other keper approves go to accepted', ['GDO101']],
    ['when any other keeper approves go to acepted', ['GDO102']],
    ['when any other keeper aproves go to accepted', ['GDO105']],
    ['when any other amendment approves go to accepted', ['GDO106']],
  ])('judges %s', (line, codes) => {
    expect(step(line).map((found) => found.slice(0, 6))).toEqual(codes);
  });

  it('suggests the nearest name and offers it as a safe repair', () => {
    const result = compiled(
      framed(
        'process policy\n  started by any keper\n  step support\n    when 3 other keepers approve go to accepted\n    after 30 days go to refused\n  end\nend\n',
      ),
    );
    expect(result.diagnostics).toMatchObject([{ code: 'GDO101', help: 'did you mean `keeper`?', fixes: [{ safety: 'safe', edits: [{ text: 'keeper' }] }] }]);
    expect(result.charter).toBeUndefined();
    expect(result.hash).toBeUndefined();
  });

  it('says how to write what people meant of a role in an expectation', () => {
    const scenario = (line: string): string =>
      framed(
        `process policy\n  started by any keeper\n  step support\n    after 30 days go to refused\n  end\nend\n\nscenario "One"\n  on day 0 ada start policy\n  ${line}\nend\n`,
      );
    expect(compiled(scenario('expect hal is keeper')).diagnostics).toMatchObject([{ code: 'GDO106', help: 'write:  expect hal holds keeper' }]);
    expect(compiled(scenario('expect hal is reader')).diagnostics).toMatchObject([{ code: 'GDO101' }]);
    expect(compiled(scenario('expect hal holds keeper')).diagnostics).toEqual([]);
  });

  it('says one thing about one misspelt declaration, however often it is used', () => {
    const text =
      'gdo 1\n\narea bylaws covers "bylaws/**"\n\nrole keepr plural keeprs\n  held by 3 people\nend\n\nprocess amendment\n  governs bylaws\n  started by any keeper\n  step support\n    when 2 other keepers approve go to accepted\n    when any keeper objects go to refused\n    after 30 days go to refused\n  end\nend\n';
    expect(findings(text)).toEqual(['GDO101 11 Nothing here is called `keeper`, and a role is needed']);
  });

  it('refuses two declarations of one name, a clashing plural and the name of a person of the case', () => {
    const role = (head: string): string => `role ${head}\n  held by 3 people\nend\n\n`;
    expect(findings(framed(role('keeper'))).map((found) => found.replace(/ \d+ /, ' '))).toEqual(['GDO103 The name `keeper` is declared twice']);
    expect(findings(framed(role('guest plural keeper'))).map((found) => found.slice(0, 6))).toEqual(['GDO104', 'GDO113']);
    expect(findings(framed(role('candidate'))).map((found) => found.slice(0, 6))).toEqual(['GDO103']);
  });

  it('refuses a test on a choice nobody can cast and a result nothing has', () => {
    const vote = (passes: string, result: string): readonly string[] =>
      findings(
        framed(
          `process policy\n  started by any keeper\n  vote ballot\n    voters keepers\n    open for 7 days\n    quorum at least 1/2 of keepers voting\n    passes when more than 1/2 of votes cast are ${passes}\n    when ${result} go to accepted\n    otherwise go to refused\n  end\nend\n`,
        ),
      ).map((found) => found.slice(0, 6));
    expect(vote('yes', 'passed')).toEqual([]);
    expect(vote('yeah', 'passed')).toEqual(['GDO115']);
    expect(vote('yes', 'pased')).toEqual(['GDO121']);
  });

  it('calls what nothing refers to unused', () => {
    expect(findings(framed('attribute employer certified by any keeper\n')).map((found) => found.slice(0, 6))).toEqual(['GDO113']);
  });

  it('refuses images and imports that are not pinned, and an area that repeats a pattern', () => {
    expect(findings(framed('dapp tests image "tests:latest"\n  checks bylaws\nend\n')).map((found) => found.slice(0, 6))).toEqual(['GDO111']);
    expect(findings(framed('import elections from "std/nowhere" pinned "sha256:00"\nend\n')).map((found) => found.slice(0, 6))).toEqual(['GDO111']);
    expect(findings(framed('area again covers "bylaws/**"\n')).map((found) => found.slice(0, 6))).toEqual(['GDO107']);
  });

  it('refuses losses and measures that nobody reports (GDO117, GDO119, S102, S112)', () => {
    const program = (reports: string): string => `collaborator bank kept by any keeper\n  reports ${reports}\nend\n`;
    const member = 'role member plural members\n  held by anyone\n  gained through keeping\n  lost through arrears of 14 days or resignation\nend\n';
    expect(findings(framed(`${program('"arrears"')}${member}`)).map((found) => found.slice(0, 6))).toContain('GDO117');
    expect(findings(framed(`${program('"arrears", "no arrears"')}${member}`)).map((found) => found.slice(0, 6))).not.toContain('GDO117');
    const measure = (more: string): string =>
      `measure activity counts commits by each keeper${more}\nend\n\nprocess policy\n  started by any keeper\n  vote ballot\n    voters keepers weighted by activity\n    open for 7 days\n    quorum at least 1/2 of keepers voting\n    passes when more than 1/2 of weight cast are yes\n    when passed go to accepted\n    otherwise go to refused\n  end\nend\n`;
    expect(findings(framed(measure(''))).map((found) => found.slice(0, 6))).toContain('GDO119');
    expect(findings(framed(`${program('"commits"')}${measure(' reported by bank')}`)).map((found) => found.slice(0, 6))).not.toContain('GDO119');
  });

  it('refuses a refusal for a reason that no door ever gives (GDO118, S93)', () => {
    const right = (reason: string): string =>
      `right enter\n  covers "doors/front"\n  held by keepers\n  offline for at most 7 days\n  refusal ${reason} says "Not now."\nend\n`;
    expect(findings(framed(right('late'))).map((found) => found.slice(0, 6))).toEqual(['GDO118']);
    expect(findings(framed(right('no-role')))).toEqual([]);
  });

  it('is one finding where a draw is misspelt, whose panel is a role as well (S72)', () => {
    const text = framed(
      'process policy\n  started by any keeper\n  step s\n    when 3 keepers approve go to lottery\n    after 30 days go to refused\n  end\n  draw ltotery\n    picks 3 keepers\n    when drawn go to ballot\n    otherwise go to refused\n  end\n  vote ballot\n    voters lottery\n    open for 7 days\n    quorum at least 2 lottery voting\n    passes when more than 1/2 of votes cast are yes\n    when passed go to accepted\n    otherwise go to refused\n  end\nend\n',
    );
    expect(compiled(text).diagnostics.map(({ code, related }) => [code, related.length])).toEqual([['GDO102', 2]]);
  });

  it('keeps odd names apart from what JavaScript has of that name', () => {
    const text = framed(
      'role constructor plural toString\n  held by anyone\nend\n\nprocess hasOwnProperty\n  started by any constructor\n  step valueOf\n    when 3 keepers approve go to prototype\n    after 30 days go to refused\n  end\n  outcome prototype accepts\nend\n',
    );
    expect(findings(text)).toEqual([]);
  });
});
