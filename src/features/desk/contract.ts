import { operation } from '../../kernel/operation.ts';
import { deskView } from './views.ts';

export const getDesk = operation({ id: 'desk.get', method: 'GET', path: '/api/desk', answer: deskView, refusals: [] });

export const deskOperations = [getDesk] as const;
