/** Local tables of the people's door (src/adapters/sql/migrations/0100-people.sql), typed for Kysely. */
import type { Bytes } from '../kernel/bytes.ts';

declare module '../node/tables.ts' {
  interface Tables {
    account: { officer: string; user_handle: string; created_at: string };
    credential: {
      id: string; officer: string; public_key: Bytes; alg: string; key: string; counter: number; transports: string; label: string;
      state: 'active' | 'ended'; proof: string | null; created_at: string; used_at: string | null; ended_at: string | null;
    };
    session: { id: string; token: string; officer: string; by: string; agent: string; started_at: string; seen_at: string; expires_at: string };
    sign_in_link: {
      id: string; token: string; kind: 'enrol' | 'demo'; officer: string; made_by: string; created_at: string; expires_at: string; used_at: string | null;
    };
    challenge: { id: string; purpose: string; officer: string; challenge: Bytes; data: string; expires_at: string };
    rate: { key: string; used: number; ends_at: number };
  }
}
