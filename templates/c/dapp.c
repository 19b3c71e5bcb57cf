/* A dapp in C: one case comes in on standard input, one verdict goes out. Same input, same bytes; there is no network, no clock, no chance here.
 * It accepts a change when every file below fees/ is one whole number of at most 5000 and a line feed. Write your own rule in `judge`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 5000, REASONS_MOST = 20 };

static int score;
static int reasons_count;

static void say(const char *path, int path_length, const char *what)
{
    if (reasons_count == REASONS_MOST)
        return;
    fputs(reasons_count == 0 ? "{\"reasons\":[\"" : ",\"", stdout);
    printf("%.*s%s\"", path_length, path, what);
    reasons_count++;
}

/* Sees one file. */
static void judge(const char *path, int path_length, const char *content, size_t length)
{
    char what[64];
    long amount = 0;
    if (path_length < 5 || memcmp(path, "fees/", 5) != 0)
        return;
    int is_amount = length >= 2 && length <= 10 && content[length - 1] == '\n';
    for (size_t at = 0; is_amount && at + 1 < length; at++) {
        if (content[at] < '0' || content[at] > '9')
            is_amount = 0;
        else
            amount = amount * 10 + (content[at] - '0');
    }
    if (!is_amount) {
        say(path, path_length, " is not one whole number and a line feed");
    } else if (amount > MOST) {
        snprintf(what, sizeof what, " asks %.*s, more than %d", (int)length - 1, content, MOST);
        say(path, path_length, what);
    } else {
        score++;
    }
}

/* Ends without a verdict: that is never a yes. */
static void fail(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(1);
}

int main(void)
{
    char *head = NULL;
    size_t room = 0;
    ssize_t head_length = getline(&head, &room, stdin);
    char *at = head_length > 0 ? strstr(head, "\"files\":[") : NULL;
    if (at == NULL)
        fail("the input has no files");
    at += strlen("\"files\":[");
    /* No path holds a quotation mark or a backslash: what stands between two marks is the path. */
    while (*at == '[' || *at == ',') {
        char *path = strchr(at, '"') + 1;
        char *path_end = strchr(path, '"');
        char *mode = strchr(path_end + 1, '"') + 1;
        char *hash = strchr(strchr(mode, '"') + 1, '"') + 1;
        char *number = strchr(hash, '"') + 2;
        size_t length = strtoul(number, &at, 10), said;
        at++;
        char *content = malloc(length + 1);
        if (content == NULL || scanf("%zu", &said) != 1 || said != length || getchar() != '\n' || fread(content, 1, length, stdin) != length)
            fail("the input is not framed as declared");
        judge(path, (int)(path_end - path), content, length);
        free(content);
    }
    printf("%s\"score\":%d,\"v\":1,\"verdict\":\"%s\"}\n", reasons_count > 0 ? "]," : "{", score, reasons_count > 0 ? "reject" : "accept");
    free(head);
    return 0;
}
