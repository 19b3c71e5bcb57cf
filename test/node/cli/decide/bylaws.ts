// Bylaws of the tests of the commands that decide: three members, rules that change after an endorsement and a vote, notes that need one endorsement.

/** The people of most tests; the first is the steward. */
export const people: readonly string[] = ['ana', 'bo', 'cy'];

/** Files that lie on main when a house is founded. */
export const firstFiles: Readonly<Record<string, string>> = {
  'rules/noise.md': 'The saw rests at night.\n',
  'notes/list.md': 'Milk\n',
};

/** The bylaws; `more` is added at their end. */
export function shedBylaws(more = ''): string {
  return `gdo 1

organization "Shed"
  time zone "UTC"
end

area bylaws covers "bylaws/**"
area rules covers "rules/**"
area notes covers "notes/**", "dapps/**"
area attic covers "attic/**"

role member plural members
  held by anyone
  first held by "ana", "bo", "cy"
  gained through admission
  lost through resignation
end

process admission "Admission"
  started by any person
  step sponsors
    when 2 members endorse go to admitted
    after 30 days go to forgotten
  end
  outcome admitted
    grant member to the candidate
  end
  outcome forgotten refuses
end

process change "Changing the rules"
  governs rules
  started by any member
  step review
    when 1 other member endorses go to ballot
    after 10 days go to lapsed
  end
  vote ballot
    voters members
    open for 2 days
    quorum at least 2 members voting
    passes when more than 1/2 of votes cast are yes
    when passed go to adopted
    otherwise go to lapsed
  end
  outcome adopted accepts
  outcome lapsed refuses
end

process note "Taking notes"
  governs notes
  started by any member
  step review
    when 1 other member endorses go to kept
    after 10 days go to dropped
  end
  outcome kept accepts
  outcome dropped refuses
end

process amendment "Changing the bylaws"
  governs bylaws
  started by any member
  step review
    when 2 other members endorse go to adopted
    after 10 days go to dropped
  end
  outcome adopted accepts
  outcome dropped refuses
end
${more}`;
}
