/**
 * The architecture, as a table. `npm run check` fails on any import that is not in it.
 * Read top to bottom: a folder may use the folders listed after it, and itself.
 */
const folders = {
  main: ['modules', 'platform', 'domain'],
  web: ['domain'],
  modules: ['platform', 'domain'],
  platform: ['domain'],
  domain: [],
};

/** Which module may use which, always through its index.ts. */
const modules = {
  intake: ['calendar', 'cases', 'merchants'],
  adapters: ['intake', 'cases', 'returns'],
  imports: ['intake'],
  answers: ['cases'],
  console: ['cases'],
  statistics: ['cases'],
  'saved-filters': [],
  mail: ['merchants'],
  webhooks: ['merchants', 'people'],
  retention: ['cases'],
  returns: ['calendar', 'cases'],
  catalogue: [],
  rehearsal: ['calendar'],
  calendar: [],
  reminders: ['calendar', 'mail', 'merchants', 'people'],
  audit: ['mail'],
  alerts: ['calendar', 'imports', 'mail', 'merchants', 'people'],
  steps: ['mail', 'merchants', 'people'],
  operations: [],
  live: ['people'],
  cases: [],
  merchants: [],
  keys: ['people'],
  people: ['calendar'],
  'single-sign-on': ['people'],
};

const tests = '\\.test\\.tsx?$';
const either = (names) => `(${names.join('|')})`;

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: `${tests}|^src/main/|\\.d\\.ts$|^src/web/.*main\\.tsx$` },
      to: {},
    },
    ...Object.entries(folders).map(([folder, uses]) => ({
      name: `${folder}-uses-only-${uses.join('-') || 'itself'}`,
      severity: 'error',
      from: { path: `^src/${folder}/`, pathNot: tests },
      to: { path: '^src/', pathNot: `^src/${either([folder, ...uses])}/` },
    })),
    ...Object.entries(modules).map(([name, uses]) => ({
      name: `module-${name}-uses-only-${uses.join('-') || 'itself'}`,
      severity: 'error',
      from: { path: `^src/modules/${name}/`, pathNot: tests },
      to: {
        path: '^src/modules/',
        pathNot: [`^src/modules/${name}/`, ...uses.map((other) => `^src/modules/${other}/index\\.ts$`)],
      },
    })),
    {
      name: 'modules-have-a-row',
      comment: 'a new module needs a row in the table above',
      severity: 'error',
      from: { path: '^src/modules/', pathNot: `^src/modules/${either(Object.keys(modules))}/` },
      to: {},
    },
    {
      name: 'modules-are-entered-by-index',
      severity: 'error',
      from: { path: '^src/main/' },
      to: { path: '^src/modules/[^/]+/.+', pathNot: '/index\\.ts$' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^src/domain/', pathNot: tests },
      to: { pathNot: '^src/domain/' },
    },
    {
      name: 'web-is-browser-only',
      severity: 'error',
      from: { path: '^src/web/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'tests-stay-out',
      severity: 'error',
      from: { pathNot: `${tests}|^tests/` },
      to: { path: `${tests}|^tests/` },
    },
    {
      name: 'nothing-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vitest/|^\\./schema\\.d\\.ts$' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.d.ts'],
    },
  },
};
