import { operation } from '../../kernel/operation.ts';
import { mechanismView } from './views.ts';

export const getMechanism = operation({ id: 'mechanism.get', method: 'GET', path: '/api/mechanism', answer: mechanismView, refusals: [] });

export const mechanismOperations = [getMechanism] as const;
