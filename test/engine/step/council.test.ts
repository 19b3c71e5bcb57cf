// The council of the language samples on engine 1: admission, election, discharge, changes and amendments.
import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { holdersOf, openRequirements, unsupported } from '../../../engine/index.ts';
import { itShared, shared } from '../../shared.ts';
import { compile, day, found, hour, notesFor, type Organization } from './organization.ts';

const path = 'design/language-samples/council.gdo';
const council = ['ada', 'ben', 'chi', 'dev', 'eve'];

function maple(): Organization {
  return found(
    readFileSync(shared(path), 'utf8'),
    { councillor: council, member: [...council, 'fay', 'gus'] },
    {
      people: ['zoe'],
      content: [
        ['inventory/a', '100644:aa'],
        ['bylaws/a.gdo', '100644:bb'],
      ],
    },
  );
}

describe('the council', () => {
  itShared(path, 'is run by engine 1 without exception', (file) => {
    expect(unsupported(compile(readFileSync(file, 'utf8')).charter)).toEqual([]);
  });

  itShared(path, 'admits a person when nobody objects within seven days, at the checkpoint', () => {
    const org = maple();
    const { propose } = notesFor(org);
    expect(org.epoch(hour, propose('zoe', 'admission')).verdicts).toEqual(['ok']);
    expect(org.view(1)).toMatchObject({ stage: 'objections', entry: 1, dueMs: hour + 7 * day });
    expect(org.due()).toBe(hour + 7 * day);
    org.epoch(hour + 7 * day - 1);
    expect(org.view(1).status).toBe('open');
    org.epoch(hour + 7 * day);
    expect(org.view(1)).toMatchObject({ status: 'accepted', outcome: 'admitted' });
    expect(holdersOf(org.state(), org.charter, 'member')).toContain('zoe');
  });

  itShared(path, 'sends an objected admission to a ballot at once, and refuses an objection of a person who is no member', () => {
    const org = maple();
    const { propose, act } = notesFor(org);
    org.epoch(hour, propose('zoe', 'admission'));
    expect(org.epoch(2 * hour, act('zoe', 1, 'object')).verdicts).toEqual(['GDO1040']);
    expect(org.epoch(3 * hour, act('fay', 1, 'object')).verdicts).toEqual(['ok']);
    expect(org.view(1)).toMatchObject({ stage: 'ballot', entry: 2, openedMs: 3 * hour });
  });

  itShared(path, 'merges a change two councillors approve, and refuses main moved in between as stale', () => {
    const org = maple();
    const { proposeChange, act } = notesFor(org);
    const change = (fresh: string) => [{ path: 'inventory/a', old: '100644:aa', new: fresh }];
    expect(org.epoch(hour, proposeChange('fay', 'change', change('100644:cc')), proposeChange('gus', 'change', change('100644:dd'))).verdicts).toEqual([
      'ok',
      'ok',
    ]);
    const first = (name: string) => ({ ...act(name, 2, 'approve'), atMs: 2 * hour - 1 });
    const done = org.epoch(2 * hour, first('ada'), first('ben'), act('ada', 1, 'approve'), act('ben', 1, 'approve'));
    expect(done.verdicts).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(done.merges.map((merge) => merge.number)).toEqual([2]);
    expect([org.view(2).status, org.view(1).status, org.view(1).code]).toEqual(['merged', 'stale', 'GDO2010']);
  });

  itShared(path, 'refuses a path in no area and a path of an area the process does not govern', () => {
    const org = maple();
    const { proposeChange } = notesFor(org);
    const nowhere = [{ path: 'elsewhere/x', old: 'absent', new: '100644:cc' }];
    const bylaws = [{ path: 'bylaws/a.gdo', old: '100644:bb', new: '100644:cc' }];
    expect(org.epoch(hour, proposeChange('fay', 'change', nowhere), proposeChange('gus', 'change', bylaws)).verdicts).toEqual(['GDO2001', 'GDO2002']);
  });

  itShared(path, 'judges the quorum at its boundary and treats the closing instant as late', () => {
    const org = maple();
    const { propose, act, ballot } = notesFor(org);
    org.epoch(0, propose('fay', 'discharge', { subject: 'eve' }));
    org.epoch(hour, act('fay', 1, 'endorse'), act('gus', 1, 'endorse'));
    expect(org.view(1).stage).toBe('hearing');
    org.epoch(hour + 7 * day);
    const opened = hour + 7 * day;
    expect(org.view(1)).toMatchObject({ stage: 'ballot', dueMs: opened + 14 * day });
    const votes = org.epoch(opened + day, ballot('ada', 1, 'yes'), ballot('eve', 1, 'no'), ballot('fay', 1, 'yes'));
    expect(votes.verdicts).toEqual(['ok', 'GDO1057', 'GDO1057']);
    org.epoch(opened + 14 * day - 1, ballot('ben', 1, 'yes'));
    const late = org.epoch(opened + 14 * day, { ...ballot('chi', 1, 'yes'), atMs: opened + 14 * day });
    expect(late.verdicts).toEqual(['GDO1051']);
    expect(org.view(1)).toMatchObject({ status: 'refused', outcome: 'dropped', result: 'inquorate' });
  });

  itShared(path, 'discharges at three quarters of all councillors but the subject, once the checkpoint closes the vote', () => {
    const org = maple();
    const { propose, act, ballot } = notesFor(org);
    org.epoch(0, propose('fay', 'discharge', { subject: 'eve' }));
    org.epoch(hour, act('fay', 1, 'endorse'), act('gus', 1, 'endorse'));
    org.epoch(hour + 7 * day);
    const opened = hour + 7 * day;
    org.epoch(opened + day, ballot('ada', 1, 'yes'), ballot('ben', 1, 'yes'), ballot('chi', 1, 'yes'), ballot('dev', 1, 'no'));
    expect(org.view(1).needed.map((line) => [line.have, line.met])).toEqual([
      ['4', true],
      ['3 of 4', true],
    ]);
    org.epoch(opened + 14 * day);
    expect(org.view(1).outcome).toBe('discharged');
    expect(holdersOf(org.state(), org.charter, 'councillor')).toEqual(['ada', 'ben', 'chi', 'dev']);
  });

  itShared(path, 'seats a councillor as soon as the vote is decided', () => {
    const org = maple();
    const { propose, act, ballot } = notesFor(org);
    org.epoch(0, propose('ada', 'admission-to-council', { candidate: 'fay' }));
    expect(org.epoch(hour, act('ada', 1, 'endorse')).verdicts).toEqual(['GDO1040']);
    org.epoch(2 * hour, act('ben', 1, 'endorse'));
    expect(org.view(1).stage).toBe('ballot');
    org.epoch(3 * hour, ballot('ada', 1, 'yes'), ballot('ben', 1, 'yes'), ballot('chi', 1, 'yes'));
    expect(org.view(1).status).toBe('open');
    org.epoch(4 * hour, ballot('dev', 1, 'yes'));
    expect(org.view(1).outcome).toBe('seated');
    expect(holdersOf(org.state(), org.charter, 'councillor')).toContain('fay');
  });

  itShared(path, 'adopts new bylaws only after the bylaws check attested them, for cases started later', () => {
    const org = maple();
    const { proposeChange, propose, act, ballot, attest } = notesFor(org);
    const next = compile(readFileSync(shared(path), 'utf8').replace('open for 7 days', 'open for 8 days'));
    const entries = [{ path: 'bylaws/a.gdo', old: '100644:bb', new: '100644:cc' }];
    const note = { ...proposeChange('ada', 'amendment', entries, { adopts: next.hash }), adopts: next };
    expect(org.epoch(0, note).verdicts).toEqual(['ok']);
    org.epoch(hour, act('ben', 1, 'endorse'), act('chi', 1, 'endorse'));
    org.epoch(2 * hour, ...council.map((name) => ballot(name, 1, 'yes')));
    const closes = org.view(1).dueMs ?? 0;
    const closed = org.epoch(closes);
    expect(closed.merges).toEqual([]);
    expect(org.view(1).status).toBe('waiting');
    const [need] = openRequirements(org.state());
    expect(need).toMatchObject({ dapp: 'gdo-check', endorsers: ['zoe'], needed: 1 });
    expect(org.epoch(closes + 1, attest('ben', 1, 'gdo-check', need?.candidate ?? '')).verdicts).toEqual(['GDO1040']);
    const merged = org.epoch(closes + 2, attest('zoe', 1, 'gdo-check', need?.candidate ?? ''), propose('zoe', 'admission'));
    expect(merged.merges).toHaveLength(1);
    expect(merged.verdicts).toEqual(['ok', 'ok']);
    expect(org.epoch(closes + 3, propose('zoe', 'admission')).verdicts).toEqual(['GDO1053']);
    expect(org.view(2).bylaws).toBe(org.hash);
  });
});
