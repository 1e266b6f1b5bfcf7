import type { FC } from 'hono/jsx'
import type { Connection } from '../flow/trying.ts'
import type { Ctx } from './env.ts'
import { Banner } from './parts/fields.tsx'

/** What came of signing in for real: the folders there are, or the mistake by its name. */
export const ConnectionView: FC<{ c: Ctx; connection: Connection }> = ({ c, connection }) => {
  const { mailboxes: text } = c.var.text
  if (connection.kind === 'failed') {
    return (
      <Banner tone='grave'>
        <p>{text.trouble[connection.trouble]}</p>
        <details>
          <summary>{text.details}</summary>
          <p class='help' lang='en'>
            {connection.words}
          </p>
        </details>
      </Banner>
    )
  }
  const { folders, missing } = connection
  return (
    <Banner tone={missing.length === 0 ? 'calm' : 'caution'}>
      <p>
        {missing.length === 0
          ? text.testGood(folders.length)
          : text.testMissing(missing.join(', '))}
      </p>
      <details>
        <summary>{text.testFolders}</summary>
        <ul>
          {folders.map((name) => (
            <li>{name}</li>
          ))}
        </ul>
      </details>
    </Banner>
  )
}
