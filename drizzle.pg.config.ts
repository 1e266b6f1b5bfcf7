import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/store/tables.pg.ts',
  out: './migrations/postgres',
  casing: 'snake_case',
})
