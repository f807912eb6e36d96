import { flag, list } from '../../../cli/command.ts'

/** The options of every command that sends mail. */
export const mailOptions = {
  mailTo: list('--mail-to <address>', 'mail it to this address (repeatable)'),
  sendmail: flag('--sendmail', 'send mail with this machine’s sendmail, not FUNNEL_SMTP_URL'),
  again: flag('--again', 'send it even if it has been sent already'),
}

/** How mail is set up, for the help. */
export const MAIL_HELP =
  'Mail goes through FUNNEL_SMTP_URL (smtps://user:password@mail.example.com) or a settings ' +
  'file that only you can read, {"url": …, "from": …}, named by FUNNEL_MAIL_SETTINGS, else ' +
  'mail.json in the settings folder. What cannot be sent is kept, and sent with the next run.'
