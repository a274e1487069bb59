import type { HandlerContext } from '../../../http/handler.ts';
import type { DeskRow } from '../views.ts';

/** Rows of one slice for the desk of this reader. It applies the rules of reading itself. */
export type DeskSource = (context: Pick<HandlerContext, 'node' | 'reader' | 'now'>) => Promise<readonly DeskRow[]>;
