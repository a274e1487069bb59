/** Every act of joint texts, for the registry. */
import type { RegisteredAct } from '../../record/rule.ts';
import { draftDefinitions } from './draft-rules.ts';
import { textPropose } from './propose-rule.ts';
import { stanceDefinitions } from './stance-rules.ts';

export const textDefinitions: readonly RegisteredAct[] = [...draftDefinitions, textPropose, ...stanceDefinitions];
