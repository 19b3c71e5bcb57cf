// The patterns by which a dapp says what it reads: what they are, which paths and entries they name, and what its root depends on (node.md section 4).
import { describe, expect, it } from 'vitest';
import { areReadPatterns, readsPath, readsRoot, stateRead } from '../../../engine/index.ts';
import { found } from './organization.ts';

const text = 'gdo 1\norganization "Patterns"\nend\nrole member plural members\n  held by 1 to 9 people\nend\n';
const rootOf = (content: readonly (readonly [string, string])[], patterns: readonly string[]): string =>
  readsRoot(found(text, { member: ['ana', 'bo'] }, { content }).state(), 'locks', patterns);

describe('patterns of what is read', () => {
  it('are texts, ascending, of 8,192 letters together at most', () => {
    const [long, other] = ['a'.repeat(8_190), 'b'];
    expect(
      [
        [long, other],
        [long, 'bb'],
        [long, 'bbb'],
      ].map((value) => areReadPatterns(value)),
    ).toEqual([true, true, false]);
    expect([[1], ['a', 1], ['b', 'a'], ['a', 'a'], ['/'], [''], []].map((value) => areReadPatterns(value))).toEqual(Array.from({ length: 7 }, () => false));
  });

  it('name paths, or with a slash before them entries of the state; the manifest of the dapp is always read', () => {
    const read = (pattern: string, path: string): boolean => readsPath('locks', [pattern], path);
    expect([read('doors/**', 'doors/front'), read('/doors/**', 'doors/front'), read('notes', 'doors/front'), read('notes', 'dapps/locks.json')]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    const keys = stateRead(found(text, { member: ['bo', 'ana'] }).state(), ['/role/member/*', '/member/*', 'doors/**']).map(([key]) => key);
    expect(keys).toEqual(['member/ana', 'member/bo', 'role/member/ana', 'role/member/bo']);
  });

  it('give a root that changes with what they name and with the manifest, and with nothing else', () => {
    const doors = (front: string, manifest: string, copy: string, note: string): readonly (readonly [string, string])[] => [
      ['dapps/locks.json', manifest],
      ['dapps/locks.json.old', copy],
      ['doors/front', front],
      ['notes', note],
    ];
    const root = rootOf(doors('1', '1', '1', '1'), ['doors/*']);
    expect([rootOf(doors('2', '1', '1', '1'), ['doors/*']), rootOf(doors('1', '2', '1', '1'), ['doors/*'])]).not.toContain(root);
    expect(rootOf(doors('1', '1', '2', '2'), ['doors/*'])).toBe(root);
  });
});
