import type { FC } from 'hono/jsx'
import { may } from '../../domain/person.ts'
import type { Text } from '../../text/text.ts'
import type { Ctx } from '../env.ts'
import { page } from '../frame.tsx'
import type { Routes } from '../routes.ts'
import { documentOf, parametersOf } from './openapi.ts'
import { type ProblemCode, problems } from './problems.ts'
import { callsPerMinute } from './rate.ts'
import type { ApiRoute } from './route.ts'
import { withheld } from './schemas.record.ts'
import { apiBase, apiRoutes } from './table.ts'

/** How programs read, for the people who write them: the table of routes in words. */
export function docsRoutes(routes: Routes): void {
  routes.get('/api/docs', 'signed_in', docsPage)
  routes.get('/api/docs/openapi.json', 'signed_in', (c) => c.json(documentOf(apiRoutes, apiBase)))
}

function docsPage(c: Ctx): Response | Promise<Response> {
  const { api: text } = c.var.text
  return page(
    c,
    text.title,
    <section class='api-docs'>
      <h1>{text.title}</h1>
      <p>{text.lead}</p>
      <p>
        <a href='/api/docs/openapi.json'>{text.document}</a>
        {may(c.var.account, 'see_tokens') && (
          <>
            {' · '}
            <a href='/settings/tokens'>{text.tokens}</a>
          </>
        )}
      </p>
      <Manual text={text} baseUrl={c.var.site.baseUrl} />
      <h2>{text.routesTitle}</h2>
      {apiRoutes.map((route) => (
        <RouteCard text={text} route={route} />
      ))}
      <ProblemTable text={text} />
    </section>,
  )
}

type Words = Text['api']

const Manual: FC<{ text: Words; baseUrl: string }> = ({ text, baseUrl }) => (
  <>
    <section class='card' aria-labelledby='begin'>
      <h2 id='begin'>{text.begin}</h2>
      <ol>
        {text.beginSteps.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      <pre tabindex={0}>
        {`curl -H "Authorization: Bearer $MAMORI_TOKEN" "${baseUrl}${apiBase}/threads?limit=10"`}
      </pre>
    </section>
    <dl class='facts'>
      <dt>{text.paging}</dt>
      <dd>{text.pagingText}</dd>
      <dt>{text.limits}</dt>
      <dd>{text.limitsText(callsPerMinute)}</dd>
      <dt>{text.caching}</dt>
      <dd>{text.cachingText}</dd>
      <dt>{text.shielded}</dt>
      <dd>{text.shieldedText}</dd>
      <dt>{text.chain}</dt>
      <dd>{text.chainText}</dd>
    </dl>
  </>
)

const RouteCard: FC<{ text: Words; route: ApiRoute }> = ({ text, route }) => {
  const { title, lead } = text.routes[route.name]
  const parameters = parametersOf(route)
  const words: Readonly<Record<string, string>> = text.parameters
  return (
    <section class='card' id={route.name} aria-labelledby={`${route.name}-title`}>
      <h3 id={`${route.name}-title`}>{title}</h3>
      <p>
        <code>{`GET ${apiBase}${route.path.replace(':id', '{id}')}`}</code>{' '}
        <span class='chip neutral'>
          {text.needs}: {route.needs === 'any' ? text.anyToken : route.needs}
        </span>
      </p>
      <p>{lead}</p>
      {parameters.length > 0 && (
        <table class='parameters'>
          <caption>{text.parametersTitle}</caption>
          <tbody>
            {parameters.map(({ name, schema }) => (
              <tr>
                <th scope='row'>
                  <code>{name}</code>
                </th>
                <td>
                  {words[name]} <small>{kindOf(schema)}</small>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <details>
        <summary>{text.answerTitle}</summary>
        <pre tabindex={0}>{JSON.stringify(route.example, null, 2)}</pre>
      </details>
    </section>
  )
}

/** What a value looks like: the words that are allowed, or its form. */
function kindOf(schema: unknown): string {
  const {
    type,
    format,
    enum: words,
  } = schema as { type?: string; format?: string; enum?: string[] }
  return words?.join(' | ') ?? format ?? type ?? ''
}

const ProblemTable: FC<{ text: Words }> = ({ text }) => (
  <>
    <h2>{text.problemsTitle}</h2>
    <p>{text.problemsText}</p>
    <table class='parameters'>
      <tbody>
        {(Object.keys(problems) as ProblemCode[]).map((code) => (
          <tr id={code}>
            <th scope='row'>
              <code>{code}</code>
            </th>
            <td>
              {problems[code].status} · {text.problems[code]}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
    <h2>{text.withheldTitle}</h2>
    <dl class='facts'>
      {withheld.map((why) => (
        <>
          <dt>
            <code>{why}</code>
          </dt>
          <dd>{text.withheld[why]}</dd>
        </>
      ))}
    </dl>
  </>
)
