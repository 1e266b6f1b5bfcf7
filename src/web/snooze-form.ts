import { morningOn, presetInstant, snoozePresets } from '../domain/snooze.ts'
import type { Instant } from '../domain/time.ts'
import type { Form } from './forms.ts'

/** Until when a form puts something off: a preset, or the morning of a date; null for neither. */
export function instantIn(form: Form, now: Instant): Instant | null {
  const when = form.text('when', 16)
  const preset = snoozePresets.find((one) => one === when)
  return preset ? presetInstant(preset, now) : morningOn(form.text('date', 16))
}
