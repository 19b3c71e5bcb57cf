// The workflow that `gdo init` writes for a hosting site: it checks a pull request's bylaws with read rights and no secrets.

/**
 * Text of `.github/workflows/gdo.yml`. It runs the rules of the proposed text only through `check`, `test` and `fmt --check`, never as a
 * program; judging a merge is a node's. Source: cli.md section 6.
 */
export const workflowText: string = `# Checks the bylaws of a pull request. It has no secrets and cannot write.
on: pull_request
permissions:
  contents: read
jobs:
  bylaws:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      # gdo has no package to install yet: put its command on the PATH of your runner first.
      - run: gdo check --format github
      - run: gdo test
      - run: gdo fmt --check
`;
