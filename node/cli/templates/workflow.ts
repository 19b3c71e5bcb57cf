// The workflow that `gdo init` writes for a hosting site: it checks a pull request's bylaws with read rights and no secrets.

/**
 * Text of `.github/workflows/gdo.yml`. It runs the rules of the proposed text only through `check`, `test` and `fmt --check`, never as a
 * program; judging a merge is a node's. Where gdo comes from stands in the file and not in a setting of the repository, which a pull request
 * from a fork does not get. Source: cli.md section 6, docs/decisions/0177.
 */
export const workflowText: string = `# Checks the bylaws of a pull request. It has no secrets and cannot write.
on: pull_request
permissions:
  contents: read
env:
  # Fill in both: where the source of gdo lies (owner/name), and the commit of it that you have looked at (40 digits).
  # There is no package of gdo to install: the npm name belongs to another one.
  GDO_REPOSITORY: ''
  GDO_COMMIT: ''
jobs:
  bylaws:
    runs-on: ubuntu-latest
    steps:
      - run: |
          if [ -n "$GDO_REPOSITORY" ] && printf '%s\\n' "$GDO_COMMIT" | grep -qxE '[0-9a-f]{40}'; then exit 0; fi
          echo '::error file=.github/workflows/gdo.yml::Nothing was checked: fill in GDO_REPOSITORY and GDO_COMMIT, which say where gdo comes from'
          exit 2
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/checkout@v4
        with:
          repository: \${{ env.GDO_REPOSITORY }}
          ref: \${{ env.GDO_COMMIT }}
          path: .gdo-program
          persist-credentials: false
      - run: npm ci && node build.mjs
        working-directory: .gdo-program
      - run: |
          mkdir "$RUNNER_TEMP/gdo-path"
          ln -s "$PWD/.gdo-program/bin/gdo.cjs" "$RUNNER_TEMP/gdo-path/gdo"
          echo "$RUNNER_TEMP/gdo-path" >> "$GITHUB_PATH"
      - run: gdo check --format github
      - run: gdo test
      - run: gdo fmt --check
`;
