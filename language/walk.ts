// A walk through the grammar along some tokens: where they may lead, and what may follow. The parser needs none of it; findings and tests do.
import { unreachable } from './invariant.ts';
import type { Piece } from './notation.ts';
import { ruleOf } from './notation.ts';
import type { Kind } from './tokens.ts';
import { fits } from './tokens.ts';

/** What is still to come at one place: a piece, or the end of a rule, and what follows it. Equal ones are one object. */
type Rest = { readonly piece: Piece; readonly next: Rest | undefined } | { readonly ends: string; readonly next: Rest | undefined };

/** A place that asks for a token. `parted` says after how many tokens the way here left that of the place before it. */
interface Place {
  readonly asked: Kind;
  readonly next: Rest | undefined;
  readonly parted: number;
}

/** A way through the grammar that the tokens so far allow. */
interface Way {
  readonly rest: Rest | undefined;
  readonly parted: number;
}

/** What has been found behind some tokens, and from which rests. */
interface Reached {
  readonly taken: number;
  readonly found: Place[];
  readonly seen: Set<Rest | undefined>;
}

/** Two words decide between the alternatives of the grammar. */
const lookahead = 2;

/** One walk through a rule. All ways through the grammar are kept, in the order of the grammar. */
export class Walk {
  /** Whether the tokens taken so far are a whole text of the rule. */
  readonly isComplete: boolean;
  private readonly places: readonly Place[];
  private readonly taken: number;
  private readonly rests: Rests;

  private constructor(rests: Rests, ways: readonly Way[], taken: number) {
    const found: Place[] = [];
    const seen = new Set<Rest | undefined>();
    let parted = Infinity;
    for (const way of ways) {
      parted = Math.min(parted, way.parted);
      const before = found.length;
      rests.reach(way.rest, { taken, found, seen });
      const first = found[before];
      if (first === undefined) continue;
      found[before] = { ...first, parted };
      parted = Infinity;
    }
    this.places = found;
    this.isComplete = seen.has(undefined);
    this.taken = taken;
    this.rests = rests;
  }

  /** Begins a walk before the first token of a rule. */
  static into(rule: string): Walk {
    const rests = new Rests();
    return new Walk(rests, [{ rest: rests.entered(rule, undefined), parted: 0 }], 0);
  }

  /** Goes on by a token of a kind; to nowhere where none may stand. */
  after(kind: Kind): Walk {
    const ways: Way[] = [];
    let parted = Infinity;
    for (const place of this.places) {
      parted = Math.min(parted, place.parted);
      if (!fits(kind, place.asked)) continue;
      ways.push({ rest: place.next, parted });
      parted = Infinity;
    }
    return new Walk(this.rests, ways, this.taken + 1);
  }

  /** Kinds that may come next, each once, in the order of the grammar. Ways that two tokens ruled out in favour of earlier ones are left out. */
  expected(): readonly Kind[] {
    return [...new Set(this.likely().map(({ asked }) => asked))];
  }

  /** The rules in which all likely ways are, from the outermost to the innermost. */
  ruleStack(): readonly string[] {
    const [first = [], ...others] = this.likely().map(({ next }) => rulesAround(next));
    const common = first.findIndex((rule, index) => others.some((stack) => stack[index] !== rule));
    return common === -1 ? first : first.slice(0, common);
  }

  private likely(): readonly Place[] {
    let parted = Infinity;
    return this.places.filter((place, index) => {
      if (index > 0) parted = Math.min(parted, place.parted);
      return index === 0 || parted > this.taken - lookahead;
    });
  }
}

/** Walks through a rule along some of the tokens, from one index up to another. */
export function walkAlong(rule: string, tokens: readonly { readonly kind: Kind }[], from: number, to: number): Walk {
  return tokens.slice(from, to).reduce((walk, { kind }) => walk.after(kind), Walk.into(rule));
}

/** All rests of one walk. */
class Rests {
  private readonly made = new Map<Rest | undefined, Map<Piece | string, Rest>>();

  /** Collects the places that ask for a token, from one rest on. */
  reach(rest: Rest | undefined, to: Reached): void {
    if (to.seen.has(rest)) return;
    to.seen.add(rest);
    if (rest === undefined) return;
    const { next } = rest;
    if ('ends' in rest) return this.reach(next, to);
    const { piece } = rest;
    switch (piece.kind) {
      case 'token':
        to.found.push({ asked: piece.token, next, parted: to.taken });
        return;
      case 'rule':
        return this.reach(this.entered(piece.rule, next), to);
      case 'row':
        return this.reach(
          piece.pieces.reduceRight<Rest | undefined>((after, each) => this.before(each, after), next),
          to,
        );
      case 'one-of':
        for (const each of piece.pieces) this.reach(this.before(each, next), to);
        return;
      case 'maybe':
      case 'many':
        this.reach(this.before(piece.piece, piece.kind === 'many' ? rest : next), to);
        this.reach(next, to);
        return;
      default:
        return unreachable(piece);
    }
  }

  /** The rest that a rule is, before what follows it. */
  entered(rule: string, next: Rest | undefined): Rest {
    return this.before(
      ruleOf(rule),
      this.one(rule, next, () => ({ ends: rule, next })),
    );
  }

  private before(piece: Piece, next: Rest | undefined): Rest {
    return this.one(piece, next, () => ({ piece, next }));
  }

  private one(key: Piece | string, next: Rest | undefined, make: () => Rest): Rest {
    let siblings = this.made.get(next);
    if (siblings === undefined) {
      siblings = new Map();
      this.made.set(next, siblings);
    }
    const known = siblings.get(key);
    if (known !== undefined) return known;
    const rest = make();
    siblings.set(key, rest);
    return rest;
  }
}

/** Names of the rules a rest is in, the outermost first. */
function rulesAround(rest: Rest | undefined): readonly string[] {
  const rules: string[] = [];
  for (let at = rest; at !== undefined; at = at.next) if ('ends' in at) rules.unshift(at.ends);
  return rules;
}
