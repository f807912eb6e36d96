import { importCommand } from './command.ts'

export default importCommand('history', {
  description:
    'One row for each time a deal entered a stage, or was won or lost: the deal’s reference, ' +
    'the stage and the day. The history replaces what was imported with the deals, so import ' +
    'those first, and adds to histories imported earlier. Deals opened in this book are left ' +
    'as they are.',
  options: ['won', 'lost', 'dateFormat', 'decimal', 'amountsIn'],
  examples: ['import history history.csv --dry-run', 'import history history.csv --lost Dropped'],
})
