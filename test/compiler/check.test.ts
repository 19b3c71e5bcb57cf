// What `allow` does, what it cannot do, and that findings come in one order.
import { describe, expect, it } from 'vitest';
import { checkBylaws, framed } from '../../compiler/index.ts';
import { codesOf, compiled } from './bylaws-text.ts';

const lone = (allow: string): string =>
  framed(`process amendment\n  governs bylaws\n  started by any keeper\n  ${allow}\n  step notice\n    after 7 days go to accepted\n  end\nend\n`);

describe('allow', () => {
  it('silences the rule it names inside its block', () => {
    expect(codesOf(lone('offline waits'))).toEqual(['GDO401']);
    expect(codesOf(lone('allow lone-amendment because "founder phase"'))).toEqual([]);
  });

  it('silences nothing else, and is found where nothing needs it', () => {
    expect(codesOf(lone('allow dead-end because "why not"'))).toEqual(['GDO401', 'GDO906']);
  });

  it('expires on the day it names', () => {
    const result = compiled(lone('allow lone-amendment because "founder phase" until 2027-01-01'));
    const codes = (today: string): readonly string[] => checkBylaws(result, { today }).flatMap(({ code, severity }) => (severity === 'info' ? [] : [code]));
    expect(codes('2026-11-21')).toEqual([]);
    expect(codes('2027-06-01')).toEqual(['GDO401', 'GDO907']);
  });

  it('must name a rule', () => {
    expect(codesOf(lone('allow lone-amendmant because "founder phase"'))).toEqual(['GDO101']);
  });
});

describe('findings', () => {
  it('say that nobody can change bylaws which the only area that could hold them leaves out (S51)', () => {
    const text = framed('').replace('area bylaws covers "bylaws/**"', 'area bylaws covers "rules/**"\narea work covers "**" except "bylaws/**"');
    expect(codesOf(text)).toContain('GDO218');
    expect(codesOf(text.replace(' except "bylaws/**"', '').replace('governs bylaws', 'governs work'))).not.toContain('GDO218');
  });

  it('say of bylaws that nobody can change only that, and not that each guard cannot (GDO413)', () => {
    const text = framed('protect removal\n  changed through amendment\nend\n').replace('covers "bylaws/**"', 'covers "elsewhere/**"');
    expect(codesOf(text)).toEqual(['GDO218']);
  });

  it('say of hours that end when they begin only that, and not that the words name others (GDO513)', () => {
    const right =
      'right enter "Weeknights from 18:00 to 22:00"\n  covers "doors/front"\n  held by keepers\n  weekdays from 18:00 to 18:00\n  offline for at most 7 days\nend\n';
    expect(codesOf(framed(`organization "Example"\n  day ends "UTC"\n  local time "+00:00"\nend\n\n${right}`))).toEqual(['GDO519']);
  });

  it('come out alike twice, errors first', () => {
    const text = framed(
      'process policy\n  started by any keeper\n  step support\n    when all keepers approve go to accepted\n  end\n  step hearing\n    after 3 days go to refused\n  end\nend\n',
    );
    expect(codesOf(text)).toEqual(['GDO201', 'GDO204', 'GDO303']);
    expect(checkBylaws(compiled(text))).toEqual(checkBylaws(compiled(text)));
  });
});
