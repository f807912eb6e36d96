import { importCommand } from './command.ts'

export default importCommand('goals', {
  description:
    'One row per goal: its measure (won-amount, won-profit, won-deals or contacts-made), what is to be ' +
    'reached, and when: every month, quarter or year (with the first day that it holds for), or from a day to ' +
    'a day. A row without an owner is for all. A goal already in the book (same owner, measure and days) keeps ' +
    'its value, unless --on-duplicate says otherwise.',
  options: ['dateFormat', 'decimal', 'amountsIn', 'onDuplicate'],
  examples: ['import goals goals.csv --dry-run', 'import goals goals.csv --on-duplicate update'],
})
