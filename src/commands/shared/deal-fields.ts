import { option } from '../../cli/command.ts'
import { clearable, dueOption, moneyOption } from '../../cli/options.ts'

/** The options that `deal add` and `deal edit` share. */
export const dealOptions = {
  amount: clearable(moneyOption('--amount <money>', 'what it would bring')),
  cost: clearable(moneyOption('--cost <money>', 'what it would cost')),
  owner: clearable(option('--owner <owner>', 'who answers for it')),
  source: clearable(option('--source <source>', 'where it came from')),
  expectedClose: clearable(dueOption('--expected-close <day>', 'when it should be decided')),
  need: clearable(option('--need <text>', 'what the client needs')),
}
