/** Acts by which a party says what it is made of: its corps and its offices. Frozen once published. docs/spec/mandate.md. */
import { z } from 'zod';
import { objectId } from '../../record/act.ts';
import { labelRef } from '../labels/published.ts';

/** A corps of the party (police, gendarmerie, civil guard). Declared again, its name changes. */
export const corpsDeclareV1 = z.strictObject({ corps: objectId, name: labelRef, short: labelRef.optional() });

/** An office, with its title; never who holds it. Declared again, its title changes. */
export const officeDeclareV1 = z.strictObject({ office: objectId, title: labelRef, corps: objectId.optional() });
