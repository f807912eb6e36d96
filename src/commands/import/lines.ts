import { importCommand } from './command.ts'

export default importCommand('lines', {
  description:
    'One row per line of a deal that the book has: the deal, a product or a text, quantity, price, ' +
    'discount and tax. The amount and cost of the deal follow its lines. A line already there (same ' +
    'number, else same product or text) keeps its values; only blanks are filled, unless ' +
    '--on-duplicate says otherwise. A row that names no deal is a line of the deal above. What the ' +
    'file has no column for is the product’s: its price, unit, cost and tax rate.',
  options: ['decimal', 'amountsIn', 'onDuplicate'],
  examples: [
    'import lines lines.csv --dry-run',
    'import lines lines.csv --create products --on-duplicate update',
  ],
})
