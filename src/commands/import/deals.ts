import { importCommand } from './command.ts'

export default importCommand('deals', {
  description:
    'One row per deal: its client, title, stage, amount, days and outcome. Words for won and ' +
    'lost are recognised in several languages; --won and --lost add others. Columns that are ' +
    'not recognised become properties of the deal. The closing day of a deal that is still ' +
    'open is its expected close. A deal already in the book (same reference, or same client ' +
    'and title) keeps its values; only blanks are filled, unless --on-duplicate says ' +
    'otherwise. If the file has no column for owner or source, a new deal gets its client’s; a ' +
    'blank cell in such a column means none.',
  options: ['process', 'won', 'lost', 'dateFormat', 'decimal', 'amountsIn', 'onDuplicate'],
  examples: [
    'import deals deals.csv --create clients,owners --dry-run',
    'import deals deals.csv --create clients,owners --value "Stage:Offer sent=Proposal"',
    'import deals deals.csv --process free --create all --won Sold --date-format dmy',
  ],
})
