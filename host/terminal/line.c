#include "terminal/line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <histedit.h>

#include "base/mem.h"

enum { HISTORY_LINES = 1000 };

struct line_candidates {
    char **texts;
    size_t count, cap;
    size_t word_len; // of the word that they are for
};

struct line_reader {
    struct line_options options;
    EditLine *edit;
    History *history;
    const char *prompt;
};

bool line_is_terminal(void)
{
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

void line_candidate(struct line_candidates *list, const char *text)
{
    if (list->count == list->cap) {
        list->cap = mem_grow(list->cap, list->count + 1);
        list->texts = mem_realloc(list->texts, list->cap, sizeof(*list->texts));
    }
    list->texts[list->count++] = mem_strdup(text);
}

static struct line_reader *reader_of(EditLine *edit)
{
    void *reader = NULL;

    el_get(edit, EL_CLIENTDATA, &reader);
    return reader;
}

static char *show_prompt(EditLine *edit)
{
    return (char *)reader_of(edit)->prompt; // libedit does not change it
}

// What all candidates begin with.
static size_t common_length(const struct line_candidates *list)
{
    size_t len = strlen(list->texts[0]);

    for (size_t i = 1; i < list->count; i++) {
        size_t same = 0;
        while (same < len && list->texts[i][same] == list->texts[0][same])
            same++;
        len = same;
    }
    return len;
}

static void show_candidates(const struct line_candidates *list)
{
    fputc('\n', stdout);
    for (size_t i = 0; i < list->count; i++)
        fprintf(stdout, "%s%s", list->texts[i], i + 1 < list->count ? "  " : "\n");
    fflush(stdout);
}

// Puts what is common to all candidates in the place of the word. True if that says anything new.
static bool insert(EditLine *edit, const struct line_candidates *list)
{
    size_t common = common_length(list);
    char *text = NULL;

    if (common < list->word_len || (common == list->word_len && list->count > 1))
        return false;
    text = mem_strndup(list->texts[0], common);
    el_deletestr(edit, (int)list->word_len); // capital letters may differ
    el_insertstr(edit, text);
    if (list->count == 1)
        el_insertstr(edit, " ");
    free(text);
    return true;
}

static unsigned char complete(EditLine *edit, int key)
{
    struct line_reader *r = reader_of(edit);
    const LineInfo *info = el_line(edit);
    struct view line = { info->buffer, (size_t)(info->cursor - info->buffer) }, word = line;
    struct line_candidates list = { 0 };
    unsigned char result = CC_ERROR;

    (void)key;
    for (size_t i = line.len; i > 0 && line.data[i - 1] != ' '; i--)
        word = (struct view){ line.data + i - 1, line.len - i + 1 };
    if (line.len == 0 || line.data[line.len - 1] == ' ')
        word = (struct view){ line.data + line.len, 0 };
    list.word_len = word.len;
    if (r->options.complete != NULL)
        r->options.complete(r->options.user, line, word, &list);
    if (list.count > 0 && insert(edit, &list)) {
        result = CC_REFRESH;
    } else if (list.count > 0) {
        show_candidates(&list);
        result = CC_REDISPLAY;
    }
    for (size_t i = 0; i < list.count; i++)
        free(list.texts[i]);
    free(list.texts);
    return result;
}

// Ctrl-C while a line is typed: away with it.
static unsigned char drop_line(EditLine *edit, int key)
{
    const LineInfo *info = el_line(edit);

    (void)key;
    el_cursor(edit, (int)(info->lastchar - info->cursor));
    info = el_line(edit);
    el_deletestr(edit, (int)(info->lastchar - info->buffer));
    return CC_REFRESH;
}

static void open_history(struct line_reader *r)
{
    HistEvent event;

    r->history = history_init();
    if (r->history == NULL)
        return;
    history(r->history, &event, H_SETSIZE, HISTORY_LINES);
    history(r->history, &event, H_SETUNIQUE, 1);
    if (r->options.history != NULL)
        history(r->history, &event, H_LOAD, r->options.history); // -1: there is none yet
    el_set(r->edit, EL_HIST, history, r->history);
}

struct line_reader *line_new(const struct line_options *options, struct err *err)
{
    struct line_reader *r = mem_calloc(1, sizeof(*r));

    r->options = *options;
    r->edit = el_init(options->program, stdin, stdout, stderr);
    if (r->edit == NULL) {
        free(r);
        err_set(err, "the terminal cannot be used for editing lines");
        return NULL;
    }
    el_set(r->edit, EL_CLIENTDATA, r);
    el_set(r->edit, EL_PROMPT, show_prompt);
    el_set(r->edit, EL_EDITOR, "emacs");
    el_set(r->edit, EL_SIGNAL, 0);
    el_set(r->edit, EL_ADDFN, "propersim-complete", "complete the word", complete);
    el_set(r->edit, EL_BIND, "^I", "propersim-complete", NULL);
    el_set(r->edit, EL_ADDFN, "propersim-drop", "empty the line", drop_line);
    el_set(r->edit, EL_BIND, "^C", "propersim-drop", NULL);
    el_set(r->edit, EL_BIND, "^R", "em-inc-search-prev", NULL);
    open_history(r);
    el_source(r->edit, NULL);
    el_set(r->edit, EL_SETTY, "-d", "-isig", NULL); // Ctrl-C is a key while a line is typed
    return r;
}

void line_free(struct line_reader *r)
{
    HistEvent event;

    if (r == NULL)
        return;
    if (r->history != NULL) {
        if (r->options.history != NULL)
            history(r->history, &event, H_SAVE, r->options.history);
        history_end(r->history);
    }
    el_end(r->edit);
    free(r);
}

bool line_read(struct line_reader *r, const char *prompt, struct buf *out)
{
    HistEvent event;
    const char *line = NULL;
    int count = 0;

    r->prompt = prompt;
    line = el_gets(r->edit, &count);
    buf_clear(out);
    if (line == NULL || count <= 0)
        return false;
    buf_add(out, line, (size_t)count);
    while (out->len > 0 && (out->data[out->len - 1] == '\n' || out->data[out->len - 1] == '\r'))
        out->data[--out->len] = '\0';
    if (out->len > 0 && r->history != NULL)
        history(r->history, &event, H_ENTER, buf_str(out));
    return true;
}
