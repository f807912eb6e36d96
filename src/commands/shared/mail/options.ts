import { flag, list } from '../../../cli/command.ts'

/** The options of every command that sends mail. */
export const mailOptions = {
  mailTo: list('--mail-to <address>', 'send it there by mail (repeatable)'),
  sendmail: flag('--sendmail', 'hand mail to this machine’s sendmail, not to FUNNEL_SMTP_URL'),
  again: flag('--again', 'send it even if it was sent already'),
}

/** How mail is set up, for the help. */
export const MAIL_HELP =
  'Mail goes through FUNNEL_SMTP_URL (smtps://user:password@mail.example.com) or a settings file, ' +
  '{"url": …, "from": …}, that you alone can read: FUNNEL_MAIL_SETTINGS, else mail.json in the ' +
  'folder of settings. What cannot be sent is kept and goes out with the next run.'
