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
#include "text/distance.h"
#include "text/json.h"
#include "text/utf8.h"

static bool help(struct repl *r, const char *rest, struct err *err);

const struct repl_command repl_commands[] = {
    { "step", "", "simulate one step and say what people do then", NULL, repl_step },
    { "run", "N [days]", "simulate N steps, or N days",
      "Ends early, after a whole step, at Ctrl-C. More than the study has left is refused.",
      repl_run },
    { "until", "TIME", "simulate until a time",
      "08:30 (the next), midnight, tomorrow 07:00, day 3 12:00, 2025-02-15 08:30.", repl_until },
    { "time", "", "the simulated time", NULL, NULL },
    { "people", "", "who lives here, where they are, what they do", NULL, NULL },
    { "person", "NAME", "who somebody is, as prompts are told", NULL, NULL },
    { "schedule", "NAME [hourly|tasks]", "what somebody plans, from now on",
      "Both levels: blocks, and below each the tasks it is broken down into (about two hours\n"
      "ahead). hourly: blocks only; tasks: the finest there is.",
      NULL },
    { "tile", "NAME|X Y", "a tile: place, whether one can walk there, who and what is there", NULL,
      NULL },
    { "events", "NAME|X Y", "the events on a tile", NULL, NULL },
    { "path", "NAME PLACE", "the way from somebody to a place",
      "PLACE: an address, or the end of one: stove, kitchen:stove.", NULL },
    { "memory", "NAME [events|thoughts|chats|assistant] [N]", "the last N memories (20)",
      "memory NAME search TEXT: the memories that matter most for TEXT now, best first.\n"
      "assistant: what the assistant of this person remembers.",
      NULL },
    { "places", "NAME", "the places that somebody knows", NULL, NULL },
    { "cooldowns", "NAME", "with whom somebody talked, and when they may again", NULL, NULL },
    { "interview", "NAME [QUESTION]", "ask somebody; leaves no trace in the run",
      "Without a question, every line is one until `end`.", repl_interview },
    { "whisper", "NAME TEXT", "let somebody have a thought, at the next step",
      "An input of the run: kept in its file, told again by a resume, named in the report.",
      repl_whisper },
    { "load-history", "FILE.csv", "whisper many thoughts: rows NAME, thought; thought; ...",
      "A first row that begins with `name` is a heading. If a row is wrong, nothing is loaded.",
      repl_load_history },
    { "reload", "", "put edited scripts and prompts in force now",
      "The day at hand is simulated again with them, up to this step. Without it they count from\n"
      "the next day on. Not where another run of the study has finished this day: fork it then.",
      repl_reload },
    { "lua", "CODE", "run Lua on a copy of the household: lua h.residents[1].state",
      "`h` is the household. It runs in a sandbox of its own and cannot change the run.",
      repl_lua },
    { "save", "", "write what was done since the last save to the run file", NULL, repl_save },
    { "finish", "", "save and leave", NULL, repl_finish },
    { "exit", "", "leave; what was not saved is gone", NULL, repl_exit },
    { "help", "[COMMAND]", "this list, or more about a command", NULL, help },
    { NULL, NULL, NULL, NULL, NULL },
};

// The first command after `from` whose name begins so; NULL: there is no more.
static const struct repl_command *next_beginning(const struct repl_command *from, const char *name)
{
    size_t len = strlen(name);

    while (len > 0 && from->name != NULL && strncmp(from->name, name, len) != 0)
        from++;
    return len > 0 && from->name != NULL ? from : NULL;
}

const struct repl_command *repl_find(const char *name)
{
    const struct repl_command *found = next_beginning(repl_commands, name);

    for (const struct repl_command *c = repl_commands; c->name != NULL; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return found != NULL && next_beginning(found + 1, name) == NULL ? found : NULL;
}

// "'s' may be save, schedule or step".
static bool ambiguous(const char *name, struct err *err)
{
    struct buf list = { 0 };
    const struct repl_command *c = next_beginning(repl_commands, name);

    while (c != NULL) {
        const struct repl_command *next = next_beginning(c + 1, name);
        buf_addf(&list, "%s%s", list.len == 0 ? "" : next == NULL ? " or " : ", ", c->name);
        c = next;
    }
    err_set(err, "'%s' may be %s", name, buf_str(&list));
    buf_fini(&list);
    return false;
}

// The command whose name is most like this one; NULL if none is.
static const struct repl_command *nearest(const char *name)
{
    const struct repl_command *best = NULL;
    size_t least = 3;

    for (const struct repl_command *c = repl_commands; c->name != NULL; c++) {
        size_t distance = distance_within(view_of(name), view_of(c->name), least);
        if (distance < least) {
            least = distance;
            best = c;
        }
    }
    return best;
}

static bool unknown(const char *name, struct err *err)
{
    const struct repl_command *near = nearest(name);

    if (next_beginning(repl_commands, name) != NULL)
        return ambiguous(name, err);
    if (near != NULL)
        return err_set(err, "there is no command '%s'; did you mean %s?", name, near->name);
    return err_set(err, "there is no command '%s'; `help` lists them", name);
}

static bool help(struct repl *r, const char *rest, struct err *err)
{
    const struct repl_command *one = repl_find(rest);

    (void)r;
    if (rest[0] != '\0' && one == NULL)
        return unknown(rest, err);
    if (rest[0] != '\0') {
        printf("%s %s\n  %s\n", one->name, one->arguments, one->summary);
        if (one->help != NULL)
            printf("%s\n", one->help);
        return true;
    }
    for (const struct repl_command *c = repl_commands; c->name != NULL; c++) {
        int width = printf("%s %s", c->name, c->arguments);
        printf("%*s%s\n", width < 30 ? 30 - width : 2, "", c->summary);
    }
    printf(
        "NAME: a first or full name, or the number that `people` shows; none is needed where one "
        "person lives alone.\n");
    return true;
}

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
        return unknown(line, err);
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
