// What whoever looks after a node, or wrote a dapp, can do where a dapp gave no verdict. One sentence for each code; the reason beside it says what happened.

/** What to do about a missing verdict. @param code - why it is missing @param dapp - the name of the dapp; undefined where no sentence is known */
export function nextStep(code: string, dapp: string): string | undefined {
  const alone = `try it alone:  gdo dapp run ${dapp} --case CASE`;
  const manifest = `dapps/${dapp}.json`;
  const steps: Readonly<Record<string, string>> = {
    GDO3001: 'look whether the engine answers (gdo node doctor) and has the image (gdo image list); then run the same command again',
    GDO3002: `raise timeoutMs in ${manifest}, or let it do less; ${alone}`,
    GDO3003: `let it write less, or raise outputBytesMax in ${manifest}; ${alone}`,
    GDO3004: `raise memoryBytes in ${manifest}, or let it need less; ${alone}`,
    GDO3005: `see that the command in ${manifest} is in the image and may be executed there; ${alone}`,
    GDO3006: `let it print one verdict as its manifest declares (docs/programs.md); ${alone}`,
    GDO3007: `find what it takes from the time, from chance or from an order; each try runs it twice:  gdo dapp run ${dapp} --case CASE`,
    GDO3010: 'give this node an engine with that protection:  gdo node doctor   says what is missing',
    GDO3011: 'bring what is missing from another copy:  gdo store verify --repair PEER',
    GDO3012: 'take the image from an archive that you trust:  gdo image add ARCHIVE',
  };
  return steps[code];
}
