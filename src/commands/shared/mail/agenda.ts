import { pageIn } from '../../../cli/pages.ts'
import type { Context } from '../../../cli/context.ts'
import type { Report } from '../../../domain/table.ts'
import { deliver } from './deliver.ts'

/** What is sent, and how. */
interface AgendaMail {
  report: Report
  /** How many things there are to do; if none, no mail is sent. */
  count: number
  /** What sets the list apart from others: its days, the owner and the conditions. */
  about: readonly string[]
  options: { mailTo: readonly string[]; sendmail: boolean; again: boolean }
}

/**
 * Mails the list of a day, once to each address.
 * @throws Fault as `deliver` does.
 */
export async function mailAgenda(
  context: Context,
  { report, count, about, options }: AgendaMail,
): Promise<void> {
  if (count === 0) {
    await context.tell('there is nothing to do, so no mail is sent', { sent: [], kept: [] })
    return
  }
  const { locale } = (await context.book()).settings
  const page = {
    subject: `${count} to do: ${report.title}`,
    about: ['today', ...about].join(' '),
    text: await pageIn(report, 'text', locale),
    html: await pageIn(report, 'html', locale),
  }
  await deliver(context, page, options)
}
