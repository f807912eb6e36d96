import { importCommand } from './command.ts'

export default importCommand('payments', {
  description:
    'One row per payment: client, day, amount, and the numbers of the invoices that it is for, which it settles in ' +
    'that order. What is left, and what is for a number that the book does not have, stays as credit of the ' +
    'client. A payment already in the book (same reference; or same client, day and amount) is left alone. Import ' +
    'the invoices first.',
  options: ['dateFormat', 'decimal', 'amountsIn'],
  examples: [
    'import payments payments.csv --dry-run',
    'import payments payments.csv --create clients',
  ],
})
