import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { importMail } from '../../src/commands/import.ts'
import { queueStates } from '../../src/domain/matter.ts'
import { openSite } from '../support/site.ts'

const archive = '../shared/mail/ja-threads'

type Line = { readonly thread: number; readonly message_id: string; readonly new_text: string }

describe.skipIf(!existsSync(`${archive}.mbox.gz`))(
  'the Japanese archive kept beside the project',
  () => {
    it('is imported in the threads, with the texts, that its manifest names', {
      timeout: 120_000,
    }, async () => {
      const lines = gunzipSync(readFileSync(`${archive}.manifest.jsonl.gz`))
        .toString()
        .trim()
        .split('\n')
      const named = new Map(
        lines.map((line) => JSON.parse(line) as Line).map((line) => [line.message_id, line]),
      )
      const site = await openSite()
      await importMail(site.house, [`${archive}.mbox.gz`, '--json'], {
        ...process,
        stdout: process.stderr,
      })

      const { store } = site.house
      const threads = await store.queue.list({ states: queueStates }, { offset: 0, limit: 1_000 })
      let mails = 0
      for (const { id } of threads) {
        const record = await store.threads.find(id)
        const of = (record?.messages ?? []).map((message) => ({
          message,
          line: named.get(message.messageId ?? ''),
        }))
        expect(new Set(of.map(({ line }) => line?.thread)).size).toBe(1)
        for (const { message, line } of of) {
          // The wave dash has two code points, and decoders differ on which one it is.
          expect(message.text.replaceAll('～', '〜')).toContain(
            line?.new_text.replaceAll('～', '〜'),
          )
          mails += 1
        }
      }
      expect(mails).toBe(named.size)
      expect(threads).toHaveLength(new Set([...named.values()].map(({ thread }) => thread)).size)
      await site.close()
    })
  },
)
