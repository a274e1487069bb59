/**
 * The direction of dependencies, as ARCHITECTURE.md tells it. tools/check.ts runs it; a planted fault
 * of each kind is part of its own test (tools/boundaries.test.ts).
 */
const TEST = '\\.(test|testkit|contract\\.db|setup)\\.tsx?$|\\.prop\\.test\\.ts$|\\.(db|http)\\.test\\.ts$';
const SLICE_ROOT = '^src/features/[^/]+/[^/]+\\.ts$';
const PURE_PACKAGES = 'node_modules/(zod|diff|@orama/stemmers)/';

module.exports = {
  forbidden: [
    { name: 'kernel-imports-nothing', severity: 'error', from: { path: '^src/kernel/', pathNot: TEST }, to: { pathNot: ['^src/kernel/', 'node_modules/zod/'] } },
    { name: 'record-is-pure', severity: 'error', from: { path: '^src/record/', pathNot: TEST }, to: { pathNot: ['^src/(kernel|record)/', PURE_PACKAGES] } },
    { name: 'slice-root-is-pure', severity: 'error', from: { path: SLICE_ROOT, pathNot: TEST }, to: { pathNot: ['^src/(kernel|record)/', SLICE_ROOT, '^src/node/(node|projection)\\.ts$', PURE_PACKAGES] } },
    { name: 'slices-meet-only-in-published', severity: 'error', from: { path: '^src/features/([^/]+)/', pathNot: TEST }, to: { path: '^src/features/[^/]+/', pathNot: ['^src/features/$1/', '/published\\.tsx?$', '/reading\\.ts$', '/content\\.ts$'] } },
    { name: 'web-never-server', severity: 'error', from: { path: '(^src/web/|^src/features/[^/]+/web/)' }, to: { path: '(/server/|^src/(node|adapters|http|main)/)' } },
    { name: 'node-knows-no-slice', severity: 'error', from: { path: '^src/node/', pathNot: TEST }, to: { path: '^src/(features|http|web|main|adapters|demo)/' } },
    { name: 'only-main-composes', severity: 'error', from: { pathNot: ['^src/(main|adapters)/', '^(bench|e2e|tools)/', TEST] }, to: { path: '^src/adapters/', pathNot: '^src/adapters/engine/' } },
    { name: 'nothing-imports-main', severity: 'error', from: { pathNot: ['^src/main/', '^(bench|e2e|tools)/', TEST] }, to: { path: '^src/main/' } },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'], extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  },
};
