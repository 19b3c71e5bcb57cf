// Near spellings: the distance, its bounds, and the order of what is offered.
import { fc } from '../seeded.ts';
import { describe, expect, it } from 'vitest';
import { suggest } from '../../language/index.ts';

describe('a suggestion', () => {
  it('offers a long word that is three letters off, and no short one', () => {
    expect(suggest('counselor', ['councillor', 'chair'])).toEqual(['councillor']);
    expect(suggest('member', ['timber'])).toEqual(['timber']);
    expect(suggest('clerk', ['clown'])).toEqual([]);
  });

  it('is at most a third of the word away', () => {
    expect(suggest('quorom', ['quorum', 'voters'])).toEqual(['quorum']);
    expect(suggest('qourum', ['quorum'])).toEqual(['quorum']);
    expect(suggest('mebmres', ['members'])).toEqual(['members']);
    expect(suggest('cat', ['cart', 'dog'])).toEqual(['cart']);
    expect(suggest('at', ['an', 'it'])).toEqual([]);
    expect(suggest('counsilors', ['councillors'])).toEqual(['councillors']);
  });

  it('comes nearest first, then in the order of letters, three at most, never the word itself', () => {
    expect(suggest('member', ['members', 'membra', 'ember', 'timber', 'member'])).toEqual(['ember', 'members', 'membra']);
    expect(suggest('abcdef', ['abcdea', 'abcdeb', 'abcdec', 'abcded', 'abcdea'])).toEqual(['abcdea', 'abcdeb', 'abcdec']);
  });

  it('ignores capitals', () => {
    expect(suggest('Role', ['role'])).toEqual(['role']);
  });

  it('finds a word again after any one slip, if the word is long enough', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{6,20}$/), fc.nat(), fc.constantFrom('drop', 'double', 'swap', 'change'), (word, seed, slip) => {
        const at = seed % (word.length - 1);
        const [a = '', b = ''] = [word[at], word[at + 1]];
        const middle = slip === 'drop' ? b : slip === 'double' ? a + a + b : slip === 'swap' ? b + a : `0${b}`;
        const wrong = word.slice(0, at) + middle + word.slice(at + 2);
        expect(suggest(wrong, [word])).toEqual(wrong === word || wrong.length < 6 ? suggest(wrong, [word]) : [word]);
      }),
    );
  });
});
