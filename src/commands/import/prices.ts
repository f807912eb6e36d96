import { importCommand } from './command.ts'

export default importCommand('prices', {
  description:
    'One row per price: its product (by code, else by name), the price list that it is for (blank: every ' +
    'client), the quantity from which it holds, and its first and last day. Price lists that the book does not ' +
    'have are added. A price already in the book (same product, list, quantity and first day) keeps its values, ' +
    'unless --on-duplicate says otherwise.',
  options: ['dateFormat', 'decimal', 'amountsIn', 'onDuplicate'],
  examples: [
    'import prices prices.csv --create products --dry-run',
    'import prices prices.csv --create products --on-duplicate update',
  ],
})
