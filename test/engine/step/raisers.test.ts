// Effects for `the raiser`: whoever raised a concern of the case, closed by then or not (S108, S119).
import { describe, expect, it } from 'vitest';
import { amountOf, holdersOf } from '../../../engine/index.ts';
import { found, hour, notesFor } from './organization.ts';

const text = `gdo 1
organization "Concerns"
end
role member plural members
  held by 1 to 9 people
end
role critic plural critics
  held by 0 to 9 people
  gained through motion
end
points merit
end
process motion
  started by any member
  step talk
    concerns by any member resolved by the raiser
    when any member approves go to done
    after 9 days go to refused
  end
  outcome done
    award 5 merit to the raiser
    grant critic to the raiser
  end
end
`;

describe('the raiser', () => {
  it('is everybody who raised a concern, once', () => {
    const org = found(text, { member: ['ana', 'bo', 'cy', 'dee'] });
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    const raise = (by: string): ReturnType<typeof act> => act(by, 1, 'raise', { text: 'too dear' });
    expect(org.epoch(1, raise('cy'), raise('bo'), raise('cy')).verdicts).toEqual(['ok', 'ok', 'ok']);
    org.epoch(2, act('cy', 1, 'resolve', { about: 'c1' }), act('cy', 1, 'resolve', { about: 'c3' }), act('bo', 1, 'resolve', { about: 'c2' }));
    org.epoch(hour, act('dee', 1, 'approve'));
    expect(org.view(1).outcome).toBe('done');
    const merit = ['ana', 'bo', 'cy', 'dee'].map((member) =>
      amountOf({ state: org.state(), charter: org.charter, atMs: hour, role: 'member' }, 'merit', member),
    );
    expect([merit, holdersOf(org.state(), org.charter, 'critic')]).toEqual([
      [0n, 5n, 5n, 0n],
      ['bo', 'cy'],
    ]);
  });
});
