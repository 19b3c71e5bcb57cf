// What an epoch did to cases, in sentences. It reads notices and the ledger and decides nothing.
import type { CaseNotice } from '../../engine/index.ts';
import { readCase } from '../../engine/index.ts';
import type { LedgerView } from '../ledger/view.ts';
import { visible } from './terminal.ts';

/** One line per notice, in the order in which things happened. */
export function noticeLines(view: LedgerView, notices: readonly CaseNotice[]): readonly string[] {
  return notices.map((notice) => {
    const title = readCase(view.state, notice.case)?.title ?? notice.process;
    const name = `#${notice.number} ${visible(title === '' ? notice.process : title)}`;
    const code = notice.code === undefined ? '' : `${notice.code} `;
    const reason = notice.reason === '' ? '' : `: ${visible(notice.reason)}`;
    switch (notice.kind) {
      case 'opened-stage':
        return `  ${name} is now at ${notice.process} / ${notice.stage}`;
      case 'decided':
        return `● ${name} is decided: ${notice.stage}${reason}`;
      case 'merged':
        return `✓ ${name} is merged into main`;
      case 'stale':
        return `✗ ${code}${name} is stale${reason}`;
      case 'waiting':
        return `⏳ ${code}${name} waits${reason}`;
    }
  });
}
