import { expect, test } from 'vitest';
import { charterDefinitions } from './charter-rules.ts';
import { mandateDefinitions } from './mandate.ts';
import { createRegistry } from './registry.ts';
import { exchange, foundSpace, saysOf } from './space.testkit.ts';

const registry = createRegistry([...charterDefinitions, ...mandateDefinitions]);

test('a founded space: every act of both logs is valid in both replicas', () => {
  const parties = foundSpace(registry);
  exchange(parties);
  for (const party of parties) {
    for (const log of ['es', 'ma']) {
      const states = party.fold.decided(log);
      expect(states.map(saysOf)).toEqual(Array.from({ length: 7 }, () => 'valid'));
    }
  }
});
