import type { Address, CalendarTime, Invitation } from '../domain/mail.ts'

/** An invitation with more lines is a whole calendar; the first event is what the mail is about. */
const linesMax = 5_000
const textLengthMax = 2_000
const descriptionLengthMax = 20_000
const attendeesMax = 20

type Property = {
  readonly name: string
  readonly parameters: ReadonlyMap<string, string>
  readonly value: string
}

/** What a calendar part (RFC 5545) says, and the words of its description. */
export type Calendar = { readonly invitation: Invitation; readonly words: string }

/** Reads the first event or task of a calendar part; null where it has none. */
export function readCalendar(text: string): Calendar | null {
  const lines = unfolded(text)
  const event = eventIn(lines)
  if (event.length === 0) return null
  const first = (name: string) => event.find((property) => property.name === name)
  const words = (name: string, max = textLengthMax) => textOf(first(name)?.value ?? '', max)
  const attendees = event.filter(({ name }) => name === 'ATTENDEE')
  const organizer = first('ORGANIZER')
  const end = first('DTEND') ?? first('DUE')
  const starts = timeOf(first('DTSTART'))
  const invitation: Invitation = {
    kind: 'invitation',
    method: methodOf(lines, words('STATUS')),
    summary: words('SUMMARY'),
    place: words('LOCATION'),
    starts,
    ends: lastDay(timeOf(end), starts),
    repeats: first('RRULE') !== undefined || first('RDATE') !== undefined,
    organizer: organizer ? personOf(organizer) : null,
    attendees: attendees.slice(0, attendeesMax).map(personOf),
    attendeeCount: attendees.length,
  }
  const description = words('DESCRIPTION', descriptionLengthMax)
  return { invitation, words: [invitation.summary, description].filter(Boolean).join('\n\n') }
}

/** Content lines as section 3.1 folds them. */
function unfolded(text: string): Property[] {
  const lines: string[] = []
  for (const line of text.split(/\r\n|\n|\r/, linesMax)) {
    const last = lines.length - 1
    if (/^[ \t]/.test(line) && last >= 0) lines[last] += line.slice(1)
    else lines.push(line)
  }
  return lines.map(propertyOf)
}

/** `NAME;PARAMETER="a:b";OTHER=c:VALUE`: a colon or semicolon in quotes divides nothing. */
function propertyOf(line: string): Property {
  const parts: string[] = []
  let begin = 0
  let quoted = false
  let at = 0
  for (; at < line.length && (quoted || line[at] !== ':'); at += 1) {
    if (line[at] === '"') quoted = !quoted
    if (line[at] !== ';' || quoted) continue
    parts.push(line.slice(begin, at))
    begin = at + 1
  }
  const [name = '', ...parameters] = [...parts, line.slice(begin, at)]
  return {
    name: name.trim().toUpperCase(),
    parameters: new Map(parameters.map(parameterOf)),
    value: line.slice(at + 1),
  }
}

function parameterOf(text: string): [string, string] {
  const equals = text.indexOf('=')
  const name = equals === -1 ? text : text.slice(0, equals)
  return [name.trim().toUpperCase(), text.slice(name.length + 1).replaceAll('"', '')]
}

/** The properties of the first event, or task, without those of what stands inside it. */
function eventIn(lines: readonly Property[]): Property[] {
  const found: Property[] = []
  const inside: string[] = []
  for (const property of lines) {
    const component = property.value.trim().toUpperCase()
    const [within] = inside.slice(-1)
    const isEvent = within === 'VEVENT' || within === 'VTODO'
    if (property.name === 'BEGIN') inside.push(component)
    else if (property.name === 'END') {
      inside.pop()
      if (isEvent) return found
    } else if (isEvent) found.push(property)
  }
  return found
}

function methodOf(lines: readonly Property[], status: string): Invitation['method'] {
  const method = lines
    .find(({ name }) => name === 'METHOD')
    ?.value.trim()
    .toUpperCase()
  if (method === 'CANCEL' || status.toUpperCase() === 'CANCELLED') return 'cancel'
  if (method === 'REPLY' || method === 'COUNTER') return 'reply'
  return method === 'REQUEST' || method === 'ADD' ? 'request' : 'publish'
}

/** Section 3.3.11: a backslash stands before comma, semicolon, backslash, and N for a new line. */
function textOf(value: string, max: number): string {
  return value
    .slice(0, max * 2)
    .replace(/\\([\\;,nN])/g, (_, character: string) =>
      character.toLowerCase() === 'n' ? '\n' : character,
    )
    .trim()
    .slice(0, max)
}

function timeOf(property: Property | undefined): CalendarTime | null {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d*(Z?))?/.exec(property?.value.trim() ?? '')
  if (!found || !property) return null
  const [, year, month, day, hour, minute, utc] = found
  return {
    day: `${year}-${month}-${day}`,
    time: hour === undefined ? '' : `${hour}:${minute}`,
    zone: utc === 'Z' ? 'UTC' : (property.parameters.get('TZID') ?? '').slice(0, 100),
  }
}

/** Where whole days are meant, DTEND is the day after the last one (section 3.6.1). */
function lastDay(end: CalendarTime | null, start: CalendarTime | null): CalendarTime | null {
  if (end?.time !== '' || start?.time !== '') return end
  const time = Date.parse(end.day)
  if (Number.isNaN(time)) return end
  const day = new Date(time - 86_400_000).toISOString().slice(0, 10)
  return day > start.day ? { ...end, day } : null
}

function personOf({ value, parameters }: Property): Address {
  const address = value.trim().replace(/^mailto:/i, '')
  return {
    name: textOf(parameters.get('CN') ?? '', 200),
    address: address.toLowerCase().slice(0, 320),
  }
}
