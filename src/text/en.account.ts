import type { Text } from './ja.ts'

/** What the pages on one's own account say. */
export const enAccount: Text['account'] = {
  flaw: {
    too_short: 'Please use at least 12 characters.',
    too_long: 'Please use at most 256 characters.',
    too_plain: 'Repeated letters and rows of keys are guessed. Please choose another password.',
    well_known: 'It is made of a word that many use. Please choose another password.',
    about_you: 'It holds your name or address. Please choose another password.',
  },
  way: {
    password: 'Password',
    'password+totp': 'Password and code',
    'password+recovery_code': 'Password and recovery code',
    'password+passkey': 'Password and passkey',
    passkey: 'Passkey',
    openid: 'Company account',
    'openid+mfa': 'Company account (multi-factor)',
    'openid+totp': 'Company account and code',
    'openid+recovery_code': 'Company account and recovery code',
    'openid+passkey': 'Company account and passkey',
  },
  method: { totp: 'Authenticator app', passkey: 'Passkey' },
  title: 'Account security',
  lead: 'How you sign in, and where you are signed in.',
  needed:
    'Your role asks for a second factor beside the password. Set up an authenticator app or a passkey to go on.',
  second: {
    title: 'One more check',
    lead: 'Enter the six digits that your authenticator app shows. Without the app, enter one of your recovery codes.',
    code: 'Code',
    do: 'Continue',
    wrong: 'The code is wrong or was used already. Please try the next one.',
    locked: 'Too many attempts. Please try again in a few minutes.',
    other: 'Sign in anew',
  },
  totp: {
    title: 'Authenticator app',
    off: 'Not set up. An app on your phone (Google Authenticator and others) shows six digits for each sign-in.',
    on: (codes) => `Set up. ${codes} recovery codes are left.`,
    begin: 'Set up an app',
    steps:
      'Scan this picture with the app and enter the six digits that it shows. If it cannot be scanned, type the letters below into the app.',
    qr: 'Picture for the authenticator app',
    secret: 'Letters for the app',
    confirm: 'Finish',
    remove: 'Remove the app',
    noKey: (why) => `An administrator has to set an encryption key first (${why}).`,
  },
  codes: {
    title: 'Recovery codes',
    lead: 'Each is good once, when the app is not at hand. Print them or keep them in a password manager. They are not shown again after this page.',
    kept: 'I have kept them',
    renew: 'Make new recovery codes',
  },
  password: {
    title: 'Password',
    current: 'Current password',
    wanted: 'New password',
    help: 'At least 12 characters; several words are best. Other devices are signed out when it changes.',
    change: 'Change the password',
    wrong: 'The current password is wrong.',
  },
  sessions: {
    title: 'Where you are signed in',
    here: 'this device',
    since: 'Signed in',
    seen: 'Last used',
    end: 'Sign out there',
    endOthers: 'Sign out everywhere else',
  },
  again: 'Sign in again',
}
