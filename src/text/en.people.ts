import { fullTime } from './clock.ts'
import type { Text } from './ja.ts'

/** What the pages on the staff say, and the mails to them. */
export const enPeople: Text['people'] = {
  title: 'People',
  lead: 'Accounts and roles. Giving a role takes a second administrator.',
  add: 'Invite somebody',
  all: 'all mailboxes',
  noRoles: 'no role',
  state: {
    invited: 'Invited',
    disabled: 'Disabled',
    strong: 'Second factor',
    weak: 'Password only',
  },
  waiting: {
    title: 'Roles that wait',
    wants: (by, whom) => `${by} proposes these roles for ${whom}.`,
    second: 'Approve',
    decline: 'Object',
    withdraw: 'Withdraw',
    until: (at) =>
      `There is no other administrator to approve them: they hold from ${fullTime(at, 'en')}. Supervisors can object until then.`,
    needs: 'Waits for another administrator.',
  },
  invite: {
    title: 'Invite somebody',
    lead: 'The person chooses a password by a link that is good for 24 hours, once.',
    name: 'Name',
    roles: 'Roles',
    within: (role) => `Mailboxes as ${role} (none chosen: all)`,
    do: 'Invite',
  },
  invited: {
    title: 'Invited',
    link: 'No mail server is set, so the link is shown here, once. Hand it to the person yourself. It is good for 24 hours, once.',
    mailed: (email) => `An invitation goes to ${email}.`,
    waits: 'The roles hold after a second approval.',
    back: 'To the list of people',
  },
  person: {
    rights: 'Change roles',
    rightsLead: 'Taking a role away holds at once. Giving one takes another administrator.',
    propose: 'Change',
    again: 'Send a link to choose a new password',
    againLead:
      'Without a mail server the link is shown to you. The person’s roles are then taken back until another administrator has approved them again.',
    resetFactors: 'Remove the second factor',
    resetLead: 'For a lost device. It is set up anew with the next sign-in.',
    signOut: 'Sign out everywhere',
    disable: 'Disable the account',
    disableLead: 'The history stays; the person can do nothing more.',
  },
  accept: {
    title: 'Choose a password',
    lead: (name) => `Welcome, ${name}. Please choose the password that you will use.`,
    do: 'Start',
    gone: 'This link cannot be used: it was used already, or its 24 hours are over. Please ask an administrator for a new one.',
  },
  done: {
    rightsProposed: 'Kept. Roles that were added hold after a second approval.',
    rightsGranted: 'Approved.',
    rightsDeclined: 'Refused.',
    personDisabled: 'The account was disabled.',
    factorsReset: 'The second factor was removed.',
  },
  mail: {
    invitation: (name, link, until) => ({
      subject: 'Invitation to Mamori',
      text: `Dear ${name},\n\nyou are invited to Mamori. Please open this link and choose a password.\n\n${link}\n\nThe link is good until ${fullTime(until, 'en')}, once.\nIf you do not expect it, please tell your administrator.\n`,
    }),
    rights: (about, by, roles, until) => ({
      subject: `Roles proposed for ${about}`,
      text: `${by} proposes these roles for ${about}:\n\n${roles}\n\nThere is no other administrator to approve them: they hold from ${fullTime(until, 'en')}.\nTo object, press “Object” under “People” in Mamori before that.\n`,
    }),
  },
}
