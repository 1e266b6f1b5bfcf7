import type { QueryFault } from '../domain/query.ts'
import type { jaSearch } from './ja.search.ts'
import { plural } from './plural.ts'

/** What is wrong with a query and what to do. */
function queryFault(fault: QueryFault): string {
  switch (fault.kind) {
    case 'unknown_field':
      return `There is no field “${fault.value}:”. There are from, to, subject, category, state, severity, before, until, after, on, has and mailbox. To look for the word itself, put it in quotation marks: "${fault.value}".`
    case 'empty_field':
      return `Nothing stands after “${fault.value}:”. Write the value right behind it, without a space.`
    case 'open_quote':
      return `The quotation that begins with ${fault.value} is not closed. Add the closing mark.`
    case 'bad_date':
      return `“${fault.value}” is no date. Write it like 2026-11-25, 2026/11/25 or 2026-11.`
    case 'no_letters':
      return `“${fault.value}” has nothing to search for. Write letters or figures.`
    case 'unknown_has':
      return `“${fault.value}” cannot be asked for. There is has:attachment.`
    case 'unknown_category':
      return `There is no category “${fault.value}”. There are: ${fault.known.join('; ')}`
    case 'unknown_state':
      return `There is no state “${fault.value}”. There are: ${fault.known.join('; ')}`
    case 'unknown_severity':
      return `There is no severity “${fault.value}”. Write 0 to 3, 2+ for 2 and more, or a name: ${fault.known.join('; ')}`
    case 'unknown_mailbox':
      return `There is no mailbox “${fault.value}”. There are: ${fault.known.join('; ')}`
    case 'too_long':
      return `The query is too long. Keep it within ${fault.max} characters.`
    case 'too_many':
      return `The query has too many conditions. Keep it within ${fault.max}.`
  }
}

/** What searching says in English. */
export const enSearch: typeof jaSearch = {
  searchLabel: 'Search',
  searchNone: (query) => `No mail fulfils “${query}”.`,
  searchFound: (n, more, query) => `“${query}”: ${plural(n, 'thread')}${more ? ' or more' : ''}`,
  searchMails: (n) => `${plural(n, 'mail')} found`,
  searchKeptBack: 'What was looked for is in a shielded part',
  searchMuted: 'A muted mail: its words are not shown',
  searchPages: 'Pages of results',
  searchFirst: 'First page',
  searchHelpTitle: 'How to search',
  searchHelp: [
    { example: '返金', words: 'One character is enough. Width and case make no difference' },
    { example: 'refund receipt', words: 'Mails that hold all the words; words may go on' },
    { example: '"refund, please"', words: 'In quotation marks: side by side, as it stands' },
    { example: 'refund -subscription', words: 'With “-” before it: mails without the word' },
    { example: 'from:tanaka', words: 'The sender’s name or address; also to: and subject:' },
    { example: 'category:threat', words: 'A category that the rules see' },
    { example: 'state:new', words: 'Where the thread stands' },
    { example: 'severity:2+', words: 'Severity, 0 to 3 or by name' },
    { example: 'before:2026-11-25', words: 'Sent before that day; also until: after: on:' },
    { example: 'has:attachment', words: 'Mails with attachments' },
    { example: 'mailbox:support', words: 'The mailbox or its department' },
  ],
  queryFault,
}
