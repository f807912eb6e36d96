import { importCommand } from './command.ts'

export default importCommand('history', {
  description:
    'One row for each time that a deal came to a stage, or was won or lost: the deal by its ' +
    'reference, the stage, the day. It takes the place of what came with the deals, so import those ' +
    'first, and adds to what earlier histories told. Deals that were opened in this book are left as they are.',
  options: ['won', 'lost', 'dateFormat', 'decimal', 'amountsIn'],
  examples: ['import history history.csv --dry-run', 'import history history.csv --lost Dropped'],
})
