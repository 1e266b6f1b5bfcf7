import { until } from './office.ts'
import type { Visitor } from './site.ts'

/** The file that a form asked for: sent at once, or fetched from the page that shows how far it is. */
export async function made(visitor: Visitor, answer: Response): Promise<Response> {
  const place = answer.headers.get('location')
  if (place === null) return answer
  const page = async () => (await visitor.get(place)).text()
  await until('the file', async () => !(await page()).includes('hx-get'))
  return visitor.get(`${place}/file`)
}
