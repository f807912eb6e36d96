import { importCommand } from './command.ts'

export default importCommand('deals', {
  description:
    'One row a deal: its client, title, stage, amount, days and outcome. Words for won and lost are ' +
    'known in several languages; --won and --lost add others. Columns that are not recognised become ' +
    'properties of the deal. A closing day of a deal that is still ' +
    'open is when it is expected to close. A deal that the book has already (by reference, or by ' +
    'client and title) keeps what it has; only blanks are filled, unless --on-duplicate says ' +
    'otherwise. A new deal has owner and source of its client where the file has no such column; a ' +
    'blank cell of such a column is a deal without.',
  options: ['process', 'won', 'lost', 'dateFormat', 'decimal', 'amountsIn', 'onDuplicate'],
  examples: [
    'import deals deals.csv --create clients,owners --dry-run',
    'import deals deals.csv --process free --create all --won Sold --date-format dmy',
  ],
})
