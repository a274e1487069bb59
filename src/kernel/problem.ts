/** A refusal as it goes over the wire: RFC 9457 problem+json. The same code is the message key and the type. */
import { z } from 'zod';
import { languages } from './language.ts';

export const problem = z.strictObject({
  /** `/problems/<code>`, relative to the node. */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  /** One or more sentences in the reader's language: what happened, what was not lost, what to do. */
  detail: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Language of title and detail. */
  language: z.enum(languages),
  /** Places in the input that do not fit the contract: path and what is wrong there. */
  errors: z.array(z.strictObject({ at: z.string(), reason: z.string() })).optional(),
  /** For an unexpected fault: the number under which the operator finds it in the log. */
  incident: z.string().optional(),
});
export type Problem = z.infer<typeof problem>;
