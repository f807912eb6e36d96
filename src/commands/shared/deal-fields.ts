import { option } from '../../cli/command.ts'
import { clearable, dueOption, moneyOption, textOptions } from '../../cli/options.ts'
import { DEAL_TEXTS } from '../../domain/text-fields.ts'

/** The options that `deal add` and `deal edit` share. */
export const dealOptions = {
  amount: clearable(moneyOption('--amount <money>', 'the value of the deal')),
  cost: clearable(moneyOption('--cost <money>', 'what it would cost')),
  owner: clearable(option('--owner <owner>', 'the salesperson responsible for it')),
  source: clearable(option('--source <source>', 'where it came from')),
  expectedClose: clearable(dueOption('--expected-close <day>', 'when it should be decided')),
  ...textOptions(DEAL_TEXTS),
}
