#include "command/repl.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/simtime.h"
#include "command/command.h"
#include "terminal/line.h"
#include "text/json.h"
#include "text/utf8.h"

void repl_print(const struct buf *text)
{
    if (text->len > 0)
        printf("%s\n", buf_str(text));
}

bool repl_check_text(struct view text, struct err *err)
{
    if (!utf8_valid(text, NULL))
        return err_set(err, "it is not UTF-8: save it in this encoding");
    if (text.len > 0 && memchr(text.data, '\0', text.len) != NULL)
        return err_set(err, "there is a zero byte in it, which no text holds");
    return true;
}

bool repl_call(struct repl *r, const char *function, const char *const *arguments, size_t count,
               struct buf *out, struct err *err)
{
    struct buf list = { 0 };
    struct json *json = NULL;
    bool ok = false;

    buf_add_char(&list, '[');
    for (size_t i = 0; i < count; i++) {
        buf_add_str(&list, i > 0 ? "," : "");
        json_add_string(&list, view_of(arguments[i]));
    }
    buf_add_char(&list, ']');
    json = json_parse(buf_view(&list), err);
    ok = json != NULL && session_look(r->session, "terminal.commands", function, json, out, err);
    json_free(json);
    buf_fini(&list);
    return ok;
}

static bool look(struct repl *r, const char *name, const char *rest, struct err *err)
{
    const char *arguments[] = { name, rest };
    struct buf text = { 0 };
    bool ok = repl_call(r, "run", arguments, 2, &text, err);

    if (ok)
        repl_print(&text);
    buf_fini(&text);
    return ok;
}

// Without spaces at both ends; changes the line.
static char *trim(char *line)
{
    char *end = line + strlen(line);

    while (end > line && isspace((unsigned char)end[-1]))
        *--end = '\0';
    while (isspace((unsigned char)*line))
        line++;
    return line;
}

static bool run_command(struct repl *r, char *line, struct err *err)
{
    char *rest = line + strcspn(line, " \t");
    const struct repl_command *command = NULL;

    if (*rest != '\0')
        *rest++ = '\0';
    rest = trim(rest);
    command = repl_find(line);
    if (command == NULL)
        return repl_unknown(line, err);
    if (command->arguments[0] == '\0' && rest[0] != '\0')
        return err_set(err, "%s: takes nothing after it, and there is '%.40s'%s", command->name,
                       rest, command->run == repl_step ? "; `run N` simulates N steps" : "");
    if (command->run != repl_exit)
        r->warned = false;
    if (command->run != NULL ? command->run(r, rest, err) : look(r, command->name, rest, err))
        return true;
    return err_wrap(err, "%s", command->name);
}

static bool run_line(struct repl *r, char *line, struct err *err)
{
    if (r->asking > 0) {
        if (strcmp(line, "end") != 0 && (line[0] != '\0' || !r->terminal))
            return line[0] == '\0' || repl_ask(r, line, err);
        r->asking = 0;
        return true;
    }
    if (line[0] == '\0' || line[0] == '#')
        return true;
    return run_command(r, line, err);
}

static void add_words(struct view words, struct view start, struct line_candidates *list)
{
    for (size_t from = 0; from < words.len;) {
        const char *end = memchr(words.data + from, '\n', words.len - from);
        size_t len = end != NULL ? (size_t)(end - words.data) - from : words.len - from;
        if (len >= start.len && strncasecmp(words.data + from, start.data, start.len) == 0) {
            char *word = mem_strndup(words.data + from, len);
            line_candidate(list, word);
            free(word);
        }
        from += len + 1;
    }
}

// Commands first, then names of people and places.
static void complete(void *user, struct view line, struct view word, struct line_candidates *list)
{
    struct repl *r = user;
    struct buf words = { 0 };
    struct err ignored = { { 0 } }; // then there is nothing to propose

    if (r->asking == 0 && word.len == line.len) {
        for (const struct repl_command *c = repl_commands; c->name != NULL; c++)
            buf_addf(&words, "%s\n", c->name);
        add_words(buf_view(&words), word, list);
    } else if (r->asking == 0 && repl_call(r, "words", NULL, 0, &words, &ignored)) {
        add_words(buf_view(&words), word, list);
    }
    buf_fini(&words);
}

// "Thu 07:30> ", or whom the next line asks.
static void make_prompt(struct repl *r, struct buf *out)
{
    char time[40], stamp[20];

    buf_clear(out);
    if (r->asking > 0) {
        buf_addf(out, "ask %s> ", r->asked);
        return;
    }
    simtime_format_date(session_now(r->session), time);
    simtime_format(session_now(r->session), stamp);
    buf_addf(out, "%.3s %.5s> ", time, stamp + strlen("2025-02-13 "));
}

// Where what was typed is kept for the next time. NULL: nowhere.
static char *history_file(void)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    struct err err = { { 0 } };
    struct buf folder = { 0 };
    char *file = NULL;

    if (state != NULL && state[0] == '/')
        buf_addf(&folder, "%s/propersim", state);
    else if (home != NULL && home[0] == '/')
        buf_addf(&folder, "%s/.local/state/propersim", home);
    if (folder.len > 0 && file_make_folder(buf_str(&folder), &err))
        file = path_join(buf_str(&folder), "history");
    buf_fini(&folder);
    return file;
}

static int talk_at_terminal(struct repl *r)
{
    char *history = history_file();
    struct line_options options = {
        .program = "propersim", .history = history, .complete = complete, .user = r
    };
    struct err err = { { 0 } };
    struct line_reader *reader = line_new(&options, &err);
    struct buf line = { 0 }, prompt = { 0 };

    if (reader == NULL) {
        free(history);
        return command_fail(EXIT_WRONG_INPUT, &err);
    }
    printf("%s\n`help` lists the commands, Tab completes, `exit` leaves.\n",
           session_path(r->session));
    while (!r->left) {
        err = (struct err){ { 0 } };
        make_prompt(r, &prompt);
        if (!line_read(reader, buf_str(&prompt), &line)) {
            fputc('\n', stdout);
            buf_clear(&line);
            buf_add_str(&line, r->asking > 0 ? "end" : "exit"); // Ctrl-D
        }
        if (!run_line(r, line.len > 0 ? trim(line.data) : (char[]){ "" }, &err))
            fprintf(stderr, "%s\n", err.text);
        fflush(stdout);
    }
    line_free(reader);
    free(history);
    buf_fini(&line);
    buf_fini(&prompt);
    return EXIT_DONE;
}

static int talk_with_pipe(struct repl *r, bool keep_going)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t len = 0;
    int number = 0, code = EXIT_DONE;

    while (!r->left && (len = getline(&line, &cap, stdin)) >= 0) {
        struct err err = { { 0 } };
        bool ok = repl_check_text((struct view){ line, (size_t)len }, &err) &&
                  run_line(r, trim(line), &err);
        number++;
        fflush(stdout); // whoever reads may wait for it
        if (ok)
            continue;
        err_wrap(&err, "line %d", number);
        code = command_fail(EXIT_RUN_FAILED, &err);
        if (!keep_going)
            break;
    }
    free(line);
    return code;
}

int repl_talk(struct repl *r, bool keep_going)
{
    struct session_unsaved lost = { 0 };
    int code = r->terminal ? talk_at_terminal(r) : talk_with_pipe(r, keep_going);

    lost = session_unsaved(r->session);
    if (lost.steps != 0 || lost.told != 0)
        fprintf(stderr, "propersim: not saved: %lld steps, %lld whispers\n", (long long)lost.steps,
                (long long)lost.told);
    return code;
}
