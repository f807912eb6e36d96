import { importCommand } from './command.ts'

export default importCommand('products', {
  description:
    'One row per product: its code, name, unit, price, cost and tax rate. A product already in the ' +
    'book (same code, else same name) keeps its values; only blanks are filled, unless ' +
    '--on-duplicate says otherwise. Lines of deals keep what they were entered with.',
  options: ['decimal', 'amountsIn', 'onDuplicate'],
  examples: [
    'import products products.csv --dry-run',
    'import products products.csv --on-duplicate update',
  ],
})
