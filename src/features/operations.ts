/** Every operation of the people's API, by slice: what the OpenAPI document describes and the tests of the door walk through. Pure. */
import type { Operation } from '../kernel/operation.ts';
import { agreementsOperations } from './agreements/contract.ts';
import { centresOperations } from './centres/contract.ts';
import { committeeOperations } from './committee/contract.ts';
import { communiqueOperations } from './communique/contract.ts';
import { deskOperations } from './desk/contract.ts';
import { folderOperations } from './folder/contract.ts';
import { journalOperationsOfApi } from './journal/contract.ts';
import { mechanismOperations } from './mechanism/contract.ts';
import { officerOperations } from './officers/contract.ts';
import { recordOperations } from './record-explorer/contract.ts';
import { searchOperations } from './search/contract.ts';
import { symposiaOperations } from './symposia/contract.ts';
import { textOperations } from './texts/contract.ts';
import { textFileOperations } from './texts/files-contract.ts';

export const operations: readonly Operation[] = [
  ...officerOperations, ...folderOperations, ...textOperations, ...textFileOperations, ...agreementsOperations, ...committeeOperations, ...symposiaOperations, ...centresOperations,
  ...mechanismOperations, ...deskOperations, ...recordOperations, ...journalOperationsOfApi, ...communiqueOperations, ...searchOperations,
] as unknown as readonly Operation[];
